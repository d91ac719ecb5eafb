package io.facteur.dispatch;

import io.facteur.contract.ContractId;
import io.facteur.contract.DispatchDefinition;
import io.facteur.contract.Domain;
import io.facteur.contract.Role;
import io.facteur.document.DocumentId;
import io.facteur.party.CompanyId;
import io.facteur.party.EmailAddress;
import io.facteur.party.Mailboxes;
import io.facteur.party.Suspended;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

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

  /** The same, with that role reached at these addresses alone. */
  public PlanRequest at(Role role, Mailboxes given) {
    Map<Role, Addressee> changed = new EnumMap<>(addressees);
    changed.computeIfPresent(role, (same, addressee) -> addressee.at(given));
    return with(changed);
  }

  /** With what is known of suspended addresses. */
  PlanRequest with(Suspended suspended) {
    Map<Role, Addressee> changed = new EnumMap<>(Role.class);
    addressees.forEach((role, addressee) -> changed.put(role, addressee.with(suspended)));
    return with(changed);
  }

  private PlanRequest with(Map<Role, Addressee> changed) {
    return new PlanRequest(
        document,
        company,
        contract,
        domain,
        definitions,
        individualAddresses,
        defaultChannels,
        fallbackChannel,
        changed);
  }

  /** All that the rules may mail it to. */
  Stream<EmailAddress> mailboxes() {
    return Stream.concat(
        addressees.values().stream().flatMap(addressee -> addressee.mailboxes().mailboxes().all()),
        definitions.stream().map(DispatchDefinition::individualAddress).filter(Objects::nonNull));
  }

  /** Null for null. */
  Individual individual(EmailAddress address) {
    return address == null
        ? null
        : new Individual(address, individualAddresses.stream().anyMatch(address::sameMailboxAs));
  }

  public Optional<Addressee> addressee(Role role) {
    return Optional.ofNullable(addressees.get(role));
  }
}
