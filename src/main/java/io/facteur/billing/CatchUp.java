package io.facteur.billing;

import io.facteur.contract.ContractId;
import java.util.Set;

/**
 * Which contracts may be billed for more than one missed period, each with its own invoice. Without
 * that confirmation such a contract is held (BILL-2).
 */
public record CatchUp(boolean all, Set<ContractId> contracts) {

  public CatchUp {
    contracts = Set.copyOf(contracts);
  }

  public static CatchUp none() {
    return new CatchUp(false, Set.of());
  }

  public static CatchUp ofAll() {
    return new CatchUp(true, Set.of());
  }

  public static CatchUp of(Set<ContractId> contracts) {
    return new CatchUp(false, contracts);
  }

  boolean isConfirmedFor(ContractId contract) {
    return all || contracts.contains(contract);
  }
}
