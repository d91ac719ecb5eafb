package io.facteur.billing;

/**
 * How far a node has come in billing a run. Its first way through the contracts passes over those
 * that another node is billing at that moment; the second one waits for them, so that whoever
 * reaches its end knows that the whole run is billed, and not only its own part.
 */
public record BillingPosition(long afterContract, boolean waiting) {

  public static final BillingPosition START = new BillingPosition(0, false);

  BillingPosition after(long contract) {
    return new BillingPosition(contract, waiting);
  }

  /** Null at the very end. */
  BillingPosition nextPass() {
    return waiting ? null : new BillingPosition(0, true);
  }
}
