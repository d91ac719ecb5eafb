package io.facteur.dispatch;

import io.facteur.addressing.DocumentRecipients;
import io.facteur.addressing.OnDocument;
import io.facteur.addressing.OnDocuments;
import io.facteur.addressing.RecipientResolution;
import io.facteur.addressing.ResolvedMailboxes;
import io.facteur.contract.ContractId;
import io.facteur.contract.Contracts;
import io.facteur.contract.DispatchDefinition;
import io.facteur.contract.IndividualAddresses;
import io.facteur.contract.Role;
import io.facteur.document.ComputedDraft;
import io.facteur.document.DocumentId;
import io.facteur.party.Companies;
import io.facteur.party.Company;
import io.facteur.party.CompanyId;
import io.facteur.party.Contact;
import io.facteur.party.ContactId;
import io.facteur.party.Contacts;
import io.facteur.party.EmailAddress;
import io.facteur.party.Suspended;
import io.facteur.party.SuspendedAddresses;
import io.facteur.party.TradeParty;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Gathers what decides the dispatch of documents, of those that there are and of those that would
 * be made, in a constant number of queries for all of them.
 */
@Component
public class PlanRequests {

  private final PlanHeads heads;
  private final Parties parties;
  private final SuspendedAddresses suspended;
  private final IssueDays days;
  private final DispatchSettings settings;

  PlanRequests(
      PlanHeads heads,
      Parties parties,
      SuspendedAddresses suspended,
      IssueDays days,
      DispatchSettings settings) {
    this.heads = heads;
    this.parties = parties;
    this.suspended = suspended;
    this.days = days;
    this.settings = settings;
  }

  /** Companies, contacts and contracts that take part. */
  @Component
  static class Parties {
    private final Companies companies;
    private final Contacts contacts;
    private final Contracts contracts;
    private final IndividualAddresses individuals;
    private final DocumentRecipients addresses;

    Parties(
        Companies companies,
        Contacts contacts,
        Contracts contracts,
        IndividualAddresses individuals,
        DocumentRecipients addresses) {
      this.companies = companies;
      this.contacts = contacts;
      this.contracts = contracts;
      this.individuals = individuals;
      this.addresses = addresses;
    }
  }

  /** In the order of the documents' ids; unknown ones are left out. */
  public List<PlanRequest> load(Collection<DocumentId> documents) {
    return load(documents, List.of());
  }

  /**
   * In the order of the documents' ids; unknown ones are left out.
   *
   * @param further addresses that something of them goes to, beside those that the rules name
   */
  public List<PlanRequest> load(
      Collection<DocumentId> documents, Collection<EmailAddress> further) {
    return documents.isEmpty()
        ? List.of()
        : withSuspended(
            requests(heads.of(documents), parties.addresses.of(documents)), further.stream());
  }

  /** Of documents that do not exist yet, in the order given: as if they were issued now. */
  public List<PlanRequest> ofDrafts(List<ComputedDraft> drafts) {
    return drafts.isEmpty()
        ? List.of()
        : withSuspended(
            requests(drafts.stream().map(PlanHead::of).toList(), OnDocuments.NONE), Stream.empty());
  }

  private List<PlanRequest> withSuspended(
      List<PlanRequest> requests, Stream<EmailAddress> further) {
    Map<CompanyId, Suspended> known =
        suspended.among(
            requests.stream().map(PlanRequest::company).collect(Collectors.toSet()),
            Stream.concat(requests.stream().flatMap(PlanRequest::mailboxes), further)
                .collect(Collectors.toSet()));
    return requests.stream()
        .map(request -> request.with(known.getOrDefault(request.company(), Suspended.NONE)))
        .toList();
  }

  private List<PlanRequest> requests(List<PlanHead> documents, OnDocuments onDocuments) {
    Map<ContactId, Contact> contacts =
        byKey(
            parties.contacts.byIds(
                documents.stream().flatMap(PlanHead::contacts).collect(Collectors.toSet())),
            Contact::id);
    Map<CompanyId, Company> companies =
        byKey(
            parties.companies.byIds(
                documents.stream().map(PlanHead::company).collect(Collectors.toSet())),
            Company::id);
    Map<ContractId, List<DispatchDefinition>> defined = defined(documents);
    Map<ContractId, List<IndividualAddresses.Offered>> offered =
        parties.individuals.of(withIndividuals(defined));
    IssueDays.Known issued = days.of(documents, companies.values());
    return documents.stream()
        .map(
            head ->
                new PlanRequest(
                    head.id(),
                    head.company(),
                    head.contract(),
                    head.type().domain(),
                    inForce(head, defined, issued),
                    addresses(offered.getOrDefault(head.contract(), List.of())),
                    defaultChannels(companies.get(head.company())),
                    fallbackChannel(companies.get(head.company())),
                    addressees(head, contacts, onDocuments)))
        .toList();
  }

  private Map<ContractId, List<DispatchDefinition>> defined(List<PlanHead> documents) {
    return parties
        .contracts
        .definitions(
            documents.stream()
                .map(PlanHead::contract)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet()))
        .stream()
        .collect(Collectors.groupingBy(DispatchDefinition::contract));
  }

  private static Set<ContractId> withIndividuals(
      Map<ContractId, List<DispatchDefinition>> defined) {
    return defined.entrySet().stream()
        .filter(one -> one.getValue().stream().anyMatch(d -> d.role() == Role.INDIVIDUAL))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private static List<DispatchDefinition> inForce(
      PlanHead head, Map<ContractId, List<DispatchDefinition>> defined, IssueDays.Known issued) {
    return defined.getOrDefault(head.contract(), List.of()).stream()
        .filter(definition -> definition.domain() == head.type().domain())
        .filter(definition -> definition.isInForce(issued.day(head)))
        .toList();
  }

  private static List<EmailAddress> addresses(List<IndividualAddresses.Offered> offered) {
    return offered.stream().map(IndividualAddresses.Offered::address).toList();
  }

  private List<String> defaultChannels(Company company) {
    return company.defaultChannels().isEmpty()
        ? settings.defaultChannels()
        : company.defaultChannels();
  }

  private String fallbackChannel(Company company) {
    return company.fallbackChannel() == null
        ? settings.fallbackChannel()
        : company.fallbackChannel();
  }

  private static Map<Role, Addressee> addressees(
      PlanHead head, Map<ContactId, Contact> contacts, OnDocuments onDocuments) {
    Map<Role, Addressee> addressees = new EnumMap<>(Role.class);
    Contact buyer = contacts.get(head.contact());
    addressees.put(
        Role.CONTRACTING_PARTY,
        new Addressee(
            resolved(head, buyer, onDocuments.of(head.id(), Role.CONTRACTING_PARTY)),
            head.buyer(buyer),
            head.own().billing() != null,
            buyer.paperlessRefused(),
            buyer.erased(),
            Suspended.NONE));
    Contact receiver = head.deliveryContact() == null ? null : contacts.get(head.deliveryContact());
    TradeParty deliverTo = head.deliverTo(receiver);
    if (deliverTo != null) {
      // Nobody but the customer can have refused for an address that belongs to no contact.
      addressees.put(
          Role.DELIVERY_ADDRESS,
          new Addressee(
              resolved(head, receiver, onDocuments.of(head.id(), Role.DELIVERY_ADDRESS)),
              deliverTo,
              head.own().delivery() != null,
              (receiver == null ? buyer : receiver).paperlessRefused(),
              (receiver == null ? buyer : receiver).erased(),
              Suspended.NONE));
    }
    return addressees;
  }

  private static ResolvedMailboxes resolved(PlanHead head, Contact contact, OnDocument onDocument) {
    return RecipientResolution.resolve(contact, head.type().addressUse(), onDocument);
  }

  private static <K, V> Map<K, V> byKey(Collection<V> values, Function<V, K> key) {
    return values.stream().collect(Collectors.toMap(key, Function.identity()));
  }
}
