package io.facteur.addressing;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.facteur.addressing.DocumentAddressRows.Place;
import io.facteur.addressing.OnDocument.Stand;
import io.facteur.contract.Role;
import io.facteur.dispatch.DispatchPlans;
import io.facteur.dispatch.PlannedDelivery;
import io.facteur.document.DocumentChain;
import io.facteur.document.DocumentId;
import io.facteur.document.DocumentType;
import io.facteur.document.Drafts;
import io.facteur.document.NewDocument;
import io.facteur.party.Contact;
import io.facteur.party.ContactAddresses;
import io.facteur.party.Contacts;
import io.facteur.party.Mailboxes;
import io.facteur.testing.CaseFile;
import io.facteur.testing.CaseTables.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Carries out every row of {@code docs/address-cases/addr-2-who-gets-it.md}. */
class WhoGetsItTest {

  private static final CaseFile CASES =
      new CaseFile("docs/address-cases/addr-2-who-gets-it.md")
          .table(
              "Each type of document",
              "Document, Of a, The contact has, Goes to, Rule",
              "Goes to, Rule",
              WhoGetsItTest::ofType)
          .table(
              "Each level",
              "Document, On it, The contact has, Goes to, Rule",
              "Goes to, Rule",
              WhoGetsItTest::level)
          .table(
              "Sets of document addresses",
              "Document, The contact has, Goes to, Rule",
              "Goes to, Rule",
              row -> resolved(document(row, "customer", "")))
          .table(
              "Who lost, and why",
              "Document, On it, The contact has, Candidates",
              "Candidates",
              WhoGetsItTest::candidates)
          .table(
              "Roles of a document",
              "Through, The contracting party has, The delivery address has, On it, Goes to, Rule",
              "Goes to, Rule",
              WhoGetsItTest::role)
          .table(
              "Mails that are written from a contact",
              "The contact has, Its primary person has, Another person has, Goes to, Rule",
              "Goes to, Rule",
              WhoGetsItTest::mailFrom);

  private static AddressOffice office;
  private static int contracts;

  @BeforeAll
  static void open() {
    office = new AddressOffice();
  }

  @AfterAll
  static void close() {
    office.close();
  }

  @TestFactory
  Stream<DynamicContainer> everyDocumentGoesWhereTheRuleSays() {
    return CASES.tests();
  }

  @Test
  void noTableAndNoColumnIsLeftOut() {
    CASES.assertWhole();
    assertThat(CASES.rows("Documents")).isGreaterThanOrEqualTo(60);
    assertThat(CASES.rows("Roles")).isGreaterThanOrEqualTo(10);
  }

  private static List<String> ofType(Row row) {
    return resolved(document(row, row.get("Of a"), ""));
  }

  private static List<String> level(Row row) {
    return resolved(document(row, "customer", row.get("On it")));
  }

  private static List<String> resolved(ResolvedMailboxes resolved) {
    return List.of(AddressText.text(resolved.mailboxes()), resolved.rule());
  }

  /** Resolved for a document on the database; the rule alone has to come to the same. */
  private static ResolvedMailboxes document(Row row, String kind, String onIt) {
    DocumentType type = AddressText.type(row.get("Document"));
    Contact contact = contact(kind, AddressText.contact(row.get("The contact has")));
    DocumentId document = draft(type, contact);
    put(document, Role.CONTRACTING_PARTY, onIt);

    ResolvedMailboxes resolved =
        office.party(document, Role.CONTRACTING_PARTY).resolved(AddressKind.of(type.addressUse()));

    ResolvedMailboxes byRule =
        RecipientResolution.resolve(contact, type.addressUse(), AddressText.onDocument(onIt));
    assertThat(resolved.mailboxes()).isEqualTo(byRule.mailboxes());
    assertThat(resolved.rule()).isEqualTo(byRule.rule());
    return resolved;
  }

  private static Contact contact(String kind, ContactAddresses addresses) {
    Contact.Kind wanted = Contact.Kind.valueOf(AddressText.constant(kind));
    if (wanted == Contact.Kind.PERSON) {
      Contact organisation = office.customer(AddressText.contact("everything"));
      return office.person(organisation, true, addresses);
    }
    return office.contact("ACME", wanted, addresses);
  }

  private static DocumentId draft(DocumentType type, Contact contact) {
    return DocumentChain.after(DocumentType.INVOICE).contains(type)
        ? office.follower(office.issued(DocumentType.INVOICE, contact, null), type)
        : office.draft(type, contact, null);
  }

  private static void put(DocumentId document, Role role, String onIt) {
    OnDocument on = AddressText.onDocument(onIt);
    for (AddressKind kind : AddressKind.values()) {
      Stand stand = on.of(kind);
      if (stand != null) {
        office
            .get(DocumentAddressRows.class)
            .put(new Place(document, role, kind), stand.source(), stand.mailboxes(), stand.by());
      }
    }
  }

  private static List<String> candidates(Row row) {
    return List.of(
        document(row, "customer", row.get("On it")).candidates().stream()
            .map(
                one ->
                    "%s: %s: %s%s"
                        .formatted(
                            one.won() ? "won" : "lost",
                            one.rule(),
                            one.mailboxes().isEmpty() ? "–" : AddressText.text(one.mailboxes()),
                            one.whyNot() == null ? "" : ", " + one.whyNot()))
            .collect(joining("\n")));
  }

  private static List<String> role(Row row) {
    Contact contracting =
        office.customer(AddressText.contact(row.get("The contracting party has")));
    Contact delivery = office.customer(AddressText.contact(row.get("The delivery address has")));
    DocumentId document = ofContract(contracting, delivery, row.get("Through"));
    for (Role role : List.of(Role.CONTRACTING_PARTY, Role.DELIVERY_ADDRESS)) {
      String party = role == Role.CONTRACTING_PARTY ? "contracting party " : "delivery address ";
      AddressText.entries(row.get("On it")).stream()
          .filter(entry -> entry.startsWith(party))
          .forEach(entry -> put(document, role, entry.substring(party.length())));
    }

    PlannedDelivery planned = office.get(DispatchPlans.class).of(document).ways().get(0).delivery();

    return planned.isSkipped()
        ? List.of("skipped", planned.skipReason().replace("no e-mail address: ", ""))
        : List.of(
            AddressText.text(
                new Mailboxes(
                    planned.recipient().to(), planned.recipient().cc(), planned.recipient().bcc())),
            planned.recipient().rule());
  }

  private static DocumentId ofContract(Contact contracting, Contact delivery, String through) {
    String number = "ADDR-2-" + ++contracts;
    long contract =
        office
            .office()
            .contract(number, contracting.id().value(), AddressOffice.TODAY.minusYears(1));
    office
        .jdbc()
        .sql("UPDATE contract SET delivery_address_id = ? WHERE id = ?")
        .params(delivery.id().value(), contract)
        .update();
    String individual =
        through.contains("individual") ? through.substring(through.lastIndexOf(' ') + 1) : null;
    if (individual != null) {
      office
          .jdbc()
          .sql(
              """
              INSERT INTO communication_place (contact_id, kind, place, value)
              VALUES (?, 'EMAIL', 'PRIVATE', ?)
              """)
          .params(contracting.id().value(), individual + "@x.example")
          .update();
    }
    String role =
        individual != null
            ? "INDIVIDUAL"
            : AddressText.constant(through.replace("e-mail to the ", ""));
    office
        .jdbc()
        .sql(
            """
            INSERT INTO dispatch_definition (contract_id, domain, channel, role, individual_address)
            VALUES (?, 'INVOICE', 'EMAIL', ?, ?)
            """)
        .params(contract, role, individual == null ? null : individual + "@x.example")
        .update();
    NewDocument like = office.newDocument(DocumentType.INVOICE, contracting, null);
    return office
        .get(Drafts.class)
        .add(
            NewDocument.ofContract(
                like.type(),
                like.company(),
                number,
                null,
                like.lines(),
                List.of(),
                NewDocument.Billing.NONE),
            "clerk");
  }

  private static List<String> mailFrom(Row row) {
    Contact contact = office.customer(AddressText.contact(row.get("The contact has")));
    if (!row.get("Its primary person has").equals("nobody")) {
      office.person(contact, true, AddressText.contact(row.get("Its primary person has")));
    }
    office.person(contact, false, AddressText.contact(row.get("Another person has")));
    List<Contact> persons =
        new ArrayList<>(office.get(Contacts.class).personsOf(List.of(contact.id())));
    persons.removeIf(person -> !person.primaryPerson());

    return resolved(
        RecipientResolution.resolveForMailFrom(contact, persons.isEmpty() ? null : persons.get(0)));
  }
}
