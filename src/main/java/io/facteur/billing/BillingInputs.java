package io.facteur.billing;

import io.facteur.contract.BillingPeriod;
import io.facteur.contract.Contract;
import io.facteur.contract.ContractId;
import io.facteur.document.OpenInstalment;
import io.facteur.metering.WaitingQuantity;
import io.facteur.party.Company;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What is known beside the contracts themselves when some of them are billed.
 *
 * @param asOf everything that is due on this day, or was before
 * @param waiting imported quantities that no document bills
 * @param instalments that no settlement has deducted
 * @param words of a contract's documents
 */
record BillingInputs(
    Company company,
    LocalDate asOf,
    CatchUp catchUp,
    Map<ContractId, List<WaitingQuantity>> waiting,
    Map<ContractId, List<OpenInstalment>> instalments,
    Function<Contract, BillingWords> words) {

  List<WaitingQuantity> waiting(Contract contract) {
    return waiting.getOrDefault(contract.id(), List.of());
  }

  /**
   * Those that begin in the period. The contract's last settlement deducts later ones as well: they
   * were billed before its end was known.
   */
  List<OpenInstalment> instalments(Contract contract, BillingPeriod period) {
    boolean last = period.to().equals(contract.end());
    return instalments.getOrDefault(contract.id(), List.of()).stream()
        .filter(one -> !one.period().from().isBefore(period.from()))
        .filter(one -> last || !one.period().from().isAfter(period.to()))
        .toList();
  }
}
