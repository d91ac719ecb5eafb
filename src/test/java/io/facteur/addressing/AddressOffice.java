package io.facteur.addressing;

import io.facteur.contract.Role;
import io.facteur.contract.VatCategory;
import io.facteur.dispatch.DispatchSettings;
import io.facteur.document.CreditNotes;
import io.facteur.document.DocumentId;
import io.facteur.document.DocumentType;
import io.facteur.document.Drafts;
import io.facteur.document.Issue;
import io.facteur.document.NewDocument;
import io.facteur.document.NewLine;
import io.facteur.party.Companies;
import io.facteur.party.CompanyId;
import io.facteur.party.Contact;
import io.facteur.party.ContactAddresses;
import io.facteur.party.Contacts;
import io.facteur.party.Parties;
import io.facteur.testing.BillingOffice;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An office on a real database where contacts have addresses and documents are made and issued. */
final class AddressOffice implements AutoCloseable {

  static final LocalDate TODAY = LocalDate.of(2026, 3, 2);

  private static final AtomicInteger NUMBER = new AtomicInteger();
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

  AddressOffice() {
    this(ReachSettings.STANDARD);
  }

  /** An office that keeps changes as these settings say. */
  AddressOffice(ReachSettings settings) {
    office =
        BillingOffice.open(
            Clock.fixed(Instant.parse("2026-03-02T09:00:00Z"), ZoneOffset.UTC),
            context -> {
              context.registerBean(ReachSettings.class, () -> settings);
              context.registerBean(
                  DispatchSettings.class,
                  () -> new DispatchSettings(List.of("EMAIL", "POST"), "POST", 3));
            },
            "io.facteur.billing",
            "io.facteur.dispatch");
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

  /** Another company of the same installation; its code. */
  String otherCompany() {
    String code = "OTHER-" + NUMBER.incrementAndGet();
    office.company(code, code);
    return code;
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
    return get(Drafts.class).add(newDocument(type, contact, delivery), "clerk");
  }

  NewDocument newDocument(DocumentType type, Contact contact, Contact delivery) {
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
        List.of(LINE));
  }

  DocumentId issued(DocumentType type, Contact contact, Contact delivery) {
    DocumentId draft = draft(type, contact, delivery);
    issue(List.of(draft));
    return draft;
  }

  /** The draft of a credit note over the whole of an issued invoice. */
  DocumentId creditNote(DocumentId invoice) {
    return get(CreditNotes.class).draftFor(invoice, "clerk");
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
