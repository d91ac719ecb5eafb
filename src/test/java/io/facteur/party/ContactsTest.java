package io.facteur.party;

import static io.facteur.party.Parties.mailbox;
import static io.facteur.party.Parties.mailboxes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facteur.testing.TestDatabase;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ContactsTest {

  private static Parties parties;
  private static Contacts contacts;
  private static Company company;
  private static Company otherCompany;

  @BeforeAll
  static void aCompany() {
    parties = Parties.on(TestDatabase.fresh());
    contacts = parties.contacts();
    company = parties.companies().create(Parties.company("EDL"));
    otherCompany = parties.companies().create(Parties.company("EDM"));
  }

  @Test
  void savesAContactWithAllOfItsAddresses() {
    var addresses =
        new ContactAddresses(
            mailbox("general@bücher.example"),
            List.of(
                new DocumentAddresses(
                    Set.of(AddressUse.INVOICE, AddressUse.QUOTE),
                    new Mailboxes(
                        mailboxes("a@x.example", "b@x.example"),
                        mailboxes("c@x.example"),
                        mailboxes("d@x.example"))),
                new DocumentAddresses(
                    Set.of(AddressUse.ORDER),
                    new Mailboxes(List.of(), mailboxes("e@x.example"), List.of()))),
            mailboxes("r@x.example", "s@x.example"),
            List.of(
                new CommunicationPlace(
                    CommunicationPlace.Kind.PHONE, CommunicationPlace.Place.BUSINESS, "+41 22 1"),
                new CommunicationPlace(
                    CommunicationPlace.Kind.EMAIL,
                    CommunicationPlace.Place.PRIVATE,
                    "p@x.example")));

    Contact saved = contacts.create(Parties.customer(company.id(), "C-all", addresses));

    assertThat(saved.addresses()).isEqualTo(addresses);
    assertThat(saved.addresses().general().value()).isEqualTo("general@xn--bcher-kva.example");
    assertThat(contacts.get("C-all")).isEqualTo(saved);
    assertThat(saved.asTradeParty().address()).isEqualTo(saved.address());
  }

  @Test
  void loadsHundredsWithAFixedNumberOfQueries() {
    List<ContactId> ids =
        IntStream.range(0, 300)
            .mapToObj(
                i ->
                    contacts
                        .create(
                            Parties.customer(
                                company.id(),
                                "M-" + i,
                                Parties.reachableAt("m" + i + "@x.example")))
                        .id())
            .toList();
    long before = selects();

    List<Contact> loaded = contacts.byIds(ids);

    assertThat(selects() - before).isLessThanOrEqualTo(6);
    assertThat(loaded).hasSize(300);
    assertThat(loaded)
        .allSatisfy(
            contact -> assertThat(contact.addresses().general().domain()).isEqualTo("x.example"));
  }

  @Test
  void aChangeOnAnOldVersionIsRefusedAndChangesNothing() {
    Contact first =
        contacts.create(
            Parties.customer(company.id(), "C-stale", Parties.reachableAt("a@x.example")));
    contacts.changeAddresses("C-stale", first.version(), Parties.reachableAt("b@x.example"));

    assertThatThrownBy(
            () ->
                contacts.changeAddresses(
                    "C-stale", first.version(), Parties.reachableAt("c@x.example")))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.kind()).isEqualTo(Refusal.Kind.STALE));
    assertThatThrownBy(() -> contacts.update(first))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.kind()).isEqualTo(Refusal.Kind.STALE));
    assertThat(contacts.get("C-stale").addresses().general()).isEqualTo(mailbox("b@x.example"));
  }

  @Test
  void aTakenCodeIsAConflict() {
    contacts.create(Parties.customer(company.id(), "C-twice", ContactAddresses.NONE));

    assertThatThrownBy(
            () ->
                contacts.create(
                    Parties.customer(otherCompany.id(), "C-twice", ContactAddresses.NONE)))
        .isInstanceOf(Refusal.class)
        .hasMessage("code: there is already a contact 'C-twice'");
  }

  @Test
  void aPersonBelongsToAnOrganisationOfTheSameCompany() {
    Contact organisation =
        contacts.create(Parties.customer(company.id(), "C-org", ContactAddresses.NONE));
    Contact person = Parties.person(organisation, "P-1", Parties.reachableAt("p@x.example"));

    assertThat(contacts.create(person).organisation()).isEqualTo(organisation.id());
    assertThat(contacts.personsOf(List.of(organisation.id())))
        .extracting(Contact::code)
        .containsExactly("P-1");
    Contact stranger =
        contacts.create(Parties.customer(otherCompany.id(), "C-other", ContactAddresses.NONE));
    var wrong =
        new Contact(
            null,
            0,
            company.id(),
            "P-2",
            Contact.Kind.PERSON,
            stranger.id(),
            false,
            "P",
            null,
            null,
            "fr",
            Contact.Registration.NONE,
            null,
            null,
            false,
            ContactAddresses.NONE);
    assertThatThrownBy(() -> contacts.create(wrong))
        .isInstanceOf(Refusal.class)
        .hasMessage("organisation: belongs to another company");
  }

  @Test
  void consentIsKeptWithDateAuthorAndProof() {
    contacts.create(Parties.customer(company.id(), "C-consent", ContactAddresses.NONE));

    assertThat(contacts.consent("C-consent").refused()).isFalse();
    contacts.consent("C-consent", true, "letter of 3 May");
    Consent consent = contacts.consent("C-consent");

    assertThat(consent.refused()).isTrue();
    assertThat(consent.proof()).isEqualTo("letter of 3 May");
    assertThat(consent.by()).isEqualTo("test");
    assertThat(consent.since()).isNotNull();
    contacts.consent("C-consent", false, "phone call");
    assertThat(contacts.get("C-consent").paperlessRefused()).isFalse();
  }

  @Test
  void listsByFilterAndPage() {
    for (String code : List.of("L-1", "L-2", "L-3")) {
      contacts.create(
          Parties.customer(
              otherCompany.id(), code, Parties.reachableAt(null, code + "@list.example")));
    }
    var byName =
        new ContactFilter(Set.of(otherCompany.id()), Contact.Kind.CUSTOMER, "CLIENT l-", null);
    var newestFirst = new Paging(0, 2, List.of(new Paging.Order("name", true)));

    Page<Contact> page = contacts.list(byName, newestFirst);

    assertThat(page.total()).isEqualTo(3);
    assertThat(page.items()).extracting(Contact::code).containsExactly("L-3", "L-2");
    var byMailbox = new ContactFilter(null, null, null, "L-1@list.example");
    assertThat(contacts.list(byMailbox, new Paging(0, 20, List.of())).items())
        .extracting(Contact::code)
        .containsExactly("L-1");
    assertThatThrownBy(
            () ->
                contacts.list(
                    ContactFilter.ALL,
                    new Paging(0, 20, List.of(new Paging.Order("id; DROP", false)))))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("cannot sort by");
  }

  @Test
  void theHistoryHoldsOnlyWhatChanged() {
    Contact saved = contacts.create(Parties.customer(company.id(), "C-h", ContactAddresses.NONE));
    contacts.changeAddresses("C-h", saved.version(), Parties.reachableAt("new@x.example"));

    assertThat(parties.audit().last("contact.addresses", "contact:C-h").orElseThrow().newValues())
        .hasToString("{\"general\":\"new@x.example\"}");
  }

  private static long selects() {
    return parties
        .jdbc()
        .sql("SHOW GLOBAL STATUS LIKE 'Com_select'")
        .query((row, i) -> row.getLong(2))
        .single();
  }

  @Test
  void aContactIsFoundByAnAddressHoweverItsDomainIsWritten() {
    contacts.create(
        Parties.customer(company.id(), "C-found", Parties.reachableAt("found@bücher.example")));

    assertThat(found("found@BÜCHER.example")).containsExactly("C-found");
    assertThat(found("found@xn--bcher-kva.example")).containsExactly("C-found");
    assertThat(found("no address")).isEmpty();
  }

  private static List<String> found(String email) {
    return contacts
        .list(new ContactFilter(null, null, null, email), new Paging(0, 20, List.of()))
        .items()
        .stream()
        .map(Contact::code)
        .toList();
  }

  @Test
  void addressesThatWereKeptByEarlierRulesCanStillBeRead() {
    String early = "an\u202Ena@BUYER.example";
    Contact contact =
        contacts.create(
            Parties.customer(
                company.id(),
                "C-early",
                new ContactAddresses(
                    mailbox("early-a@x.example"),
                    List.of(
                        new DocumentAddresses(
                            Set.of(AddressUse.INVOICE),
                            Mailboxes.to(mailboxes("early-b@x.example")))),
                    mailboxes("early-c@x.example"),
                    Parties.reachableAt(null, "early-d@x.example").places())));
    for (String column :
        List.of(
            "contact.general_email",
            "contact_document_mailbox.address",
            "contact_reminder_address.address",
            "communication_place.value")) {
      String[] parts = column.split("\\.");
      parties
          .jdbc()
          .sql(
              "UPDATE %s SET %s = ? WHERE %2$s LIKE 'early-_@x.example'"
                  .formatted(parts[0], parts[1]))
          .param(early)
          .update();
    }

    ContactAddresses read = contacts.get(contact.code()).addresses();

    assertThat(read.general().value()).isEqualTo(early);
    assertThat(read.documentsFor(AddressUse.INVOICE).to().get(0).value()).isEqualTo(early);
    assertThat(read.reminder().get(0).value()).isEqualTo(early);
    assertThat(read.places().get(0).value()).isEqualTo(early);
  }
}
