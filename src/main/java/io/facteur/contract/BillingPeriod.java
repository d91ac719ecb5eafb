package io.facteur.contract;

import java.time.LocalDate;

/**
 * The invoicing period (EN 16931 BG-14); both days included.
 *
 * @param from BT-73
 * @param to BT-74
 */
public record BillingPeriod(LocalDate from, LocalDate to) {

  public BillingPeriod {
    if (to.isBefore(from)) {
      throw new IllegalArgumentException("period ends on " + to + ", before it starts on " + from);
    }
  }
}
