package io.facteur.billing;

/** What kind of thing a run could not do. */
public enum ProblemKind {
  /** More than one period is due: each is invoiced once that is confirmed (BILL-2). */
  MISSED_PERIODS,
  /** A quantity of the period was not imported. */
  QUANTITY_MISSING,
  /** Anything else is wrong with the contract. */
  CONTRACT,
  /** A draft could not be issued. */
  ISSUE,
  /** It concerns the run as a whole. */
  RUN
}
