package io.facteur.metering;

import io.facteur.contract.BillingPeriod;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * A meter's quantity for some days of a contract.
 *
 * @param revision rises with each later quantity for the same days
 * @param replaced by a later one, before it was billed
 * @param corrects id of the billed quantity that this one corrects; null unless it is a correction
 * @param document number or id of the document that bills it; null if none does
 * @param receivedBy who has sent it
 */
public record MeteredQuantity(
    long id,
    String meter,
    BillingPeriod period,
    BigDecimal quantity,
    int revision,
    boolean replaced,
    Long corrects,
    String document,
    Instant receivedAt,
    String receivedBy) {

  /** How far a quantity has come. */
  public enum State {
    /** The next invoice bills it. */
    WAITING,
    /** A document bills it. */
    BILLED,
    /** A later one has taken its place before it was billed. */
    REPLACED
  }

  public State state() {
    if (replaced) {
      return State.REPLACED;
    }
    return document == null ? State.WAITING : State.BILLED;
  }
}
