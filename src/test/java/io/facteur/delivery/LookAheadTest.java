package io.facteur.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.facteur.document.DocumentId;
import io.facteur.document.DocumentType;
import io.facteur.document.Documents;
import io.facteur.document.FollowUpRequest;
import io.facteur.document.FollowUps;
import io.facteur.party.Companies;
import io.facteur.party.EmailAddress;
import io.facteur.party.SuspendedAddresses;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What was read for a whole chunk counts only as long as it is true (ADDR-9). */
class LookAheadTest {

  /** As much of an erasure as the schema asks for. */
  private static final String ERASED =
      """
      UPDATE contact
      SET name = 'erased', additional_name = NULL, street = NULL, postcode = NULL, city = NULL, country = NULL,
        vat_id = NULL, registration_id = NULL, registration_scheme = NULL, general_email = NULL,
        endpoint_scheme = NULL, endpoint_id = NULL, buyer_reference = NULL, erased_at = UTC_TIMESTAMP(6),
        erased_pseudonyms = 0
      WHERE id = :contact
      """;

  private static LedgerOffice office;
  private static Transmissions transmissions;

  @BeforeAll
  static void open() {
    office = new LedgerOffice("node-a");
    transmissions = office.get(Transmissions.class);
  }

  @AfterAll
  static void close() {
    office.close();
  }

  @BeforeEach
  void nothingWaitsFromEarlierTests() {
    office
        .jdbc()
        .sql("UPDATE transmission SET state = 'ENDED', node = NULL, lease_until = NULL")
        .update();
  }

  @Test
  void aChunkBeginsAsItWouldWithoutALookAhead() {
    for (int i = 0; i < 3; i++) {
      office.issued(office.contract("EMAIL CONTRACTING_PARTY"));
    }
    List<Ticket> chunk = office.claim("EMAIL", 10);
    Outlook outlook = transmissions.lookAhead(chunk);

    for (Ticket ticket : chunk) {
      assertThat(outlook.of(ticket.claim())).isNotNull();
      Shipment foreseen = transmissions.begin(ticket, "", outlook);
      Shipment again = transmissions.begin(ticket, "");
      assertThat(foreseen.attempt()).isEqualTo(1);
      assertThat(again.attempt()).isEqualTo(2);
      assertThat(foreseen).usingRecursiveComparison().ignoringFields("attempt").isEqualTo(again);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      UPDATE contact SET general_email = 'new@client.example' WHERE id = :contact
      INSERT INTO contact_document_address (contact_id) VALUES (:contact); INSERT INTO contact_document_address_type SELECT id, 'INVOICE' FROM contact_document_address WHERE contact_id = :contact; INSERT INTO contact_document_mailbox (document_address_id, field, position, address) SELECT id, 'TO', 0, 'new@client.example' FROM contact_document_address WHERE contact_id = :contact
      INSERT INTO document_addressing (document_id, role, kind, source, set_by) VALUES (:document, 'CONTRACTING_PARTY', 'DOCUMENT', 'HAND', 'test'); INSERT INTO document_mailbox (document_id, role, kind, field, position, address) VALUES (:document, 'CONTRACTING_PARTY', 'DOCUMENT', 'TO', 0, 'new@client.example')
      UPDATE delivery SET given_mailboxes = '{"to":["new@client.example"],"cc":[],"bcc":[]}' WHERE document_id = :document
      """)
  void anAddressThatChangesAfterTheLookAheadIsTheOneThatCounts(String change) {
    DocumentId invoice = office.issued(office.contract("EMAIL CONTRACTING_PARTY"));
    Ticket ticket = office.claim("EMAIL", 1).get(0);
    Outlook outlook = transmissions.lookAhead(List.of(ticket));

    change(invoice, change);

    assertThat(transmissions.begin(ticket, "", outlook).recipient().to())
        .containsExactly(new EmailAddress("new@client.example"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      UPDATE contact SET paperless_refused = TRUE WHERE id = :contact     | paperless refused
      UPDATE contact SET general_email = NULL WHERE id = :contact         | no e-mail address
      """)
  void whoeverMayNoLongerBeMailedAfterTheLookAheadIsNot(String change, String reason) {
    DocumentId invoice = office.issued(office.contract("EMAIL CONTRACTING_PARTY"));
    Ticket ticket = office.claim("EMAIL", 1).get(0);
    Outlook outlook = transmissions.lookAhead(List.of(ticket));

    change(invoice, change);

    assertThat(transmissions.begin(ticket, "", outlook)).isNull();
    assertThat(office.reason(invoice, "EMAIL")).contains(reason);
  }

  @Test
  void whoeverIsErasedAfterTheLookAheadGetsNothing() {
    DocumentId invoice = office.issued(office.contract("EMAIL CONTRACTING_PARTY"));
    Ticket ticket = office.claim("EMAIL", 1).get(0);
    Outlook outlook = transmissions.lookAhead(List.of(ticket));

    change(invoice, ERASED);

    assertThat(transmissions.begin(ticket, "", outlook)).isNull();
    assertThat(office.reason(invoice, "EMAIL")).contains("the contact is erased");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      INSERT INTO contact_reminder_address (contact_id, position, address) VALUES (:contact, 0, 'new@client.example')
      INSERT INTO contact_reminder_address (contact_id, position, address) VALUES (:contact, 1, 'old@client.example'); UPDATE contact_reminder_address SET address = 'new@client.example' WHERE contact_id = :contact
      INSERT INTO contact_document_address (contact_id) VALUES (:contact); INSERT INTO contact_document_address_type SELECT id, 'REMINDER' FROM contact_document_address WHERE contact_id = :contact; INSERT INTO contact_document_mailbox (document_address_id, field, position, address) SELECT id, 'TO', 0, 'new@client.example' FROM contact_document_address WHERE contact_id = :contact
      """)
  void anAddressForRemindersThatChangesAfterTheLookAheadIsTheOneThatCounts(String change) {
    String contract = office.contract();
    office
        .jdbc()
        .sql(
            """
            INSERT INTO dispatch_definition (contract_id, domain, channel, role)
            SELECT id, 'REMINDER', 'EMAIL', 'CONTRACTING_PARTY' FROM contract WHERE number = ?
            """)
        .param(contract)
        .update();
    DocumentId reminder = reminder(office.issued(contract));
    Ticket ticket = office.claim("EMAIL", 9).stream().reduce((first, last) -> last).orElseThrow();
    Outlook outlook = transmissions.lookAhead(List.of(ticket));
    assertThat(outlook.of(ticket.claim())).isNotNull();

    change(reminder, change);

    assertThat(transmissions.begin(ticket, "", outlook).recipient().to())
        .containsExactly(new EmailAddress("new@client.example"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      UPDATE contact SET general_email = 'new@client.example' WHERE id = :contact
      INSERT INTO contact_document_address (contact_id) VALUES (:contact); INSERT INTO contact_document_address_type SELECT id, 'INVOICE' FROM contact_document_address WHERE contact_id = :contact; INSERT INTO contact_document_mailbox (document_address_id, field, position, address) SELECT id, 'TO', 0, 'new@client.example' FROM contact_document_address WHERE contact_id = :contact
      """)
  void anAddressOfTheDeliveryContactThatChangesAfterTheLookAheadIsTheOneThatCounts(String change) {
    long receiver = receiver();
    String contract = office.contract("EMAIL DELIVERY_ADDRESS");
    deliverTo(receiver, contract);
    office.issued(contract);
    Ticket ticket = office.claim("EMAIL", 1).get(0);
    Outlook outlook = transmissions.lookAhead(List.of(ticket));
    assertThat(outlook.of(ticket.claim())).isNotNull();

    for (String statement : change.split("; ")) {
      office.jdbc().sql(statement).param("contact", receiver).update();
    }

    assertThat(transmissions.begin(ticket, "", outlook).recipient().to())
        .containsExactly(new EmailAddress("new@client.example"));
  }

  @Test
  void aDeliveryContactThatIsErasedAfterTheLookAheadGetsNothing() {
    long receiver = receiver();
    String contract = office.contract("EMAIL DELIVERY_ADDRESS");
    deliverTo(receiver, contract);
    DocumentId invoice = office.issued(contract);
    Ticket ticket = office.claim("EMAIL", 1).get(0);
    Outlook outlook = transmissions.lookAhead(List.of(ticket));

    office.jdbc().sql(ERASED).param("contact", receiver).update();

    assertThat(transmissions.begin(ticket, "", outlook)).isNull();
    assertThat(office.reason(invoice, "EMAIL")).contains("the contact is erased");
  }

  @Test
  void anAddressThatIsSuspendedAfterTheLookAheadIsLeftOut() {
    String contract = office.contract("EMAIL CONTRACTING_PARTY");
    office.contact(contract, "general_email = 'Gone@Client.example'");
    DocumentId invoice = office.issued(contract);
    Ticket ticket = office.claim("EMAIL", 1).get(0);
    Outlook outlook = transmissions.lookAhead(List.of(ticket));

    office
        .get(SuspendedAddresses.class)
        .suspend(
            office.get(Companies.class).get("ACME").id(),
            new EmailAddress("gone@client.example"),
            "mailbox unknown");

    assertThat(transmissions.begin(ticket, "", outlook)).isNull();
    assertThat(office.reason(invoice, "EMAIL")).contains("address suspended");
  }

  @Test
  void anIndividualAddressIsLookedAtWhenItBegins() {
    office.issued(office.contract("EMAIL INDIVIDUAL"));
    Ticket ticket = office.claim("EMAIL", 1).get(0);
    Outlook outlook = transmissions.lookAhead(List.of(ticket));

    assertThat(outlook.of(ticket.claim())).isNull();
    assertThat(transmissions.begin(ticket, "", outlook).recipient().to())
        .containsExactly(new EmailAddress("me@home.example"));
  }

  @Test
  void aBeginningDoesNotWaitForSomebodyWhoEditsTheContact() {
    String contract = office.contract("EMAIL CONTRACTING_PARTY");
    office.issued(contract);
    Ticket ticket = office.claim("EMAIL", 1).get(0);
    Outlook outlook = transmissions.lookAhead(List.of(ticket));

    Shipment shipment =
        new TransactionTemplate(office.get(PlatformTransactionManager.class))
            .execute(
                edit -> {
                  office.contact(contract, "general_email = 'later@client.example'");
                  return CompletableFuture.supplyAsync(
                          () -> transmissions.begin(ticket, "", outlook))
                      .orTimeout(20, TimeUnit.SECONDS)
                      .join();
                });

    assertThat(shipment.attempt()).isEqualTo(1);
    assertThat(shipment.recipient().to()).doesNotContain(new EmailAddress("later@client.example"));
  }

  @Test
  void aClaimThatIsLostAfterTheLookAheadDoesNotBegin() {
    office.issued(office.contract("EMAIL CONTRACTING_PARTY"));
    Ticket ticket = office.claim("EMAIL", 1).get(0);
    Outlook outlook = transmissions.lookAhead(List.of(ticket));

    office.letLeasesRunOut();

    assertThat(transmissions.begin(ticket, "", outlook)).isNull();
  }

  private static DocumentId reminder(DocumentId invoice) {
    DocumentId draft =
        office
            .get(FollowUps.class)
            .draft(
                office.get(Documents.class).get(String.valueOf(invoice.value())),
                DocumentType.REMINDER,
                FollowUpRequest.ALL,
                "test");
    office
        .get(DocumentIssuing.class)
        .issue(new IssueOrder(List.of(draft), LedgerOffice.TODAY, "test"));
    return draft;
  }

  /** A contact that documents can be delivered to. */
  private static long receiver() {
    return office
        .jdbc()
        .sql("SELECT contracting_party_id FROM contract WHERE number = ?")
        .param(office.contract())
        .query(Long.class)
        .single();
  }

  private static void deliverTo(long contact, String contract) {
    office
        .jdbc()
        .sql("UPDATE contract SET delivery_address_id = ? WHERE number = ?")
        .params(contact, contract)
        .update();
  }

  private static void change(DocumentId document, String statements) {
    long contact =
        office
            .jdbc()
            .sql("SELECT contact_id FROM document WHERE id = ?")
            .param(document.value())
            .query(Long.class)
            .single();
    for (String statement : statements.split("; ")) {
      office
          .jdbc()
          .sql(statement)
          .param("contact", contact)
          .param("document", document.value())
          .update();
    }
  }
}
