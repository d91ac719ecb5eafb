package io.facteur.metering;

import io.facteur.contract.BillingPeriod;
import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * A meter's quantity as it comes in, before anything of it is checked.
 *
 * @param contract number of the contract
 * @param meter as on the contract's line
 * @param to last day, included
 * @param quantity the whole quantity of these days, of a correction too
 * @param correction whether it may differ from what is billed for these days
 */
public record NewQuantity(
    String contract,
    String meter,
    LocalDate from,
    LocalDate to,
    BigDecimal quantity,
    boolean correction) {

  /** Only where both days are there and in order. */
  BillingPeriod period() {
    return new BillingPeriod(from, to);
  }
}
