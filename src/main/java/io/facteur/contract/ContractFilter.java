package io.facteur.contract;

import io.facteur.party.CompanyId;
import io.facteur.party.ContactId;
import java.time.LocalDate;
import java.util.Set;

/**
 * Which contracts are wanted; null for any.
 *
 * @param companies any of them
 * @param contact in whatever role
 * @param activeOn a day between start and end
 */
public record ContractFilter(Set<CompanyId> companies, ContactId contact, LocalDate activeOn) {
  public static final ContractFilter ALL = new ContractFilter(null, null, null);
}
