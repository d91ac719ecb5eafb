package io.facteur.run;

/** What a run does with its selection. */
public enum RunKind {
  BILLING,
  MAILING,
  GROUPED_MAILING,
  REMINDER,
  STATEMENT,
  PAPERLESS_LETTER
}
