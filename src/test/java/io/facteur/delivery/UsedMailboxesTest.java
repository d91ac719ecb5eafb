package io.facteur.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.facteur.document.DocumentId;
import io.facteur.party.CompanyId;
import io.facteur.party.CompanyMailbox;
import io.facteur.party.EmailAddress;
import io.facteur.testing.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** DISP-6: which mailboxes a company has mailed to, as the database notes them. */
class UsedMailboxesTest {

  private static final RetryTerms ONCE = new RetryTerms(1, Duration.ofMinutes(1));
  private static final Receipt SENT = Receipt.sent(Map.of("smtpReply", "250 2.0.0 ok"));

  private static LedgerOffice office;
  private static Transmissions transmissions;

  @BeforeAll
  static void open() {
    office = new LedgerOffice("node-u");
    transmissions = office.get(Transmissions.class);
  }

  @AfterAll
  static void close() {
    office.close();
  }

  @BeforeEach
  void nothingIsKnown() {
    office.jdbc().sql("DELETE FROM used_mailbox").update();
    office
        .jdbc()
        .sql("UPDATE transmission SET state = 'ENDED', node = NULL, lease_until = NULL")
        .update();
  }

  @Test
  void aMailThatHasGoneMakesItsMailboxesKnown() {
    String contract = office.contract("EMAIL CONTRACTING_PARTY");
    addresses(
        contract,
        "TO",
        "To@Customer.example",
        "CC",
        "cc@customer.example",
        "BCC",
        "bcc@customer.example");
    office.issued(contract);
    Ticket ticket = begun();

    assertThat(known()).isEmpty();
    transmissions.record(ticket, SENT, ONCE);

    assertThat(known())
        .containsExactly("bcc@customer.example", "cc@customer.example", "to@customer.example");
    assertThat(office.get(UsedMailboxes.class).among(List.of(mailbox("TO@customer.example"))))
        .containsExactly(mailbox("to@customer.example"));
    assertThat(office.get(UsedMailboxes.class).among(List.of(mailbox("tu@customer.example"))))
        .isEmpty();
  }

  @Test
  void whatIsKnownOnceStaysAsItWas() {
    String contract = office.contract("EMAIL CONTRACTING_PARTY");
    office.issued(contract);
    transmissions.record(begun(), SENT, ONCE);
    office.jdbc().sql("UPDATE used_mailbox SET first_used_at = '2020-01-01'").update();

    office.issued(contract);
    transmissions.record(begun(), SENT, ONCE);

    assertThat(
            office
                .jdbc()
                .sql("SELECT CONCAT(mailbox, ' ', DATE(first_used_at)) FROM used_mailbox")
                .query(String.class)
                .list())
        .containsExactly("post@customer.example 2020-01-01");
  }

  @Test
  void whatHasNotGoneOrNotByMailMakesNothingKnown() {
    office.issued(office.contract("EMAIL CONTRACTING_PARTY"));
    transmissions.record(begun(), Receipt.failedForGood("mailbox unknown", Map.of()), ONCE);
    office.issued(office.contract("EMAIL CONTRACTING_PARTY"));
    transmissions.record(begun(), Receipt.uncertain("connection lost", Map.of()), ONCE);
    office.issued(office.contract("EINVOICE CONTRACTING_PARTY", "ARCHIVE INDIVIDUAL"));
    for (String channel : List.of("EINVOICE", "ARCHIVE")) {
      Ticket ticket = office.claim(channel, 1).get(0);
      transmissions.begin(ticket, "");
      transmissions.record(ticket, Receipt.sent(Map.of()), ONCE);
    }

    assertThat(known()).isEmpty();
  }

  @Test
  void aMailThatIsSettledAsSentMakesItsMailboxesKnown() {
    DocumentId invoice = office.issued(office.contract("EMAIL CONTRACTING_PARTY"));
    transmissions.record(begun(), Receipt.uncertain("connection lost", Map.of()), ONCE);
    long delivery =
        office
            .jdbc()
            .sql("SELECT id FROM delivery WHERE document_id = ?")
            .param(invoice.value())
            .query(Long.class)
            .single();

    office
        .get(Corrections.class)
        .resolve(new DeliveryId(delivery), true, "line 7 of the relay's log", "clerk");

    assertThat(known()).containsExactly("post@customer.example");
  }

  /** Whatever an older version, or an erasure, has left in the column. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "{}",
        "{\"to\": null}",
        "{\"to\": 5}",
        "{\"to\": \"a@b.example\"}",
        "{\"to\": [null, 7, {\"a\": 1}, \"\"]}",
        "[]"
      })
  void noOutcomeIsLostForARecipientThatCannotBeRead(String recipient) {
    DocumentId invoice = office.issued(office.contract("EMAIL CONTRACTING_PARTY"));
    Ticket ticket = begun();
    office
        .jdbc()
        .sql("UPDATE delivery SET recipient = ? WHERE document_id = ?")
        .params(recipient, invoice.value())
        .update();

    transmissions.record(ticket, SENT, ONCE);

    assertThat(office.deliveries(invoice)).containsExactly("EMAIL CONTRACTING_PARTY SENT");
  }

  @Test
  void anAddressOfAnyLengthLosesNoOutcome() {
    DocumentId invoice = office.issued(office.contract("EMAIL CONTRACTING_PARTY"));
    Ticket ticket = begun();
    office
        .jdbc()
        .sql("UPDATE delivery SET recipient = ? WHERE document_id = ?")
        .params("{\"to\": [\"" + "x".repeat(5_000) + "@y.example\"]}", invoice.value())
        .update();

    transmissions.record(ticket, SENT, ONCE);

    assertThat(office.deliveries(invoice)).containsExactly("EMAIL CONTRACTING_PARTY SENT");
  }

  @Test
  void manyMailsToTheSameNewMailboxesDoNotGetInEachOthersWay() throws Exception {
    List<Ticket> tickets = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      String contract = office.contract("EMAIL CONTRACTING_PARTY");
      String one = "m%d@customer.example".formatted(i % 3);
      String other = "m%d@customer.example".formatted((i + 1) % 3);
      addresses(contract, "TO", i % 2 == 0 ? one : other, "CC", i % 2 == 0 ? other : one);
      office.issued(contract);
      tickets.add(begun());
    }
    var pool = Executors.newFixedThreadPool(8);
    List<Callable<Object>> outcomes =
        tickets.stream()
            .map(
                ticket ->
                    (Callable<Object>)
                        () -> {
                          transmissions.record(ticket, SENT, ONCE);
                          return null;
                        })
            .toList();

    for (Future<Object> outcome : pool.invokeAll(outcomes)) {
      outcome.get();
    }
    pool.shutdown();

    assertThat(known())
        .containsExactlyElementsOf(
            IntStream.range(0, 3).mapToObj("m%d@customer.example"::formatted).toList());
  }

  @Test
  void whatWasSentBeforeTheUpdateIsKnownAfterIt() {
    String url = TestDatabase.emptyUrl();
    migrate(url, "011");
    JdbcClient old =
        JdbcClient.create(
            new DriverManagerDataSource(url, TestDatabase.username(), TestDatabase.password()));
    delivery(old, 1, "SENT", "{\"to\": [\"A@x.example\", \"b@x.example\"], \"cc\": []}");
    delivery(old, 2, "SENT", "{\"to\": [\"a@X.example\"], \"bcc\": [\"c@x.example\"]}");
    delivery(old, 3, "FAILED", "{\"to\": [\"d@x.example\"]}");
    delivery(old, 4, "SENT", null);
    delivery(old, 5, "SENT", "{\"to\": []}");

    migrate(url, "latest");

    assertThat(
            old.sql("SELECT mailbox FROM used_mailbox ORDER BY mailbox").query(String.class).list())
        .containsExactly("a@x.example", "b@x.example", "c@x.example");
  }

  private static void migrate(String url, String target) {
    Flyway.configure()
        .dataSource(url, TestDatabase.username(), TestDatabase.password())
        .locations("classpath:db/migration")
        .target(target)
        .load()
        .migrate();
  }

  private static void delivery(JdbcClient old, long id, String state, String recipient) {
    if (id == 1) {
      old.sql(
              """
              INSERT INTO company (id, code, name, street, postcode, city, country, vat_id, email, iban,
                currency, language, time_zone, number_prefix)
              VALUES (1, 'A', 'A', 's', 'p', 'c', 'FR', 'v', 'a@a.example', 'i', 'EUR', 'fr', 'UTC', 'A')
              """)
          .update();
      old.sql(
              """
              INSERT INTO contact (id, company_id, code, kind, name, language)
              VALUES (1, 1, 'C', 'CUSTOMER', 'n', 'fr')
              """)
          .update();
    }
    old.sql(
            """
            INSERT INTO document (id, company_id, type, state, series, payment_days, contact_id, currency,
              language, seller, buyer, line_net_total, tax_exclusive_total, tax_total, tax_inclusive_total,
              payable_amount, created_by)
            VALUES (:id, 1, 'INVOICE', 'DRAFT', 'I', 0, 1, 'EUR', 'fr', '{}', '{}', 0, 0, 0, 0, 0, 'x')
            """)
        .param("id", id)
        .update();
    old.sql(
            "INSERT INTO transmission (id, channel, route, state, due_at) VALUES (:id, 'EMAIL', 'r', 'ENDED', NOW())")
        .param("id", id)
        .update();
    old.sql(
            """
            INSERT INTO delivery (document_id, origin, transmission_id, domain, channel, role, reaches,
              recipient, state, reason, actor)
            VALUES (:id, 'default:EMAIL', :id, 'INVOICE', 'EMAIL', 'CONTRACTING_PARTY', TRUE, :recipient,
              :state, 'r', 'x')
            """)
        .param("id", id)
        .param("recipient", recipient)
        .param("state", state)
        .update();
  }

  private static Ticket begun() {
    Ticket ticket = office.claim("EMAIL", 1).get(0);
    transmissions.begin(ticket, "");
    return ticket;
  }

  /** Document addresses of the contracting party for invoices, as pairs of field and address. */
  private static void addresses(String contract, String... fieldsAndAddresses) {
    long set =
        office
            .jdbc()
            .sql(
                """
                INSERT INTO contact_document_address (contact_id)
                SELECT contracting_party_id FROM contract WHERE number = ? RETURNING id
                """)
            .param(contract)
            .query(Long.class)
            .single();
    office
        .jdbc()
        .sql("INSERT INTO contact_document_address_type VALUES (?, 'INVOICE')")
        .param(set)
        .update();
    for (int i = 0; i < fieldsAndAddresses.length; i += 2) {
      office
          .jdbc()
          .sql(
              """
              INSERT INTO contact_document_mailbox (document_address_id, field, position, address)
              VALUES (?, ?, ?, ?)
              """)
          .params(set, fieldsAndAddresses[i], i, fieldsAndAddresses[i + 1])
          .update();
    }
  }

  private static List<String> known() {
    return office
        .jdbc()
        .sql("SELECT mailbox FROM used_mailbox ORDER BY mailbox")
        .query(String.class)
        .list();
  }

  private static CompanyMailbox mailbox(String address) {
    long company =
        office.jdbc().sql("SELECT id FROM company WHERE code = 'ACME'").query(Long.class).single();
    return CompanyMailbox.of(new CompanyId(company), new EmailAddress(address));
  }
}
