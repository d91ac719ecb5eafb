package io.facteur.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.facteur.document.Document;
import io.facteur.document.DocumentId;
import io.facteur.document.Documents;
import io.facteur.document.RunId;
import io.facteur.party.CompanyId;
import io.facteur.testing.BillingOffice;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BillingTest {

  private static final LocalDate START = LocalDate.of(2026, 1, 1);
  private static final LocalDate FEBRUARY = LocalDate.of(2026, 2, 1);

  private static BillingOffice office;
  private static Billing billing;
  private static Documents documents;
  private static long contact;

  private CompanyId company;

  @BeforeAll
  static void openOffice() {
    // 23:30 UTC: already the first of February in Paris.
    Clock clock = Clock.fixed(Instant.parse("2026-01-31T23:30:00Z"), ZoneOffset.UTC);
    office = BillingOffice.open(clock, "io.facteur.billing");
    billing = office.get(Billing.class);
    documents = office.get(Documents.class);
  }

  @AfterAll
  static void closeOffice() {
    office.close();
  }

  @BeforeEach
  void newCompany() {
    company = new CompanyId(office.newCompany());
    contact = office.contact("C-" + company.value());
  }

  @Test
  void dueContractIsInvoicedOnceAndNotDueOnesAreNot() {
    long due = contract("A", "ADVANCE", LocalDate.of(2026, 1, 31));
    long notDue = contract("B", "ADVANCE", LocalDate.of(2026, 2, 28));
    long arrears = contract("C", "ARREARS", null);

    Outcome first = bill(run());
    Outcome again = bill(run());

    assertThat(first.documents())
        .extracting(Document::contractNumber, document -> document.period().from())
        .containsExactly(tuple(number("A"), FEBRUARY), tuple(number("C"), START));
    assertThat(first.toIssue()).isEqualTo(first.documents().stream().map(Document::id).toList());
    assertThat(again.documents()).isEmpty();
    assertThat(billedThrough(due)).isEqualTo(LocalDate.of(2026, 2, 28));
    assertThat(billedThrough(notDue)).isEqualTo(LocalDate.of(2026, 2, 28));
    assertThat(billedThrough(arrears)).isEqualTo(LocalDate.of(2026, 1, 31));
  }

  @Test
  void contractThatStartsInsideAPeriodIsBilledForItsDays() {
    long contract = contract("P", LocalDate.of(2026, 1, 15), "ARREARS", null, "ISSUE");

    Document invoice = bill(run()).documents().get(0);

    assertThat(invoice.lines().get(0).quantity()).isEqualTo(new BigDecimal("0.548387"));
    assertThat(invoice.totals().lineNet()).isEqualTo(new BigDecimal("17.00")); // 31.00 a month
    assertThat(billedThrough(contract)).isEqualTo(LocalDate.of(2026, 1, 31));
  }

  @Test
  void moreThanOneMissedPeriodWaitsForAConfirmation() {
    long contract = contract("M", "ADVANCE", null);
    long single = contract("S", "ADVANCE", LocalDate.of(2026, 1, 31));
    RunId run = run();

    Outcome held = bill(run);
    assertThat(problemOf(run)).isEqualTo("MISSED_PERIODS 2");
    office.get(RunProblems.class).confirmMissed(run, List.of(number("M")), "clerk");
    Outcome confirmed = bill(run);
    Outcome again = bill(run);

    assertThat(held.documents()).extracting(Document::contractNumber).containsExactly(number("S"));
    assertThat(held.held()).isEqualTo(1);
    assertThat(problems(run))
        .containsExactly(
            contract
                + ": 2 periods are due (2026-01-01 to 2026-02-28): confirm to bill each of them,"
                + " or correct until when it is billed");
    assertThat(confirmed.drafts()).isEqualTo(2);
    assertThat(again.drafts()).isZero();
    assertThat(confirmed.documents())
        .filteredOn(document -> document.contractNumber().equals(number("M")))
        .extracting(document -> document.period().from())
        .containsExactly(START, FEBRUARY);
    assertThat(billedThrough(contract)).isEqualTo(LocalDate.of(2026, 2, 28));
    assertThat(billedThrough(single)).isEqualTo(LocalDate.of(2026, 2, 28));
  }

  @Test
  void confirmedPeriodsAreHeldAgainIfTheirNumberHasChangedSince() {
    long contract = contract("N", "ADVANCE", null);
    RunId run = run();
    bill(run);
    office.get(RunProblems.class).confirmMissed(run, List.of(), "clerk");
    execute("UPDATE contract SET start_date = '2025-12-01' WHERE id = ?", contract);

    Outcome changed = bill(run);

    assertThat(changed.drafts()).isZero();
    assertThat(problems(run))
        .contains(
            contract
                + ": 2 periods were confirmed, but now 3 are due (2025-12-01 to 2026-02-28): confirm again");
    office.get(RunProblems.class).confirmMissed(run, List.of(), "clerk");
    assertThat(bill(run).drafts()).isEqualTo(3);
  }

  @Test
  void contractsWithSomethingDueAreCounted() {
    contract("X", "ADVANCE", LocalDate.of(2026, 1, 31));
    contract("Y", "ADVANCE", null);
    contract("Z", "ADVANCE", LocalDate.of(2026, 2, 28));
    contract("W", FEBRUARY, "ARREARS", null, "ISSUE");
    RunId run = run();

    assertThat(billing.countDue(order(run, 1))).isEqualTo(2);
  }

  @Test
  void contractThatWouldBeOverlookedIsFoundAgainWhenARunBegins() {
    long contract = contract("O", "ADVANCE", LocalDate.of(2026, 1, 31));
    execute("UPDATE contract SET next_due = NULL WHERE id = ?", contract);
    RunId run = run();

    assertThat(billing.countDue(order(run, 1))).isEqualTo(1);
    assertThat(bill(run).documents())
        .extracting(Document::contractNumber)
        .containsExactly(number("O"));
  }

  @Test
  void stoppedRunBillsNothing() {
    contract("X", "ADVANCE", LocalDate.of(2026, 1, 31));
    RunId run = run();
    execute(
        """
        UPDATE run SET state = 'PAUSED', resumes_as = 'RUNNING', controlled_by = 'clerk' WHERE id = ?
        """,
        run.value());

    BilledChunk stopped = billing.billDue(order(run, 10), BillingPosition.START);

    assertThat(stopped.drafts()).isZero();
    assertThat(stopped.isLast()).isTrue();
  }

  @Test
  void contractsThatCannotBeBilledAreHeldAndTheOthersGoOn() {
    long before = contract("1", "ADVANCE", LocalDate.of(2026, 1, 31));
    long withoutLines = office.contract(number("2"), contact, START);
    office.schedule(withoutLines, 1, "ADVANCE", 1, LocalDate.of(2026, 1, 31), "ISSUE");
    long exemptWithoutReason = contract("3", "ADVANCE", LocalDate.of(2026, 1, 31));
    execute(
        "UPDATE contract_line SET vat_category = 'E', vat_rate = 0 WHERE contract_id = ?",
        exemptWithoutReason);
    long invoicedAlready = contract("4", "ADVANCE", LocalDate.of(2026, 1, 31));
    long after = contract("5", "ADVANCE", LocalDate.of(2026, 1, 31));
    bill(run());
    for (long contract : List.of(before, invoicedAlready, after)) {
      execute(
          "UPDATE billing_schedule SET billed_through = '2026-01-31' WHERE contract_id = ?",
          contract);
      office.noteNextDue(contract);
    }
    execute("DELETE FROM document WHERE contract_id IN (?, ?)", before, after);
    long first =
        office
            .jdbc()
            .sql("SELECT id FROM document WHERE contract_id = ?")
            .param(invoicedAlready)
            .query(Long.class)
            .single();
    RunId run = run();

    Outcome outcome = bill(run);

    assertThat(outcome.documents())
        .extracting(Document::contractNumber)
        .containsExactly(number("1"), number("5"));
    assertThat(outcome.held()).isEqualTo(3);
    assertThat(problems(run))
        .containsExactly(
            withoutLines + ": it has no lines: add what is to be billed",
            exemptWithoutReason
                + ": lines[0].exemptionReason: is required in category E: say why no VAT is charged",
            invoicedAlready
                + ": its period from 2026-02-01 is billed already, by draft %d:".formatted(first)
                + " correct until when it is billed, or credit that in whole");
    assertThat(billedThrough(withoutLines)).isEqualTo(LocalDate.of(2026, 1, 31));
  }

  @Test
  void draftsStayDraftsWhereTheContractSaysSo() {
    contract("D", START, "ADVANCE", LocalDate.of(2026, 1, 31), "DRAFT");
    contract("I", START, "ADVANCE", LocalDate.of(2026, 1, 31), "ISSUE");
    RunId run = run();

    Outcome outcome = bill(run);

    assertThat(outcome.documents()).hasSize(2);
    assertThat(outcome.toIssue()).containsExactly(outcome.documents().get(1).id());
    assertThat(billing.draftsToIssue(run, null, 10)).isEqualTo(outcome.toIssue());
    assertThat(billing.draftsToIssue(run, outcome.toIssue().get(0), 10)).isEmpty();
  }

  @Test
  void nodesShareARunAndBillEachContractOnce() throws Exception {
    for (int i = 0; i < 90; i++) {
      contract(String.valueOf(i), "ADVANCE", LocalDate.of(2026, 1, 31));
    }
    contract("held", "ADVANCE", null);
    RunId run = run();
    List<Callable<Outcome>> nodes = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      nodes.add(() -> bill(run));
    }

    ExecutorService threads = Executors.newFixedThreadPool(4);
    int made = 0;
    int held = 0;
    try {
      for (Future<Outcome> outcome : threads.invokeAll(nodes)) {
        made += outcome.get().drafts();
        held += outcome.get().held();
      }
    } finally {
      threads.shutdownNow();
    }

    assertThat(made).isEqualTo(90);
    assertThat(held).isEqualTo(1);
    assertThat(problems(run)).hasSize(1);
    assertThat(documentsOf(run)).extracting(Document::contractNumber).doesNotHaveDuplicates();
  }

  @Test
  void whoeverReachesTheEndKnowsThatTheOtherNodesAreDoneAsWell() throws Exception {
    long contract = contract("L", "ADVANCE", LocalDate.of(2026, 1, 31));
    RunId run = run();
    CountDownLatch locked = new CountDownLatch(1);
    CountDownLatch letGo = new CountDownLatch(1);
    ExecutorService otherNode = Executors.newSingleThreadExecutor();
    try {
      Future<?> crash =
          otherNode.submit(
              () ->
                  office
                      .transaction()
                      .executeWithoutResult(
                          tx -> {
                            execute("UPDATE contract SET version = version WHERE id = ?", contract);
                            locked.countDown();
                            await(letGo);
                            tx.setRollbackOnly();
                          }));
      await(locked);
      BillingOrder order = order(run, 10);

      BilledChunk passedOver = billing.billDue(order, BillingPosition.START);
      letGo.countDown();
      crash.get();
      BilledChunk waited = billing.billDue(order, passedOver.next());

      assertThat(passedOver.drafts()).isZero();
      assertThat(passedOver.isLast()).isFalse();
      assertThat(waited.drafts()).isEqualTo(1);
      assertThat(waited.isLast()).isTrue();
    } finally {
      letGo.countDown();
      otherNode.shutdownNow();
    }
  }

  @Test
  void todayIsThatOfTheCompanysTimeZoneUnlessADayIsFixed() {
    BillingDay day = office.get(BillingDay.class);

    assertThat(day.today(company)).isEqualTo(FEBRUARY);
    execute("UPDATE company SET fixed_billing_date = '2026-05-06' WHERE id = ?", company.value());
    assertThat(day.today(company)).isEqualTo(LocalDate.of(2026, 5, 6));
  }

  private record Outcome(
      List<Document> documents, List<DocumentId> toIssue, int drafts, int held) {}

  private Outcome bill(RunId run) {
    BillingOrder order = order(run, 7);
    List<DocumentId> toIssue = new ArrayList<>();
    int drafts = 0;
    int held = 0;
    BillingPosition position = BillingPosition.START;
    while (position != null) {
      BilledChunk chunk = billing.billDue(order, position);
      toIssue.addAll(chunk.toIssue());
      drafts += chunk.drafts();
      held += chunk.held();
      position = chunk.next();
    }
    return new Outcome(documentsOf(run), toIssue, drafts, held);
  }

  private BillingOrder order(RunId run, int chunk) {
    return new BillingOrder(run, company, FEBRUARY, chunk, "schedule");
  }

  private static List<Document> documentsOf(RunId run) {
    return documents.load(
        office
            .jdbc()
            .sql("SELECT id FROM document WHERE run_id = ? ORDER BY id")
            .param(run.value())
            .query((row, i) -> new DocumentId(row.getLong("id")))
            .list());
  }

  private RunId run() {
    return new RunId(
        office
            .jdbc()
            .sql(
                """
                INSERT INTO run (kind, company_id, as_of, state, started_by)
                VALUES ('BILLING', ?, '2026-02-01', 'RUNNING', 'schedule') RETURNING id
                """)
            .param(company.value())
            .query(Long.class)
            .single());
  }

  private long contract(String name, String timing, LocalDate billedThrough) {
    return contract(name, START, timing, billedThrough, "ISSUE");
  }

  private long contract(
      String name, LocalDate start, String timing, LocalDate billedThrough, String policy) {
    long id = office.contract(number(name), contact, start);
    office.line(id, 1, "1", "31.00");
    office.schedule(id, 1, timing, 1, billedThrough, policy);
    return id;
  }

  private String number(String name) {
    return "K" + company.value() + "-" + name;
  }

  private static LocalDate billedThrough(long contract) {
    return office
        .jdbc()
        .sql("SELECT billed_through FROM billing_schedule WHERE contract_id = ?")
        .param(contract)
        .query(LocalDate.class)
        .single();
  }

  private static String problemOf(RunId run) {
    return office
        .jdbc()
        .sql("SELECT CONCAT(kind, ' ', periods) FROM run_problem WHERE run_id = ?")
        .param(run.value())
        .query(String.class)
        .single();
  }

  private static List<String> problems(RunId run) {
    return office
        .jdbc()
        .sql(
            "SELECT CONCAT(contract_id, ': ', reason) FROM run_problem WHERE run_id = ? ORDER BY contract_id")
        .param(run.value())
        .query(String.class)
        .list();
  }

  private static void execute(String sql, Object... values) {
    office.jdbc().sql(sql).params(values).update();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
