package io.facteur.billing;

import io.facteur.contract.BillingPeriod;
import io.facteur.contract.Pause;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Days of a contract that no pause covers. */
final class OpenDays {

  private OpenDays() {}

  /**
   * What of these days is open, in order; empty if all are paused, or there are none.
   *
   * @param pauses in the order of their days, without overlap
   */
  static List<BillingPeriod> between(LocalDate from, LocalDate to, List<Pause> pauses) {
    List<BillingPeriod> open = new ArrayList<>();
    LocalDate next = from;
    for (Pause pause : pauses) {
      if (next == null || pause.from().isAfter(to)) {
        break;
      }
      if (pause.to() != null && pause.to().isBefore(next)) {
        continue;
      }
      if (pause.from().isAfter(next)) {
        open.add(new BillingPeriod(next, pause.from().minusDays(1)));
      }
      next = pause.to() == null ? null : pause.to().plusDays(1);
    }
    if (next != null && !next.isAfter(to)) {
      open.add(new BillingPeriod(next, to));
    }
    return open;
  }
}
