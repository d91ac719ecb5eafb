package io.facteur.metering;

import io.facteur.contract.BillingPeriod;
import java.math.BigDecimal;

/**
 * A meter's quantity that no document bills yet (BILL-1).
 *
 * @param period the days that it is for
 * @param alreadyBilled what has been billed for these days before, so that the difference is left
 *     to bill; null unless this is a correction
 */
public record WaitingQuantity(
    long id, String meter, BillingPeriod period, BigDecimal quantity, BigDecimal alreadyBilled) {

  /** What is left to bill: negative where too much has been billed before. */
  public BigDecimal toBill() {
    return alreadyBilled == null ? quantity : quantity.subtract(alreadyBilled);
  }
}
