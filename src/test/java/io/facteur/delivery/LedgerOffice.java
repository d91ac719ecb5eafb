package io.facteur.delivery;

import io.facteur.contract.BillingPeriod;
import io.facteur.contract.Role;
import io.facteur.contract.VatCategory;
import io.facteur.dispatch.DispatchSettings;
import io.facteur.document.DocumentId;
import io.facteur.document.Drafts;
import io.facteur.document.NewDocument;
import io.facteur.document.NewLine;
import io.facteur.testing.AllRoutes;
import io.facteur.testing.BillingOffice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.core.env.MapPropertySource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A billing office with the ledger: documents are issued for real, claims are made by the
 * statements of {@code routes/sql}.
 */
final class LedgerOffice implements AutoCloseable {

  static final LocalDate TODAY = LocalDate.of(2026, 3, 2);
  static final LedgerSettings SETTINGS =
      new LedgerSettings(
          Duration.ofMinutes(5),
          Duration.ofMinutes(15),
          Duration.ofMinutes(1),
          Duration.ofSeconds(30));

  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final BillingOffice office;

  LedgerOffice(String nodeName) {
    Clock clock = Clock.fixed(Instant.parse("2026-03-02T09:00:00Z"), ZoneOffset.UTC);
    office =
        BillingOffice.open(
            clock,
            context -> {
              context
                  .getEnvironment()
                  .getPropertySources()
                  .addFirst(
                      new MapPropertySource(
                          "test", Map.of("facteur.node", nodeName, "facteur.data", "target")));
              context.registerBean(
                  DispatchSettings.class,
                  () -> new DispatchSettings(List.of("EMAIL", "POST"), "POST", 3));
              context.registerBean(LedgerSettings.class, () -> SETTINGS);
            },
            "io.facteur.billing",
            "io.facteur.dispatch",
            "io.facteur.delivery");
  }

  <T> T get(Class<T> type) {
    return office.get(type);
  }

  JdbcClient jdbc() {
    return office.jdbc();
  }

  AllRoutes routes() {
    return office.get(AllRoutes.class);
  }

  /** Another company of the same installation. */
  void company(String code) {
    office.company(code, code);
  }

  /** A contract with the given definitions, each {@code CHANNEL ROLE}. */
  String contract(String... definitions) {
    int n = NUMBER.incrementAndGet();
    long contact = office.contact("L" + n);
    long contract = office.contract("LC-" + n, contact, LocalDate.of(2026, 1, 1));
    for (String definition : definitions) {
      String[] words = definition.split(" ");
      boolean individual = words[1].equals("INDIVIDUAL");
      if (individual) {
        privatePlace(contact);
      }
      jdbc()
          .sql(
              """
              INSERT INTO dispatch_definition (contract_id, domain, channel, role, individual_address, is_copy)
              VALUES (?, 'INVOICE', ?, ?, ?, ?)
              """)
          .params(
              contract,
              words[0],
              Role.valueOf(words[1]).name(),
              individual ? "me@home.example" : null,
              words.length > 2)
          .update();
    }
    return "LC-" + n;
  }

  private void privatePlace(long contact) {
    jdbc()
        .sql(
            """
            INSERT IGNORE INTO communication_place (contact_id, kind, place, value)
            VALUES (?, 'EMAIL', 'PRIVATE', 'me@home.example')
            """)
        .param(contact)
        .update();
  }

  void contact(String contract, String assignment) {
    jdbc()
        .sql(
            "UPDATE contact SET "
                + assignment
                + " WHERE id = (SELECT contracting_party_id FROM contract WHERE number = ?)")
        .param(contract)
        .update();
  }

  DocumentId draft(String contract) {
    LocalDate from = LocalDate.of(2026, 3, 1).plusMonths(NUMBER.incrementAndGet());
    var line =
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
    var period = new BillingPeriod(from, from.plusMonths(1).minusDays(1));
    return get(Drafts.class)
        .add(NewDocument.invoice("ACME", contract, period, List.of(line)), "test");
  }

  /** Issues one invoice of the contract. */
  DocumentId issued(String contract) {
    DocumentId draft = draft(contract);
    IssueResult result =
        get(DocumentIssuing.class).issue(new IssueOrder(List.of(draft), TODAY, "test"));
    if (!result.problems().isEmpty()) {
      throw new IllegalStateException(result.problems().get(0).reason());
    }
    return draft;
  }

  /** Claims what waits for a channel by the statements of the routes. */
  List<Ticket> claim(String channel, int chunk) {
    Claims claims = get(Claims.class);
    return office
        .transaction()
        .execute(
            tx -> {
              List<Map<String, Object>> rows =
                  jdbc()
                      .sql(statement("lock-waiting.sql"))
                      .param("channel", channel)
                      .param("chunk", chunk)
                      .param("seenBeat", claims.seenBeat())
                      .query()
                      .listOfRows();
              if (!rows.isEmpty()) {
                jdbc()
                    .sql(statement("take-claim.sql"))
                    .param("node", claims.node())
                    .param("lease", claims.leaseSeconds())
                    .param("ids", claims.ids(rows))
                    .update();
              }
              return claims.tickets(rows);
            });
  }

  private static String statement(String name) {
    try {
      return Files.readString(Path.of("routes/sql", name))
          .replaceAll("--.*", "")
          .replace(":#${variable.channel}", ":channel")
          .replace(":#${variable.chunk}", ":chunk")
          .replace(":#${bean:claims?method=seenBeat}", ":seenBeat")
          .replace(":#${bean:claims?method=node}", ":node")
          .replace(":#${bean:claims?method=leaseSeconds}", ":lease")
          .replace(":#in:${variable.ids}", ":ids");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code CHANNEL ROLE STATE} of each delivery of a document, in order. */
  List<String> deliveries(DocumentId document) {
    return jdbc()
        .sql(
            """
            SELECT CONCAT(origin LIKE 'fallback%', ' ', channel, ' ', role, ' ', state,
              IF(retry_at IS NULL, '', ' will retry')) FROM delivery WHERE document_id = ? ORDER BY id
            """)
        .param(document.value())
        .query(String.class)
        .list()
        .stream()
        .map(text -> text.startsWith("1 ") ? "fallback: " + text.substring(2) : text.substring(2))
        .toList();
  }

  String reason(DocumentId document, String channel) {
    return jdbc()
        .sql("SELECT reason FROM delivery WHERE document_id = ? AND channel = ?")
        .params(document.value(), channel)
        .query(String.class)
        .single();
  }

  List<String> evidence(DocumentId document) {
    return jdbc()
        .sql("SELECT evidence FROM delivery WHERE document_id = ? ORDER BY id")
        .param(document.value())
        .query(String.class)
        .list();
  }

  /** Lets the leases of all claims run out. */
  void letLeasesRunOut() {
    jdbc()
        .sql("UPDATE transmission SET lease_until = '2020-01-01' WHERE state = 'CLAIMED'")
        .update();
  }

  void makeRetriesDue() {
    jdbc()
        .sql("UPDATE transmission SET due_at = UTC_TIMESTAMP(6) WHERE state = 'WAITING'")
        .update();
  }

  @Override
  public void close() {
    office.close();
  }
}
