package io.facteur.dispatch;

import io.facteur.contract.ContractId;
import io.facteur.contract.DispatchDefinition;
import io.facteur.contract.Domain;
import io.facteur.contract.Role;
import io.facteur.document.DocumentId;
import io.facteur.party.CompanyId;
import io.facteur.party.EmailAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that decides how one document is dispatched.
 *
 * @param document null if it does not exist yet
 * @param contract null if it belongs to none
 * @param definitions in force on the day of the document, for its domain
 * @param individualAddresses what the contract's contacts offer to definitions of role INDIVIDUAL
 *     now (DISP-2)
 * @param defaultChannels the company's policy without definitions, best first (DISP-4)
 * @param fallbackChannel where a role falls back to unless its route says otherwise; {@link
 *     FallbackPolicy#NONE} for nowhere (DISP-5)
 */
public record PlanRequest(
    DocumentId document,
    CompanyId company,
    ContractId contract,
    Domain domain,
    List<DispatchDefinition> definitions,
    List<EmailAddress> individualAddresses,
    List<String> defaultChannels,
    String fallbackChannel,
    Map<Role, Addressee> addressees) {

  public PlanRequest {
    definitions = List.copyOf(definitions);
    individualAddresses = List.copyOf(individualAddresses);
    defaultChannels = List.copyOf(defaultChannels);
    addressees = Map.copyOf(addressees);
  }

  /** Null for null. */
  public Individual individual(EmailAddress address) {
    return address == null ? null : new Individual(address, individualAddresses.contains(address));
  }

  Optional<Addressee> addressee(Role role) {
    return Optional.ofNullable(addressees.get(role));
  }
}
