package io.facteur.addressing;

import io.facteur.addressing.DocumentAddressing.Given;
import io.facteur.contract.Role;
import io.facteur.contract.VatCategory;
import io.facteur.dispatch.DispatchSettings;
import io.facteur.document.DocumentHead;
import io.facteur.document.DocumentId;
import io.facteur.document.DocumentType;
import io.facteur.document.Documents;
import io.facteur.document.Drafts;
import io.facteur.document.FollowUpRequest;
import io.facteur.document.FollowUps;
import io.facteur.document.Issue;
import io.facteur.document.NewDocument;
import io.facteur.document.NewLine;
import io.facteur.document.OwnAddresses;
import io.facteur.party.Companies;
import io.facteur.party.CompanyId;
import io.facteur.party.Contact;
import io.facteur.party.ContactAddresses;
import io.facteur.party.Contacts;
import io.facteur.party.CurrentActor;
import io.facteur.party.Parties;
import io.facteur.testing.BillingOffice;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An office on a real database where contacts have addresses and documents are made and issued. */
final class AddressOffice implements AutoCloseable {

  static final LocalDate TODAY = LocalDate.of(2026, 3, 2);

  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final Set<DocumentType> WITHOUT_LINES =
      EnumSet.of(DocumentType.STATEMENT, DocumentType.LETTER);

  private static final NewLine LINE =
      new NewLine(
          "Subscription",
          null,
          BigDecimal.ONE,
          "MON",
          new BigDecimal("10"),
          null,
          null,
          VatCategory.S,
          new BigDecimal("20"),
          null);

  private final BillingOffice office;
  private final ReachSettings settings;

  /** Of the same installation; its code. */
  private final String otherCompany;

  private final Map<ContactAddresses, Strangers> strangers;

  AddressOffice() {
    this(
        BillingOffice.open(
            Clock.fixed(Instant.parse("2026-03-02T09:00:00Z"), ZoneOffset.UTC),
            context ->
                context.registerBean(
                    DispatchSettings.class,
                    () -> new DispatchSettings(List.of("EMAIL", "POST"), "POST", 3)),
            "io.facteur.billing",
            "io.facteur.dispatch"),
        ReachSettings.STANDARD,
        "OTHER-" + NUMBER.incrementAndGet(),
        new HashMap<>());
    office.company(otherCompany, otherCompany);
  }

  private AddressOffice(
      BillingOffice office,
      ReachSettings settings,
      String otherCompany,
      Map<ContactAddresses, Strangers> strangers) {
    this.office = office;
    this.settings = settings;
    this.otherCompany = otherCompany;
    this.strangers = strangers;
  }

  /** The same office, where changes are kept as these settings say. */
  AddressOffice with(ReachSettings others) {
    return new AddressOffice(office, others, otherCompany, strangers);
  }

  /** As {@link ContactAddressing#change}. */
  ContactAddressing.Change change(Contact contact, ContactAddresses addresses, Reach chosen) {
    Contact now = now(contact);
    return office
        .transaction()
        .execute(tx -> contacts().change(now.code(), now.version(), addresses, chosen));
  }

  /** As {@link DocumentAddressing#change}. */
  DocumentAddressing.Change change(DocumentId document, Given given) {
    return office.transaction().execute(tx -> documents().change(document, null, List.of(given)));
  }

  /** As {@link DocumentAddressing#whileSending}. */
  AddressEffects whileSending(DocumentId document, Given given) {
    return office.transaction().execute(tx -> documents().whileSending(document, given));
  }

  private ContactAddressing contacts() {
    return new ContactAddressing(
        get(Contacts.class),
        get(FollowingDocuments.class),
        new ReachTable(settings),
        get(CurrentActor.class));
  }

  private DocumentAddressing documents() {
    return new DocumentAddressing(
        get(DocumentAddressRows.class),
        get(Contacts.class),
        contacts(),
        new ReachTable(settings),
        get(AddressAudit.class));
  }

  <T> T get(Class<T> type) {
    return office.get(type);
  }

  JdbcClient jdbc() {
    return office.jdbc();
  }

  BillingOffice office() {
    return office;
  }

  /** Invoices that nothing concerns, and where they go. */
  record Strangers(List<DocumentId> documents, Map<String, String> state) {}

  /** Of another customer, and of another company's, who have these addresses. */
  Strangers strangers(ContactAddresses addresses) {
    return strangers.computeIfAbsent(
        addresses,
        same -> {
          List<DocumentId> invoices =
              Stream.of("ACME", otherCompany)
                  .map(company -> customer(company, same))
                  .map(customer -> issued(DocumentType.INVOICE, customer, null))
                  .toList();
          return new Strangers(invoices, state(invoices));
        });
  }

  /** All that documents say of their addresses, and where these lead, as text. */
  Map<String, String> state(Collection<DocumentId> documents) {
    Map<String, String> state = new TreeMap<>();
    for (DocumentId document : documents) {
      for (AddressedParty party : get(DocumentAddressing.class).of(document).parties()) {
        state.put(
            document.value() + " " + party.role(),
            party.onDocument()
                + AddressText.text(party.resolved(AddressKind.DOCUMENT).mailboxes())
                + " / "
                + AddressText.text(party.resolved(AddressKind.REMINDER).mailboxes()));
      }
    }
    return state;
  }

  Contact customer(ContactAddresses addresses) {
    return customer("ACME", addresses);
  }

  Contact customer(String company, ContactAddresses addresses) {
    return contact(company, Contact.Kind.CUSTOMER, addresses);
  }

  Contact contact(String company, Contact.Kind kind, ContactAddresses addresses) {
    CompanyId id = get(Companies.class).get(company).id();
    Contact like = Parties.customer(id, "C-" + NUMBER.incrementAndGet(), addresses);
    return get(Contacts.class)
        .create(
            new Contact(
                null,
                0,
                id,
                like.code(),
                kind,
                null,
                false,
                like.name(),
                null,
                like.address(),
                like.language(),
                like.registration(),
                null,
                null,
                false,
                addresses));
  }

  Contact person(Contact organisation, boolean primary, ContactAddresses addresses) {
    Contact like =
        Parties.person(
            organisation, organisation.code() + "-" + NUMBER.incrementAndGet(), addresses);
    return get(Contacts.class)
        .create(
            new Contact(
                null,
                0,
                like.company(),
                like.code(),
                like.kind(),
                like.organisation(),
                primary,
                like.name(),
                null,
                null,
                like.language(),
                like.registration(),
                null,
                null,
                false,
                addresses));
  }

  Contact now(Contact contact) {
    return get(Contacts.class).get(contact.code());
  }

  /**
   * Makes a draft.
   *
   * @param delivery null if the document has no delivery address
   */
  DocumentId draft(DocumentType type, Contact contact, Contact delivery) {
    return drafts(List.of(newDocument(type, contact, delivery))).get(0);
  }

  List<DocumentId> drafts(List<NewDocument> documents) {
    return get(Drafts.class).add(documents, null, "clerk");
  }

  NewDocument newDocument(DocumentType type, Contact contact, Contact delivery) {
    return newDocument(type, contact, delivery, OwnAddresses.NONE);
  }

  NewDocument newDocument(DocumentType type, Contact contact, Contact delivery, OwnAddresses own) {
    if (type == DocumentType.STATEMENT && !hasBill(contact)) {
      issued(DocumentType.INVOICE, contact, null);
    }
    String company = get(Companies.class).byIds(List.of(contact.company())).get(0).code();
    return new NewDocument(
        type,
        company,
        contact.code(),
        delivery == null ? null : delivery.code(),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        WITHOUT_LINES.contains(type) ? List.of() : List.of(LINE),
        List.of(),
        own,
        NewDocument.Billing.NONE);
  }

  private boolean hasBill(Contact contact) {
    return jdbc()
            .sql(
                """
                SELECT COUNT(*) FROM document
                WHERE contact_id = ? AND type = 'INVOICE' AND state = 'ISSUED'
                """)
            .param(contact.id().value())
            .query(Integer.class)
            .single()
        > 0;
  }

  DocumentId issued(DocumentType type, Contact contact, Contact delivery) {
    DocumentId draft = draft(type, contact, delivery);
    issue(List.of(draft));
    return draft;
  }

  /** The draft of a document that follows an issued one. */
  DocumentId follower(DocumentId predecessor, DocumentType type) {
    DocumentHead head = get(Documents.class).get(String.valueOf(predecessor.value()));
    return get(FollowUps.class).draft(head, type, FollowUpRequest.ALL, "clerk");
  }

  void issue(List<DocumentId> drafts) {
    office.transaction().executeWithoutResult(tx -> get(Issue.class).issue(drafts, TODAY, "clerk"));
  }

  /** The addresses of one role of a document as they are now. */
  AddressedParty party(DocumentId document, Role role) {
    return get(DocumentAddressing.class).of(document).party(role, "role");
  }

  @Override
  public void close() {
    office.close();
  }
}
