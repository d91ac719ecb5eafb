package io.facteur.contract;

import static java.time.temporal.ChronoUnit.DAYS;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * A period to bill, or the part of one.
 *
 * @param daysOfWhole length of the whole period that it belongs to
 */
public record DuePeriod(BillingPeriod period, int daysOfWhole) {

  private static final int QUANTITY_DECIMALS = 6;

  public int days() {
    return Math.toIntExact(DAYS.between(period.from(), period.to())) + 1;
  }

  public boolean isWhole() {
    return days() == daysOfWhole;
  }

  /** The part of a whole period's quantity that falls on these days, to six decimals. */
  public BigDecimal shareOf(BigDecimal quantity) {
    return isWhole()
        ? quantity
        : quantity
            .multiply(BigDecimal.valueOf(days()))
            .divide(BigDecimal.valueOf(daysOfWhole), QUANTITY_DECIMALS, RoundingMode.HALF_UP);
  }
}
