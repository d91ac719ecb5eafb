package io.facteur.metering;

/** What has become of a quantity that came in. */
public enum QuantityOutcome {
  /** There was none for these days. */
  TAKEN,
  /** It takes the place of another one that was not billed. */
  REPLACED,
  /** Another one is billed, and the next invoice bills the difference. */
  CORRECTION,
  /** It is there already. */
  UNCHANGED,
  /** It breaks a rule, and nothing was written. */
  REFUSED
}
