package io.facteur.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.facteur.testing.BillingOffice;
import io.facteur.testing.FacteurProcess;
import io.facteur.testing.ScriptedSmtpServer;
import io.facteur.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Facteur in a process of its own with all that it works with: a database, a mail server, print
 * folders. What it says it has done (the ledger) can be compared with what the others have seen.
 */
final class KillableFacteur implements AutoCloseable {

  private static final LocalDate TODAY = LocalDate.of(2026, 3, 2);

  private final ScriptedSmtpServer smtp = new ScriptedSmtpServer();
  private final DataSource database;
  private final BillingOffice office;
  private final FacteurProcess process;

  KillableFacteur(DataSource database, String jdbcUrl, String password, String... settings) {
    this.database = database;
    office = BillingOffice.on(database, Clock.systemUTC());
    process = new FacteurProcess(jdbcUrl, password, smtp.port(), settings);
  }

  static KillableFacteur onTestDatabase(String... settings) {
    DataSource database = TestDatabase.fresh();
    return new KillableFacteur(
        database, TestDatabase.jdbcUrl(database), TestDatabase.password(), settings);
  }

  /**
   * Everything that one run bills: a company of its own, and for each invoice a contract, a
   * customer and a mailbox.
   */
  final class Billed {
    private final long company;
    private final String mailboxes;

    private Billed(long company) {
      this.company = company;
      this.mailboxes = "@company-" + company + ".example";
    }

    long company() {
      return company;
    }

    /** {@code invoice: channel state} of every delivery, in the order of invoices. */
    List<String> deliveries() {
      return jdbc()
          .sql(
              """
              SELECT CONCAT(doc.sequence, ': ', d.channel, ' ', d.state)
              FROM document doc JOIN delivery d ON d.document_id = doc.id
              WHERE doc.company_id = ? ORDER BY doc.sequence, d.id
              """)
          .param(company)
          .query(String.class)
          .list();
    }

    void awaitDeliveries(String... expected) {
      Awaitility.await("deliveries")
          .atMost(Duration.ofSeconds(60))
          .pollInterval(Duration.ofMillis(50))
          .untilAsserted(() -> assertThat(deliveries()).containsExactly(expected));
    }

    /** {@code state sequence} of every document. */
    List<String> documents() {
      return jdbc()
          .sql(
              """
              SELECT CONCAT(state, ' ', IFNULL(sequence, '-')) FROM document
              WHERE company_id = ? ORDER BY sequence
              """)
          .param(company)
          .query(String.class)
          .list();
    }

    /** {@code state, marked or not, attempts} of every transmission, in their order. */
    List<String> transmissions() {
      return jdbc()
          .sql(
              """
              SELECT CONCAT(t.state, IF(t.marked_at IS NULL, '', ' marked'), ' ', t.attempts)
              FROM transmission t JOIN delivery d ON d.transmission_id = t.id
              JOIN document doc ON doc.id = d.document_id
              WHERE doc.company_id = ? ORDER BY t.id
              """)
          .param(company)
          .query(String.class)
          .list();
    }

    /** How many mails the mail server took responsibility for, for each customer that got any. */
    Map<String, Integer> mails() {
      Map<String, Integer> mails = new TreeMap<>();
      smtp.accepted().stream()
          .flatMap(mail -> mail.recipients().stream())
          .filter(address -> address.endsWith(mailboxes))
          .forEach(address -> mails.merge(address, 1, Integer::sum));
      return mails;
    }

    /** Each of so many customers has got one mail, and nobody a second one. */
    void assertOneMailEach(int customers) {
      assertThat(mails()).hasSize(customers).allSatisfy((who, n) -> assertThat(n).isEqualTo(1));
    }

    /** Names of the announced files, in the order of their transmissions. */
    List<String> files() {
      return jdbc()
          .sql(
              """
              SELECT t.file_name FROM transmission t JOIN delivery d ON d.transmission_id = t.id
              JOIN document doc ON doc.id = d.document_id
              WHERE doc.company_id = ? AND t.file_name IS NOT NULL ORDER BY t.id
              """)
          .param(company)
          .query(String.class)
          .list();
    }

    String onlyFile() {
      assertThat(files()).hasSize(1);
      return files().get(0);
    }

    /** Why the only uncertain delivery is. */
    String reasonOfUncertainty() {
      return jdbc()
          .sql(
              """
              SELECT d.reason FROM delivery d JOIN document doc ON doc.id = d.document_id
              WHERE doc.company_id = ? AND d.state = 'UNCERTAIN'
              """)
          .param(company)
          .query(String.class)
          .single();
    }

    /** Waits for these states, whichever delivery has which. */
    void awaitStates(String... expected) {
      Awaitility.await("states")
          .atMost(Duration.ofSeconds(60))
          .pollInterval(Duration.ofMillis(50))
          .untilAsserted(() -> assertThat(states()).containsExactlyInAnyOrder(expected));
    }

    List<String> states() {
      return deliveries().stream().map(text -> text.replaceFirst("^\\d+: \\w+ ", "")).toList();
    }

    /** Waits until the mail server is told who one of the mails is for. */
    void awaitRecipientNamed() {
      Awaitility.await("RCPT")
          .atMost(Duration.ofSeconds(60))
          .pollInterval(Duration.ofMillis(20))
          .until(
              () ->
                  smtp.commands().stream()
                      .anyMatch(c -> c.startsWith("RCPT") && c.contains(mailboxes + '>')));
    }
  }

  FacteurProcess process() {
    return process;
  }

  ScriptedSmtpServer smtp() {
    return smtp;
  }

  DataSource database() {
    return database;
  }

  JdbcClient jdbc() {
    return office.jdbc();
  }

  /** Starts a run that makes so many invoices, each delivered through the channels. */
  Billed bill(int invoices, String... channels) {
    long company = office.newCompany();
    Billed billed = new Billed(company);
    jdbc()
        .sql("UPDATE company SET fixed_billing_date = ? WHERE id = ?")
        .params(TODAY, company)
        .update();
    IntStream.rangeClosed(1, invoices).forEach(n -> contract(billed, n, channels));
    jdbc()
        .sql(
            """
            INSERT INTO run (kind, company_id, as_of, state, started_by)
            VALUES ('BILLING', ?, ?, 'RUNNING', 'clerk')
            """)
        .params(company, TODAY)
        .update();
    return billed;
  }

  /** As if all this time had passed: whatever is under way of it counts as abandoned. */
  void letLeasesEnd(Billed billed) {
    jdbc()
        .sql(
            """
            UPDATE transmission t JOIN delivery d ON d.transmission_id = t.id
            JOIN document doc ON doc.id = d.document_id
            SET t.lease_until = UTC_TIMESTAMP(6) - INTERVAL 1 SECOND
            WHERE doc.company_id = ? AND t.state = 'CLAIMED'
            """)
        .param(billed.company())
        .update();
  }

  /** Whatever Facteur does at all is working again: a later invoice arrives. */
  void awaitALaterInvoice() {
    bill(1, "EMAIL").awaitDeliveries("1: EMAIL SENT");
  }

  /** Every place below the print queue, ours and the consumer's, where a file of that name lies. */
  List<String> places(String fileName) {
    Path queue = printQueue();
    if (!Files.isDirectory(queue)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(queue)) {
      List<String> places = new ArrayList<>();
      files
          .filter(file -> file.getFileName().toString().equals(fileName))
          .forEach(file -> places.add(queue.relativize(file.getParent()).toString()));
      return places;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path printQueue() {
    return process.data().resolve("spool/main");
  }

  private void contract(Billed billed, int n, String... channels) {
    String code = billed.company + "-" + n;
    long contact = office.contact("C" + code);
    jdbc()
        .sql("UPDATE contact SET general_email = ? WHERE id = ?")
        .params("customer" + n + billed.mailboxes, contact)
        .update();
    long contract = office.contract("K" + code, contact, LocalDate.of(2026, 3, 1));
    office.line(contract, 1, "1", "100");
    office.schedule(contract, 1, "ADVANCE", 1, null, "ISSUE");
    for (String channel : channels) {
      jdbc()
          .sql(
              """
              INSERT INTO dispatch_definition (contract_id, domain, channel, role)
              VALUES (?, 'INVOICE', ?, 'CONTRACTING_PARTY')
              """)
          .params(contract, channel)
          .update();
    }
  }

  @Override
  public void close() throws IOException {
    process.close();
    smtp.close();
    office.close();
  }
}
