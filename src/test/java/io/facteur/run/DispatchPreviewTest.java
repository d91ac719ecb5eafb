package io.facteur.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facteur.delivery.DocumentIssuing;
import io.facteur.delivery.IssueOrder;
import io.facteur.dispatch.PlanDifference;
import io.facteur.dispatch.PlanProblem;
import io.facteur.dispatch.PlannedDelivery;
import io.facteur.document.DocumentId;
import io.facteur.document.RunId;
import io.facteur.party.CompanyId;
import io.facteur.party.Refusal;
import io.facteur.testing.BillingOffice;
import java.io.StringWriter;
import java.lang.ref.WeakReference;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** DISP-6 for runs, those to come and those that there are, on a real database. */
class DispatchPreviewTest {

  private static final LocalDate TODAY = LocalDate.of(2026, 11, 1);

  private static BillingOffice office;
  private static DispatchPreview preview;
  private CompanyId company;

  @BeforeAll
  static void openOffice() {
    office = BillingOffice.openWithRuns(Clock.systemUTC());
    preview = office.get(DispatchPreview.class);
  }

  @AfterAll
  static void closeOffice() {
    office.close();
  }

  @BeforeEach
  void newCompany() {
    company = new CompanyId(office.newCompany());
    sql("UPDATE company SET fixed_billing_date = ? WHERE id = ?", TODAY, company.value());
  }

  @Test
  void theFirstDocumentsAreGivenOutBeforeTheLastAreLookedAt() {
    contracts(450);
    List<String> seen = new ArrayList<>();

    preview.ofBilling(
        company,
        TODAY,
        document -> {
          if (seen.isEmpty()) {
            sql("UPDATE contract SET next_due = NULL WHERE number = ?", number(449));
            sql("UPDATE contact SET paperless_refused = TRUE WHERE code = ?", number(448));
          }
          seen.add(document.head().contract());
          boolean refused =
              document.review().problems().stream()
                  .anyMatch(problem -> problem.kind() == PlanProblem.Kind.REFUSED);
          assertThat(refused).isEqualTo(document.head().contract().equals(number(448)));
        });

    assertThat(seen)
        .containsExactlyElementsOf(IntStream.range(0, 449).mapToObj(this::number).toList());
  }

  @Test
  void nothingOfTheFirstDocumentsIsKeptWhileTheLastArePlanned() {
    contracts(450);
    RunId run = issued(billed());
    List<Consumer<Consumer<PreviewedDocument>>> previews =
        List.of(
            each -> preview.ofRun(run, each),
            each -> preview.ofBilling(company, nextMonth(), each));

    for (Consumer<Consumer<PreviewedDocument>> each : previews) {
      List<WeakReference<PreviewedDocument>> seen = new ArrayList<>();
      each.accept(
          document -> {
            seen.add(new WeakReference<>(document));
            if (seen.size() == 450) {
              Awaitility.await("the first documents are forgotten")
                  .until(
                      () -> {
                        System.gc();
                        return seen.subList(0, 200).stream().allMatch(one -> one.get() == null);
                      });
            }
          });
      assertThat(seen).hasSize(450);
    }
  }

  @Test
  void aLargeSummaryListsTheFirstOfEachKindAndCountsAll() {
    contracts(130);
    sql("UPDATE contact SET general_email = NULL WHERE company_id = ?", company.value());
    DispatchSummary summary = new DispatchSummary();

    preview.ofBilling(company, TODAY, summary);

    assertThat(summary.documents()).isEqualTo(130);
    assertThat(summary.channels())
        .extracting(one -> one.channel() + " " + one.planned() + " " + one.skipped())
        .containsExactly("EMAIL 0 130", "POST 130 0");
    assertThat(summary.problemsByKind())
        .containsExactly(Map.entry(PlanProblem.Kind.NO_ADDRESS, 130));
    assertThat(summary.problems()).hasSize(DispatchSummary.LISTED);
    assertThat(summary.problems().get(0).document().contract()).isEqualTo(number(0));
    assertThat(summary.differencesByKind())
        .containsExactly(Map.entry(PlanDifference.Kind.FIRST_DOCUMENT, 130));
    assertThat(summary.differences()).hasSize(DispatchSummary.LISTED);
  }

  @Test
  void aPreviewWritesNothing() {
    contracts(3);
    RunId run = billed();
    Map<String, Long> before = checksums();

    preview.ofBilling(company, nextMonth(), new DispatchSummary());
    preview.ofBilling(company, nextMonth(), new DeliveriesCsv(new StringWriter()));
    preview.ofRun(run, new DispatchSummary());
    preview.ofRun(run, new DeliveriesCsv(new StringWriter()));

    assertThat(checksums()).isEqualTo(before);
  }

  @Test
  void aChunkTakesTheSameNumberOfQueriesHoweverManyDocumentsItHas() {
    contracts(10);
    long ofTen = queries(each -> preview.ofBilling(company, TODAY, each));
    RunId ten = billed();
    long ofTenDrafts = queries(each -> preview.ofRun(ten, each));
    newCompany();
    contracts(190);
    long ofMany = queries(each -> preview.ofBilling(company, TODAY, each));
    RunId many = billed();
    long ofManyDrafts = queries(each -> preview.ofRun(many, each));

    assertThat(ofMany).isEqualTo(ofTen);
    assertThat(ofManyDrafts).isEqualTo(ofTenDrafts);
  }

  @Test
  void anAddressThatManyHaveIsReportedInEveryChunkOfThem() {
    contracts(450);
    sql(
        "UPDATE contact SET general_email = 'a@many.example' WHERE company_id = ?",
        company.value());
    DispatchSummary summary = new DispatchSummary();

    preview.ofBilling(company, TODAY, summary);

    assertThat(summary.problemsByKind())
        .containsEntry(PlanProblem.Kind.MANY_CUSTOMERS_ON_ONE_ADDRESS, 450);
    assertThat(summary.problems())
        .extracting(one -> one.problem().reason())
        .contains("450 customers of the company have this mailbox");
  }

  @Test
  void aContractThatWouldBeHeldIsGivenOutWithItsReason() {
    contracts(2);
    sql(
        "DELETE l FROM contract_line l JOIN contract c ON c.id = l.contract_id WHERE c.number = ?",
        number(0));
    List<PreviewedDocument> seen = new ArrayList<>();

    preview.ofBilling(company, TODAY, seen::add);

    assertThat(seen.get(0).review()).isNull();
    assertThat(seen.get(0).bill().held().reason()).contains("it has no lines");
    assertThat(seen.get(1).head().contract()).isEqualTo(number(1));
  }

  /** It is issued with the parties as they are then, whatever was copied onto the draft. */
  @Test
  void theDraftOfARunIsPlannedForThePostalAddressOfToday() {
    contracts(1);
    sql("UPDATE contact SET paperless_refused = TRUE WHERE company_id = ?", company.value());
    RunId run = billed();
    sql("UPDATE contact SET city = 'Brest' WHERE company_id = ?", company.value());

    PlannedDelivery planned = deliveries(run).get(1);

    assertThat(planned.recipient().postal().address().city()).isEqualTo("Brest");
  }

  /** The day of the company decides, not that of the server. */
  @Test
  void aDefinitionThatBeginsOnTheCompanysOwnDayIsInForce() {
    contracts(1);
    define(number(0), "ARCHIVE", "CONTRACTING_PARTY", TODAY);
    RunId run = billed();

    assertThat(deliveries(run)).extracting(one -> one.route().channel()).contains("ARCHIVE");
    sql(
        "UPDATE company SET fixed_billing_date = ? WHERE id = ?",
        TODAY.minusDays(1),
        company.value());
    assertThat(deliveries(run)).extracting(one -> one.route().channel()).doesNotContain("ARCHIVE");
  }

  /** ADDR-3: an address of the document's own needs no contact. */
  @Test
  void aDocumentsOwnDeliveryAddressGetsItsPaper() {
    contracts(1);
    define(number(0), "POST", "DELIVERY_ADDRESS", null);
    RunId run = billed();
    sql(
        """
        UPDATE document SET deliver_to = '{"name": "Gate 7"}', own_delivery_address =
          '{"name": "Gate 7", "address": {"street": "Quay 3", "postcode": "1", "city": "Oslo", "country": "NO"}}'
        WHERE run_id = ?
        """,
        run.value());

    PlannedDelivery planned = deliveries(run).get(1);

    assertThat(planned.isSkipped()).as(planned.skipReason()).isFalse();
    assertThat(planned.recipient().name()).isEqualTo("Gate 7");
    assertThat(planned.recipient().postal().address().city()).isEqualTo("Oslo");
  }

  @Test
  void csvHasARowForEachDeliveryAndForWhatIsGone() {
    contracts(1);
    define(number(0), "POST", "CONTRACTING_PARTY", null);
    issued(billed());
    sql(
        "DELETE FROM dispatch_definition WHERE channel = 'POST' AND contract_id = (SELECT id FROM contract WHERE number = ?)",
        number(0));
    sql("UPDATE contact SET general_email = NULL WHERE company_id = ?", company.value());
    StringWriter csv = new StringWriter();

    preview.ofBilling(company, nextMonth(), new DeliveriesCsv(csv));

    assertThat(csv.toString().lines().map(line -> line.replaceAll("definition:\\d+", "definition")))
        .containsExactly(
            "document,contract,contact,type,period_from,period_to,channel,role,individual,copy,origin,state,recipient,rule,reason,problems,differences,before",
            ",%1$s,%1$s,INVOICE,2026-12-01,2026-12-31,EMAIL,CONTRACTING_PARTY,,original,definition,SKIPPED,,,no e-mail address: ADDR-2e no address,NO_ADDRESS,NOW_SKIPPED,"
                .formatted(number(0)),
            ",%1$s,%1$s,INVOICE,2026-12-01,2026-12-31,POST,CONTRACTING_PARTY,,original,fallback:CONTRACTING_PARTY,PLANNED,\"Customer %1$s, Accounts, 2 quai Ouest, 35000, Rennes, FR\",postal address of the contact,,,,"
                .formatted(number(0)));
  }

  @Test
  void anUnknownRunOrCompanyIsRefusedBeforeAnythingIsGivenOut() {
    assertThatThrownBy(() -> preview.ofRun(new RunId(987_654), new DispatchSummary()))
        .isInstanceOf(Refusal.class);
    assertThatThrownBy(
            () -> preview.ofBilling(new CompanyId(987_654), TODAY, new DispatchSummary()))
        .isInstanceOf(Refusal.class);
  }

  private static LocalDate nextMonth() {
    return TODAY.plusMonths(1);
  }

  private String number(int index) {
    return "K%d-%04d".formatted(company.value(), index);
  }

  /** Each with a customer of its own that is mailed to. */
  private void contracts(int count) {
    for (int i = 0; i < count; i++) {
      long contact = office.contact(number(i));
      long contract = office.contract(number(i), contact, TODAY);
      office.line(contract, 1, "1", "10");
      office.schedule(contract, 1, "ADVANCE", 1, null, "DRAFT");
      sql(
          "UPDATE contact SET general_email = ? WHERE id = ?",
          number(i).toLowerCase(java.util.Locale.ROOT) + "@customer.example",
          contact);
      define(number(i), "EMAIL", "CONTRACTING_PARTY", null);
    }
  }

  private static void define(String contract, String channel, String role, LocalDate from) {
    sql(
        """
        INSERT INTO dispatch_definition (contract_id, domain, channel, role, valid_from)
        SELECT id, 'INVOICE', ?, ?, ? FROM contract WHERE number = ?
        """,
        channel,
        role,
        from,
        contract);
  }

  private RunId billed() {
    Runs runs = office.get(Runs.class);
    RunId run = runs.start(RunKind.BILLING, company, TODAY, "clerk").run();
    BillingRuns billing = office.get(BillingRuns.class);
    BillingStep step = billing.first(runs.get(run));
    while (step.more()) {
      step = billing.next(step);
    }
    billing.finish(step);
    return run;
  }

  private static RunId issued(RunId run) {
    List<DocumentId> drafts =
        office
            .jdbc()
            .sql("SELECT id FROM document WHERE run_id = ? ORDER BY id")
            .param(run.value())
            .query((row, i) -> new DocumentId(row.getLong(1)))
            .list();
    office.get(DocumentIssuing.class).issue(new IssueOrder(drafts, TODAY, "clerk"));
    return run;
  }

  private static List<PlannedDelivery> deliveries(RunId run) {
    List<PlannedDelivery> deliveries = new ArrayList<>();
    preview.ofRun(
        run,
        document -> document.review().plan().ways().forEach(way -> deliveries.add(way.delivery())));
    return deliveries;
  }

  /** The fewest of several times, since the server may be asked by others as well. */
  private static long queries(Consumer<Consumer<PreviewedDocument>> preview) {
    return IntStream.range(0, 4)
        .mapToLong(
            time -> {
              long before = selects();
              preview.accept(new DispatchSummary());
              return selects() - before;
            })
        .min()
        .orElseThrow();
  }

  private static long selects() {
    return office
        .jdbc()
        .sql("SHOW GLOBAL STATUS LIKE 'Com_select'")
        .query((row, i) -> row.getLong(2))
        .single();
  }

  private static Map<String, Long> checksums() {
    Map<String, Long> checksums = new TreeMap<>();
    for (String table :
        office
            .jdbc()
            .sql(
                """
                SELECT table_name FROM information_schema.tables
                WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE'
                """)
            .query(String.class)
            .list()) {
      checksums.put(
          table,
          office
              .jdbc()
              .sql("CHECKSUM TABLE " + table)
              .query((row, i) -> row.getLong("Checksum"))
              .single());
    }
    assertThat(checksums).containsKeys("document", "delivery", "used_mailbox", "number_series");
    return checksums;
  }

  private static void sql(String sql, Object... values) {
    office.jdbc().sql(sql).params(values).update();
  }
}
