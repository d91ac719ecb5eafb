package io.facteur.billing;

import io.facteur.contract.ContractId;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

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

  /** Why what is due of a contract is not billed; null if it is. */
  Held hold(ContractId contract, List<DuePeriod> due) {
    Integer periods = confirmed.get(contract);
    if (due.isEmpty()
        || (periods == null && due.size() == 1)
        || (periods != null && periods == due.size())) {
      return null;
    }
    LocalDate first = due.get(0).period().from();
    LocalDate last = due.get(due.size() - 1).period().to();
    if (periods != null) {
      return Held.missedPeriods(
          due.size(),
          "%d periods were confirmed, but now %d %s due (%s to %s): confirm again"
              .formatted(periods, due.size(), due.size() == 1 ? "is" : "are", first, last));
    }
    return Held.missedPeriods(
        due.size(),
        "%d periods are due (%s to %s): confirm to bill each of them, or correct until when it is billed"
            .formatted(due.size(), first, last));
  }
}
