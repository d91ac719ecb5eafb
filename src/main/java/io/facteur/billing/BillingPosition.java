package io.facteur.billing;

import java.time.LocalDate;

/**
 * How far a node has come in billing a run. Its first way through the contracts passes over those
 * that another node is billing at that moment; the second one waits for them, so that whoever
 * reaches its end knows that the whole run is billed, and not only its own part.
 */
public record BillingPosition(LocalDate afterDue, long afterContract, boolean waiting) {

  public static final BillingPosition START = start(false);

  private static BillingPosition start(boolean waiting) {
    return new BillingPosition(LocalDate.EPOCH.withYear(1), 0, waiting);
  }

  BillingPosition after(LocalDate due, long contract) {
    return new BillingPosition(due, contract, waiting);
  }

  /** Null at the very end. */
  BillingPosition nextPass() {
    return waiting ? null : start(true);
  }
}
