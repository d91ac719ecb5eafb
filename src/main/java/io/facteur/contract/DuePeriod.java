package io.facteur.contract;

import static java.time.temporal.ChronoUnit.DAYS;

/**
 * A period to bill, or the part of one.
 *
 * @param daysOfWhole length of the whole period that it belongs to
 */
public record DuePeriod(BillingPeriod period, int daysOfWhole) {

  public int days() {
    return Math.toIntExact(DAYS.between(period.from(), period.to())) + 1;
  }

  public boolean isWhole() {
    return days() == daysOfWhole;
  }
}
