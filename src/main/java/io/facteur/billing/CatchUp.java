package io.facteur.billing;

import static java.util.Comparator.naturalOrder;

import io.facteur.contract.BillingPeriod;
import io.facteur.contract.ContractId;
import io.facteur.contract.DuePeriod;
import io.facteur.party.Counted;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Which contracts may be billed for missed periods, each with its own invoice, and for how many. A
 * contract with more than one period due is held until that number is confirmed (BILL-2).
 */
record CatchUp(Map<ContractId, Integer> confirmed) {

  CatchUp {
    confirmed = Map.copyOf(confirmed);
  }

  static CatchUp none() {
    return new CatchUp(Map.of());
  }

  /**
   * Why what is due of a contract is not billed; null if it is. A period of its schedule and an
   * instalment may fall due together: missed is what has more than one of a kind.
   */
  Held hold(ContractId contract, List<DuePeriod> periods, List<DuePeriod> instalments) {
    Integer agreed = confirmed.get(contract);
    int due = periods.size() + instalments.size();
    boolean missed = periods.size() > 1 || instalments.size() > 1;
    if (due == 0 || (agreed == null && !missed) || (agreed != null && agreed == due)) {
      return null;
    }
    List<BillingPeriod> all =
        Stream.concat(periods.stream(), instalments.stream()).map(DuePeriod::period).toList();
    LocalDate first = all.stream().map(BillingPeriod::from).min(naturalOrder()).orElseThrow();
    LocalDate last = all.stream().map(BillingPeriod::to).max(naturalOrder()).orElseThrow();
    if (agreed != null) {
      return Held.missedPeriods(
          due,
          "%s %s confirmed, but now %d %s due (%s to %s): confirm again"
              .formatted(
                  Counted.of(agreed, "period"),
                  agreed == 1 ? "was" : "were",
                  due,
                  due == 1 ? "is" : "are",
                  first,
                  last));
    }
    return Held.missedPeriods(
        due,
        "%s %s due (%s to %s): confirm to bill each of them, or correct until when it is billed"
            .formatted(Counted.of(due, "period"), due == 1 ? "is" : "are", first, last));
  }
}
