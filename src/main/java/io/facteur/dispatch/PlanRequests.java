package io.facteur.dispatch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.facteur.addressing.DocumentRecipients;
import io.facteur.addressing.OnDocuments;
import io.facteur.addressing.RecipientResolution;
import io.facteur.contract.ContractId;
import io.facteur.contract.Contracts;
import io.facteur.contract.DispatchDefinition;
import io.facteur.contract.Domain;
import io.facteur.contract.Role;
import io.facteur.document.DocumentId;
import io.facteur.document.DocumentType;
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
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Gathers what decides the dispatch of documents, in a constant number of queries for all of them.
 */
@Component
public class PlanRequests {

  private final JdbcClient jdbc;
  private final ObjectMapper json;
  private final Parties parties;
  private final DispatchSettings settings;
  private final Clock clock;

  PlanRequests(
      JdbcClient jdbc, ObjectMapper json, Parties parties, DispatchSettings settings, Clock clock) {
    this.jdbc = jdbc;
    this.json = json;
    this.parties = parties;
    this.settings = settings;
    this.clock = clock;
  }

  /** Companies, contacts and contracts that take part. */
  @Component
  static class Parties {
    private final Companies companies;
    private final Contacts contacts;
    private final Contracts contracts;
    private final DocumentRecipients addresses;
    private final SuspendedAddresses suspended;

    Parties(
        Companies companies,
        Contacts contacts,
        Contracts contracts,
        DocumentRecipients addresses,
        SuspendedAddresses suspended) {
      this.companies = companies;
      this.contacts = contacts;
      this.contracts = contracts;
      this.addresses = addresses;
      this.suspended = suspended;
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
    if (documents.isEmpty()) {
      return List.of();
    }
    List<Head> heads = heads(documents);
    List<PlanRequest> requests = requests(heads);
    Map<CompanyId, Suspended> suspended =
        parties.suspended.among(
            heads.stream().map(Head::company).collect(Collectors.toSet()),
            Stream.concat(requests.stream().flatMap(PlanRequest::mailboxes), further.stream())
                .collect(Collectors.toSet()));
    List<PlanRequest> complete = new ArrayList<>(heads.size());
    for (int i = 0; i < heads.size(); i++) {
      complete.add(
          requests.get(i).with(suspended.getOrDefault(heads.get(i).company(), Suspended.NONE)));
    }
    return complete;
  }

  private List<PlanRequest> requests(List<Head> heads) {
    List<DocumentId> documents = heads.stream().map(Head::id).toList();
    OnDocuments onDocuments = parties.addresses.of(documents);
    Map<ContactId, Contact> contacts =
        byKey(
            parties.contacts.byIds(
                heads.stream().flatMap(Head::contacts).collect(Collectors.toSet())),
            Contact::id);
    Map<CompanyId, Company> companies =
        byKey(
            parties.companies.byIds(heads.stream().map(Head::company).collect(Collectors.toSet())),
            Company::id);
    Map<DocumentId, List<DispatchDefinition>> definitions = definitions(heads);
    return heads.stream()
        .map(
            head ->
                request(
                    head,
                    companies.get(head.company()),
                    contacts,
                    onDocuments,
                    definitions.getOrDefault(head.id(), List.of())))
        .toList();
  }

  private record Head(
      DocumentId id,
      DocumentType type,
      CompanyId company,
      ContractId contract,
      ContactId contact,
      ContactId deliveryContact,
      LocalDate date,
      TradeParty buyer,
      TradeParty deliverTo,
      boolean ownBilling,
      boolean ownDelivery) {

    Stream<ContactId> contacts() {
      return Stream.of(contact, deliveryContact).filter(Objects::nonNull);
    }
  }

  private PlanRequest request(
      Head head,
      Company company,
      Map<ContactId, Contact> contacts,
      OnDocuments onDocuments,
      List<DispatchDefinition> definitions) {
    Map<Role, Addressee> addressees = new EnumMap<>(Role.class);
    Contact customer = contacts.get(head.contact());
    addressees.put(
        Role.CONTRACTING_PARTY,
        addressee(head, Role.CONTRACTING_PARTY, customer, customer, onDocuments));
    if (head.deliverTo() != null) {
      Contact delivered =
          head.deliveryContact() == null ? null : contacts.get(head.deliveryContact());
      addressees.put(
          Role.DELIVERY_ADDRESS,
          addressee(head, Role.DELIVERY_ADDRESS, customer, delivered, onDocuments));
    }
    return new PlanRequest(
        head.id(),
        head.type().domain(),
        definitions,
        company.defaultChannels().isEmpty()
            ? settings.defaultChannels()
            : company.defaultChannels(),
        company.fallbackChannel() == null ? settings.fallbackChannel() : company.fallbackChannel(),
        addressees);
  }

  /**
   * Whom a role of the document is.
   *
   * @param contact null if the address belongs to none: then the customer's word counts, too
   */
  private static Addressee addressee(
      Head head, Role role, Contact customer, Contact contact, OnDocuments onDocuments) {
    boolean delivery = role == Role.DELIVERY_ADDRESS;
    Contact answering = contact == null ? customer : contact;
    return new Addressee(
        RecipientResolution.resolve(
            contact, head.type().addressUse(), onDocuments.of(head.id(), role)),
        delivery ? head.deliverTo() : head.buyer(),
        delivery ? head.ownDelivery() : head.ownBilling(),
        answering.paperlessRefused(),
        answering.erased(),
        Suspended.NONE);
  }

  private record Moment(Domain domain, LocalDate date) {}

  private Map<DocumentId, List<DispatchDefinition>> definitions(List<Head> heads) {
    Map<DocumentId, List<DispatchDefinition>> all = new HashMap<>();
    Map<Moment, List<Head>> moments =
        heads.stream()
            .filter(head -> head.contract() != null)
            .collect(Collectors.groupingBy(head -> new Moment(head.type().domain(), head.date())));
    moments.forEach(
        (moment, sameMoment) -> {
          Map<ContractId, List<DispatchDefinition>> byContract =
              parties
                  .contracts
                  .definitionsInForce(
                      sameMoment.stream().map(Head::contract).collect(Collectors.toSet()),
                      moment.domain(),
                      moment.date())
                  .stream()
                  .collect(Collectors.groupingBy(DispatchDefinition::contract));
          sameMoment.forEach(
              head -> all.put(head.id(), byContract.getOrDefault(head.contract(), List.of())));
        });
    return all;
  }

  private List<Head> heads(Collection<DocumentId> documents) {
    return jdbc.sql(
            """
            SELECT id, type, company_id, contract_id, contact_id, delivery_contact_id, issue_date,
                   buyer, deliver_to, own_billing_address IS NOT NULL AS own_billing,
                   own_delivery_address IS NOT NULL AS own_delivery
            FROM document
            WHERE id IN (:ids)
            ORDER BY id
            """)
        .param("ids", documents.stream().map(DocumentId::value).toList())
        .query((rs, n) -> head(rs))
        .list();
  }

  private Head head(ResultSet rs) throws SQLException {
    LocalDate issueDate = rs.getObject("issue_date", LocalDate.class);
    Long contract = rs.getObject("contract_id", Long.class);
    Long deliveryContact = rs.getObject("delivery_contact_id", Long.class);
    return new Head(
        new DocumentId(rs.getLong("id")),
        DocumentType.valueOf(rs.getString("type")),
        new CompanyId(rs.getLong("company_id")),
        contract == null ? null : new ContractId(contract),
        new ContactId(rs.getLong("contact_id")),
        deliveryContact == null ? null : new ContactId(deliveryContact),
        issueDate == null ? LocalDate.now(clock) : issueDate,
        party(rs.getString("buyer")),
        party(rs.getString("deliver_to")),
        rs.getBoolean("own_billing"),
        rs.getBoolean("own_delivery"));
  }

  private TradeParty party(String text) {
    try {
      return text == null ? null : json.readValue(text, TradeParty.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a document's party cannot be read", e);
    }
  }

  private static <K, V> Map<K, V> byKey(Collection<V> values, Function<V, K> key) {
    return values.stream().collect(Collectors.toMap(key, Function.identity()));
  }
}
