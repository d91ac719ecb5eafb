package io.facteur.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facteur.billing.Billing;
import io.facteur.billing.BillingOrder;
import io.facteur.billing.BillingPosition;
import io.facteur.billing.ProblemKind;
import io.facteur.billing.RunProblems;
import io.facteur.billing.WaitingDrafts;
import io.facteur.contract.BillingPeriod;
import io.facteur.contract.VatCategory;
import io.facteur.document.DocumentId;
import io.facteur.document.DocumentType;
import io.facteur.document.Drafts;
import io.facteur.document.Issue;
import io.facteur.document.NewDocument;
import io.facteur.document.NewLine;
import io.facteur.document.RunId;
import io.facteur.party.CompanyId;
import io.facteur.party.Paging;
import io.facteur.party.Refusal;
import io.facteur.testing.BillingOffice;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunsTest {

  private static final LocalDate DAY = LocalDate.of(2026, 11, 1);

  private static BillingOffice office;
  private static Runs runs;

  private CompanyId company;
  private String contract;
  private int month = 0;

  @BeforeAll
  static void openOffice() {
    office = BillingOffice.openWithRuns(Clock.offset(Clock.systemUTC(), Duration.ofSeconds(75)));
    runs = office.get(Runs.class);
  }

  @AfterAll
  static void closeOffice() {
    office.close();
  }

  @BeforeEach
  void newCompany() {
    company = new CompanyId(office.newCompany());
    contract = "K-" + company.value();
    long id =
        office.contract(contract, office.contact("C-" + company.value()), LocalDate.of(2020, 1, 1));
    office.schedule(id, 1, "ADVANCE", 1, null, "ISSUE");
  }

  @Test
  void noOtherRunMakesWhatAPausedOneHoldsBack() {
    RunId paused = runs.start(RunKind.BILLING, company, DAY, "clerk").run();
    office.get(RunControl.class).pause(paused);

    assertThatThrownBy(() -> runs.start(RunKind.BILLING, company, DAY.plusDays(1), "schedule"))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "run: run %d is paused, and what it holds back would be made: resume or cancel it"
                .formatted(paused.value()));
    office.get(RunControl.class).cancel(paused);
    assertThat(runs.start(RunKind.BILLING, company, DAY.plusDays(1), "schedule").joined())
        .isFalse();
  }

  @Test
  void aRunThatIsPausedWhileItSendsHoldsBackNoOther() {
    RunId sending = runs.start(RunKind.BILLING, company, DAY, "clerk").run();
    runs.documentsMade(sending, runs.get(sending).turn());
    office.get(RunControl.class).pause(sending);

    assertThat(runs.start(RunKind.BILLING, company, DAY.plusDays(1), "schedule").joined())
        .isFalse();
  }

  @Test
  void aDraftKeepsThePolicyItWasMadeWith() {
    long drafted = contractOf("DRAFT");
    long issued = contractOf("ISSUE");
    RunId run = runs.start(RunKind.BILLING, company, DAY, "clerk").run();
    BillingPosition position = BillingPosition.START;
    while (position != null) {
      position =
          office
              .get(Billing.class)
              .billDue(new BillingOrder(run, company, DAY, 10, "clerk"), position)
              .next();
    }
    office
        .jdbc()
        .sql(
            "UPDATE billing_schedule SET release_policy = IF(release_policy = 'ISSUE', 'DRAFT', 'ISSUE')")
        .update();

    assertThat(contractsOf(office.get(Billing.class).draftsToIssue(run, null, 10)))
        .containsExactly(issued);
    assertThat(
            contractsOf(
                office.get(WaitingDrafts.class).list(run, WaitingDrafts.Selection.ALL).stream()
                    .map(WaitingDrafts.Waiting::id)
                    .toList()))
        .containsExactly(drafted);
  }

  private long contractOf(String policy) {
    long id =
        office.contract(policy + company.value(), office.contact(policy + company.value()), DAY);
    office.line(id, 1, "1", "10");
    office.schedule(id, 1, "ADVANCE", 1, null, policy);
    return id;
  }

  private static List<Long> contractsOf(List<DocumentId> drafts) {
    return drafts.stream()
        .map(
            draft ->
                office
                    .jdbc()
                    .sql("SELECT contract_id FROM document WHERE id = ?")
                    .param(draft.value())
                    .query(Long.class)
                    .single())
        .toList();
  }

  @Test
  void twoWhoStartTheSameRunAtTheSameTimeDoItOnceTogether() throws Exception {
    List<Callable<RunStart>> starts = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      starts.add(() -> runs.start(RunKind.BILLING, company, DAY, "clerk"));
    }
    ExecutorService clerks = Executors.newFixedThreadPool(6);
    List<RunStart> started = new ArrayList<>();
    try {
      for (Future<RunStart> start : clerks.invokeAll(starts)) {
        started.add(start.get());
      }
    } finally {
      clerks.shutdownNow();
    }

    assertThat(started).extracting(RunStart::run).containsOnly(started.get(0).run());
    assertThat(started).filteredOn(start -> !start.joined()).hasSize(1);
  }

  @Test
  void anotherDayKindOrFinishedRunIsNotJoined() {
    RunId first = runs.start(RunKind.BILLING, company, DAY, "clerk").run();

    assertThat(runs.start(RunKind.BILLING, company, DAY.plusDays(1), "clerk").joined()).isFalse();
    assertThat(runs.start(RunKind.REMINDER, company, DAY, "clerk").joined()).isFalse();
    runs.documentsMade(first, 0);
    assertThat(runs.start(RunKind.BILLING, company, DAY, "clerk").joined()).isFalse();
  }

  @Test
  void eachChangeOfStateIsMadeOnce() {
    RunId run = runs.start(RunKind.BILLING, company, DAY, "clerk").run();

    assertThat(runs.completeThoseAtRest()).doesNotContain(run);
    assertThat(runs.documentsMade(run, 0)).isTrue();
    assertThat(runs.documentsMade(run, 0)).isFalse();
    assertThat(runs.fail(run, "too late")).isFalse();
    assertThat(runs.completeThoseAtRest()).contains(run);
    assertThat(runs.completeThoseAtRest()).doesNotContain(run);
    assertThat(runs.get(run).state()).isEqualTo(RunState.COMPLETED);
    assertThat(runs.get(run).finishedAt()).isNotNull();
  }

  @Test
  void failedRunTellsWhy() {
    RunId run = runs.start(RunKind.BILLING, company, DAY, "clerk").run();

    assertThat(runs.fail(run, "the price list is missing")).isTrue();

    assertThat(runs.get(run).state()).isEqualTo(RunState.FAILED);
    assertThat(report(run).problems())
        .containsExactly(
            new RunReport.Problem(
                null, ProblemKind.RUN, null, "the price list is missing", null, null));
  }

  @ParameterizedTest
  @CsvSource({
    "PLANNED,     false, false",
    "QUEUED,      false, false",
    "SENDING,     false, false",
    "FAILED,      true,  false",
    "FAILED,      false, true",
    "SENT,        false, true",
    "SPOOLED,     false, true",
    "UNCERTAIN,   false, true",
    "SKIPPED,     false, true",
    "CANCELLED,   false, true"
  })
  void runIsCompleteWhenEveryDeliveryIsAtRest(String state, boolean retrying, boolean complete) {
    RunId run = dispatchingRun();
    deliver(issued(run), "EMAIL", "CONTRACTING_PARTY", "SENT", false, null);
    deliver(issued(run), "EMAIL", "CONTRACTING_PARTY", state, retrying, "because");

    assertThat(runs.completeThoseAtRest().contains(run)).isEqualTo(complete);
  }

  @Test
  void aRunThatWaitsForOneRetryIsNotReadInWholeEachTime() {
    RunId run = dispatchingRun();
    DocumentId document = issued(run);
    deliver(document, "EMAIL", "CONTRACTING_PARTY", "SENT", false, null);
    deliver(document, "POST", "CONTRACTING_PARTY", "FAILED", true, "the folder is full");
    office
        .jdbc()
        .sql(
            """
            INSERT INTO delivery (document_id, origin, transmission_id, domain, channel, role, reaches, state, actor)
            SELECT document_id, CONCAT('manual:', seq), transmission_id, domain, channel, role, reaches, state, actor
            FROM delivery, seq_1_to_2000 WHERE document_id = ? AND state = 'SENT'
            """)
        .param(document.value())
        .update();
    office
        .jdbc()
        .sql(
            "UPDATE delivery SET origin = 'manual:last' WHERE document_id = ? AND state = 'FAILED'")
        .param(document.value())
        .update();
    runs.completeThoseAtRest();

    long read =
        office
            .transaction()
            .execute(
                tx -> {
                  long before = rowsRead();
                  assertThat(runs.completeThoseAtRest()).doesNotContain(run);
                  return rowsRead() - before;
                });

    assertThat(read).isLessThan(1000);
  }

  /** By this connection so far. */
  private static long rowsRead() {
    return office
        .jdbc()
        .sql(
            """
            SELECT SUM(variable_value) FROM information_schema.session_status
            WHERE variable_name IN ('HANDLER_READ_NEXT', 'HANDLER_READ_RND_NEXT', 'HANDLER_READ_KEY')
            """)
        .query(Long.class)
        .single();
  }

  @Test
  void theReportOfACancelledRunWaitsForWhatWasUnderWay() {
    RunId run = dispatchingRun();
    DocumentId invoice = issued(run);
    deliver(invoice, "EMAIL", "CONTRACTING_PARTY", "SENDING", false, null);
    office.get(RunControl.class).cancel(run);
    assertThat(office.get(RunReports.class).waiting()).doesNotContain(run);

    office
        .jdbc()
        .sql("UPDATE delivery SET state = 'SENT' WHERE document_id = ?")
        .param(invoice.value())
        .update();

    assertThat(office.get(RunReports.class).waiting()).contains(run);
  }

  @Test
  void runWaitsForADraftThatIsToBeIssuedUnlessItCannotBe() {
    RunId run = dispatchingRun();
    DocumentId draft = draft(run);

    assertThat(runs.completeThoseAtRest()).doesNotContain(run);
    office.get(RunProblems.class).addForDraft(draft, "the printer is on fire");
    assertThat(runs.completeThoseAtRest()).contains(run);
    assertThat(report(run).problems())
        .containsExactly(
            new RunReport.Problem(
                contract,
                ProblemKind.ISSUE,
                null,
                "Draft " + draft.value() + ": the printer is on fire",
                null,
                null));
  }

  @Test
  void progressCountsWhatIsMadeAndWhatIsUnderWay() {
    RunId run = dispatchingRun();
    draft(run);
    DocumentId document = issued(run);
    deliver(document, "EMAIL", "CONTRACTING_PARTY", "SENT", false, null);
    deliver(document, "POST", "DELIVERY_ADDRESS", "QUEUED", false, null);
    deliver(document, "EINVOICE", "CONTRACTING_PARTY", "FAILED", true, "busy");

    assertThat(runs.progress(run))
        .isEqualTo(new RunProgress(RunState.DISPATCHING, null, 1, 1, 1, 0, 2, 1));
  }

  @Test
  void runsAreListedByCompanyKindAndState() {
    RunId billing = dispatchingRun();
    runs.start(RunKind.REMINDER, company, DAY, "clerk");
    Paging first = new Paging(0, 10, List.of(new Paging.Order("startedAt", true)));

    assertThat(runs.list(new RunFilter(Set.of(company), null, null), first).total()).isEqualTo(2);
    assertThat(runs.list(new RunFilter(Set.of(company), null, RunState.DISPATCHING), first).items())
        .extracting(Run::id)
        .containsExactly(billing);
    assertThat(runs.list(new RunFilter(Set.of(company), RunKind.REMINDER, null), first).total())
        .isEqualTo(1);
  }

  @Test
  void reportTellsWhatWentOutAndWhyTheRestDidNot() {
    RunId run = dispatchingRun();
    DocumentId first = issued(run);
    DocumentId second = issued(run);
    deliver(first, "EMAIL", "CONTRACTING_PARTY", "SENT", false, null);
    deliver(first, "POST", "DELIVERY_ADDRESS", "SPOOLED", false, null);
    deliver(
        second,
        "EMAIL",
        "CONTRACTING_PARTY",
        "FAILED",
        false,
        "mailbox unknown: 550 5.1.1 <bob@customer.example>: Recipient address rejected: User unknown in"
            + " virtual mailbox table; correct the address, then resend");
    deliver(second, "POST", "CONTRACTING_PARTY", "FAILED", true, "the folder is full");
    office.get(RunProblems.class).addForDraft(draft(run), "the printer is on fire");

    RunReport report = report(run);
    String text = report.toText();

    assertThat(report.notDeliveredCount()).isEqualTo(2);
    assertThat(text).doesNotContain("bob@customer.example").contains("<[address]>");
    assertThat(text.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(110));
    String number = "AC" + code() + "-2026-00000";
    assertThat(text.replaceAll("\\d\\d:\\d\\d:\\d\\d", "hh:mm:ss"))
        .containsSubsequence(
            "Billing run " + run.value() + ": dispatching\n",
            "Company    ACME-" + code() + ", Acme SA\n",
            "As of      2026-11-01\n",
            " by clerk\n",
            "So far     1 min 15 s\n",
            """
            Documents: 3
              type     state   number  currency  payable
              invoice  issued       2  EUR         47.76
              invoice  draft        1  EUR         23.88
            """,
            """
            Deliveries: 4
              channel  role               sent  spooled  retrying  failed  all
              EMAIL    contracting party     1        -         -       1    2
              POST     contracting party     -        -         1       -    1
              POST     delivery address      -        1         -       -    1
            """,
            """
            Not delivered: 2
              document         channel  role               state     reason
            """
                .replace("document         ", pad("document", number.length() + 1)),
            "2  EMAIL    contracting party  failed    mailbox unknown: 550 5.1.1 <[address]>:",
            "2  POST     contracting party  retrying  the folder is full (again at 2026-11-01 hh:mm:ss)\n",
            "Problems: 1\n",
            "the printer is on fire");
  }

  @Test
  void longReportListsTheFirstAndCountsTheRest() {
    RunId run = dispatchingRun();
    DocumentId document = issued(run);
    for (int i = 0; i < RunReports.LISTED + 3; i++) {
      deliver(document, "EMAIL", "CONTRACTING_PARTY", "SKIPPED", false, "no address");
    }

    RunReport report = report(run);

    assertThat(report.notDelivered()).hasSize(RunReports.LISTED);
    assertThat(report.toText()).contains("Not delivered: 53", "and 3 more: see the CSV report");
  }

  @Test
  void csvHasEveryDeliveryWithItsRecipientAndEveryProblem() {
    RunId run = dispatchingRun();
    DocumentId document = issued(run);
    deliver(document, "EMAIL", "CONTRACTING_PARTY", "SENT", false, null);
    office
        .jdbc()
        .sql(
            """
            UPDATE delivery SET recipient = '{"name": "x", "to": ["a@b.example"], "cc": ["c@d.example"], "bcc": []}'
            WHERE document_id = ?
            """)
        .param(document.value())
        .update();
    deliver(document, "POST", "CONTRACTING_PARTY", "SKIPPED", false, "=cmd|' /C calc'!A0, \"x\"");
    DocumentId draft = draft(run);
    office.get(RunProblems.class).addForDraft(draft, "on fire");
    StringBuilder csv = new StringBuilder();

    office.get(RunCsv.class).write(run, csv);

    String number = "AC" + code() + "-2026-000001";
    String contact = "C-" + company.value();
    List<String> lines = csv.toString().lines().toList();
    assertThat(lines).hasSize(5);
    assertThat(lines.get(0))
        .startsWith("document,type,contract,contact,issue_date,currency,payable,");
    assertThat(lines.get(1))
        .startsWith(
            "%s,INVOICE,%s,%s,2026-11-01,EUR,23.88,EMAIL,CONTRACTING_PARTY,original,SENT,,,a@b.example; c@d.example,"
                .formatted(number, contract, contact))
        .matches(".*,\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z,,,,");
    assertThat(lines.get(2)).contains(",SKIPPED,,\"'=cmd|' /C calc'!A0, \"\"x\"\"\",");
    assertThat(lines.get(3))
        .startsWith(
            "draft %d,INVOICE,%s,%s,,EUR,23.88,,,,DRAFT,"
                .formatted(draft.value(), contract, contact));
    assertThat(lines.get(4))
        .isEqualTo(
            ",,%s,,,,,,,,HELD,,Draft %d: on fire,,,,ISSUE,,,".formatted(contract, draft.value()));
  }

  private RunId dispatchingRun() {
    RunId run = runs.start(RunKind.BILLING, company, DAY, "clerk").run();
    runs.documentsMade(run, 0);
    return run;
  }

  private DocumentId draft(RunId run) {
    NewLine line =
        new NewLine(
            "Abonnement",
            null,
            BigDecimal.ONE,
            "MON",
            new BigDecimal("19.90"),
            null,
            null,
            VatCategory.S,
            new BigDecimal("20"),
            null);
    LocalDate from = LocalDate.of(2025, 1, 1).plusMonths(month++);
    return office
        .get(Drafts.class)
        .add(
            List.of(
                NewDocument.ofContract(
                    DocumentType.INVOICE,
                    "ACME-" + code(),
                    contract,
                    new BillingPeriod(from, from.plusMonths(1).minusDays(1)),
                    List.of(line),
                    List.of(),
                    new NewDocument.Billing(null, List.of(), 0, true))),
            run,
            "schedule")
        .get(0);
  }

  private DocumentId issued(RunId run) {
    DocumentId draft = draft(run);
    office
        .transaction()
        .executeWithoutResult(tx -> office.get(Issue.class).issue(List.of(draft), DAY, "schedule"));
    return draft;
  }

  private static void deliver(
      DocumentId document,
      String channel,
      String role,
      String state,
      boolean retrying,
      String reason) {
    long transmission =
        office
            .jdbc()
            .sql(
                """
                INSERT INTO transmission (channel, route, state, due_at)
                VALUES (?, 'invoice-email-contracting-party', 'ENDED', UTC_TIMESTAMP(6)) RETURNING id
                """)
            .param(channel)
            .query(Long.class)
            .single();
    office
        .jdbc()
        .sql(
            """
            INSERT INTO delivery (document_id, origin, transmission_id, domain, channel, role, reaches, state,
              retry_at, reason, actor)
            VALUES (?, UUID(), ?, 'INVOICE', ?, ?, TRUE, ?, ?, ?, 'test')
            """)
        .params(
            document.value(),
            transmission,
            channel,
            role,
            state,
            retrying ? LocalDateTime.of(2026, 11, 1, 11, 0) : null,
            reason)
        .update();
  }

  private static RunReport report(RunId run) {
    return office.get(RunReports.class).report(run);
  }

  private String code() {
    return office
        .jdbc()
        .sql("SELECT number_prefix FROM company WHERE id = ?")
        .param(company.value())
        .query(String.class)
        .single()
        .substring(2);
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(width - text.length() + 2);
  }
}
