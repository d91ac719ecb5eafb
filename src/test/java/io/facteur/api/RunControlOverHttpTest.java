package io.facteur.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.facteur.delivery.IssueRoute;
import io.facteur.run.BillingRuns;
import io.facteur.run.BillingStep;
import io.facteur.run.Run;
import io.facteur.run.RunState;
import io.facteur.run.Runs;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Confirming, releasing, pausing, resuming and cancelling runs, and discarding drafts. */
class RunControlOverHttpTest extends ApiTest {

  @Autowired Runs runs;
  @Autowired BillingRuns billing;
  @Autowired IssueRoute issue;

  private String company;
  private String customer;

  @BeforeEach
  void newCompany() {
    company = company();
    customer = customer(company);
  }

  @Test
  void missedPeriodsAreBilledOneByOneOnceTheirNumberIsConfirmed() {
    String missed = contract("ISSUE", null);
    String single = contract("ISSUE", "2026-02-28");
    String run = start("2026-03-01");
    work(run);

    Answer waits = get(run);
    Answer wrong = post(run + "/confirm", "{\"count\": 2}");
    Answer confirmed = post(run + "/confirm", "{\"count\": 3}");
    work(run);
    Answer again = post(run + "/confirm", "{\"count\": 3}");

    assertThat(waits.text("/waiting/contracts")).isEqualTo("1");
    assertThat(waits.text("/waiting/missedPeriods")).isEqualTo("3");
    assertThat(waits.text("/progress/due")).isEqualTo("2");
    assertThat(waits.text("/progress/billed")).isEqualTo("1");
    assertThat(wrong.status()).isEqualTo(409);
    assertThat(wrong.fields()).containsExactly("count");
    assertThat(wrong.http().body()).contains("confirm 3");
    assertThat(confirmed.status()).as(confirmed.http().body()).isEqualTo(200);
    assertThat(confirmed.text("/state")).isEqualTo("RUNNING");
    assertThat(again.status()).isEqualTo(409);
    assertThat(issued(missed)).containsExactly("2026-01-01", "2026-02-01", "2026-03-01");
    assertThat(issued(single)).containsExactly("2026-03-01");
    Answer report = get(run + "/report");
    assertThat(report.text("/problemCount")).isEqualTo("0");
    assertThat(report.text("/problems/0/kind")).isEqualTo("MISSED_PERIODS");
    assertThat(report.text("/problems/0/periods")).isEqualTo("3");
    assertThat(report.text("/problems/0/confirmedBy")).isEqualTo("admin");
    assertThat(get(run + "/report.csv").http().body())
        .contains(",CONFIRMED,", ",MISSED_PERIODS,3,");
    assertThat(audited("run.confirm", run)).isEqualTo(1);
  }

  @Test
  void onlyTheChosenContractsAreCaughtUp() {
    String first = contract("ISSUE", null);
    String second = contract("ISSUE", "2026-01-31");
    String run = start("2026-03-01");
    work(run);

    Answer unknown = post(run + "/confirm", "{\"count\": 2, \"contracts\": [\"NONE\"]}");
    Answer chosen =
        post(run + "/confirm", "{\"count\": 2, \"contracts\": [\"%s\"]}".formatted(second));
    work(run);

    assertThat(unknown.status()).isEqualTo(400);
    assertThat(unknown.fields()).containsExactly("contracts[0]");
    assertThat(chosen.status()).as(chosen.http().body()).isEqualTo(200);
    assertThat(issued(first)).isEmpty();
    assertThat(issued(second)).containsExactly("2026-02-01", "2026-03-01");
    assertThat(get(run).text("/waiting/missedPeriods")).isEqualTo("3");
  }

  @Test
  void aConfirmedRunThatHadCompletedIsReportedOnceMore() {
    String contract = contract("ISSUE", null);
    String run = start("2026-02-01");
    work(run);
    runs.completeThoseAtRest();
    jdbc.sql("UPDATE run SET reported_at = UTC_TIMESTAMP(6) WHERE id = ?").param(id(run)).update();
    assertThat(get(run).text("/state")).isEqualTo("COMPLETED");

    post(run + "/confirm", "{\"count\": 2}");
    work(run);

    assertThat(get(run).text("/state")).isEqualTo("DISPATCHING");
    assertThat(issued(contract)).hasSize(2);
    assertThat(
            jdbc.sql("SELECT reported_at IS NULL AND finished_at IS NULL FROM run WHERE id = ?")
                .param(id(run))
                .query(Boolean.class)
                .single())
        .isTrue();
  }

  @Test
  void draftsOfARunAreReleasedByTheirNumberAllOrChosenOnes() {
    String first = contract("DRAFT", "2026-02-28");
    String second = contract("DRAFT", "2026-02-28");
    String third = contract("DRAFT", "2026-02-28");
    String run = start("2026-03-01");
    work(run);
    String draftOfThird = draftOf(third);

    Answer wrong = post(run + "/confirm", "{\"what\": \"DRAFTS\", \"count\": 2}");
    Answer byContract =
        post(run + "/confirm", "{\"count\": 1, \"contracts\": [\"%s\"]}".formatted(first));
    work(run);
    Answer byDocument =
        post(run + "/confirm", "{\"count\": 1, \"documents\": [%s]}".formatted(draftOfThird));
    Answer released =
        post(run + "/confirm", "{\"count\": 1, \"documents\": [%s]}".formatted(draftOfThird));
    work(run);

    assertThat(wrong.status()).isEqualTo(409);
    assertThat(wrong.http().body()).contains("3 drafts would be released", "confirm 3");
    assertThat(byContract.status()).as(byContract.http().body()).isEqualTo(200);
    assertThat(byDocument.status()).as(byDocument.http().body()).isEqualTo(200);
    assertThat(released.status()).isEqualTo(400);
    assertThat(issued(first)).hasSize(1);
    assertThat(issued(second)).isEmpty();
    assertThat(issued(third)).hasSize(1);
    assertThat(get(run).text("/waiting/drafts")).isEqualTo("1");
    post(run + "/confirm", "{\"count\": 1}");
    work(run);
    assertThat(issued(second)).hasSize(1);
    assertThat(sequences()).containsExactly(1L, 2L, 3L);
  }

  @Test
  void whatHasToBeSaidIfBothWait() {
    contract("DRAFT", "2026-02-28");
    contract("ISSUE", null);
    String run = start("2026-03-01");
    work(run);

    Answer unclear = post(run + "/confirm", "{\"count\": 1}");
    Answer clear = post(run + "/confirm", "{\"what\": \"DRAFTS\", \"count\": 1}");

    assertThat(unclear.status()).isEqualTo(400);
    assertThat(unclear.fields()).containsExactly("what");
    assertThat(clear.status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                                        | 400 | count
          {"count": 0}                                              | 400 | count
          {"count": 1, "what": "ALL"}                               | 400 | what
          {"count": 1, "contracts": []}                             | 400 | contracts
          {"count": 1, "documents": []}                             | 400 | documents
          {"count": 1, "what": "MISSED_PERIODS", "documents": [1]}  | 400 | documents
          {"count": 1, "what": "DRAFTS"}                            | 409 | what
          """)
  void aWrongConfirmationChangesNothing(String body, int status, String field) {
    contract("ISSUE", null);
    String run = start("2026-03-01");
    work(run);

    Answer answer = post(run + "/confirm", body);

    assertThat(answer.status()).as(answer.http().body()).isEqualTo(status);
    assertThat(answer.fields()).containsExactly(field);
    assertThat(get(run).text("/state")).isEqualTo("DISPATCHING");
    assertThat(get(run).text("/waiting/missedPeriods")).isEqualTo("3");
  }

  @Test
  void aPausedRunMakesAndSendsNothingAndGoesOnWhereItWas() {
    String contract = contract("ISSUE", "2026-02-28");
    String run = start("2026-03-01");
    String body = "{\"kind\": \"BILLING\", \"company\": \"%s\", \"asOf\": \"2026-03-01\"}";

    Answer paused = post(run + "/pause", null);
    Answer repeated = post(run + "/pause", null);
    work(run);
    Answer beside = post("/api/runs", body.formatted(company));
    Answer confirmed = post(run + "/confirm", "{\"count\": 1}");

    assertThat(paused.status()).isEqualTo(200);
    assertThat(paused.text("/state")).isEqualTo("PAUSED");
    assertThat(repeated.status()).isEqualTo(200);
    assertThat(repeated.http().body()).isEqualTo(paused.http().body());
    assertThat(issued(contract)).isEmpty();
    assertThat(beside.status()).isEqualTo(409);
    assertThat(beside.http().body()).contains("resume or cancel it");
    assertThat(confirmed.status()).isEqualTo(409);
    assertThat(post(run + "/resume", null).text("/state")).isEqualTo("RUNNING");
    work(run);
    assertThat(issued(contract)).hasSize(1);
    assertThat(deliveries(run)).containsExactly("QUEUED");

    assertThat(post(run + "/pause", null).text("/state")).isEqualTo("PAUSED");
    assertThat(deliveries(run)).containsExactly("PLANNED");
    assertThat(post(run + "/resume", null).text("/state")).isEqualTo("DISPATCHING");
    assertThat(post(run + "/resume", null).status()).isEqualTo(200);
    assertThat(deliveries(run)).containsExactly("QUEUED");
    assertThat(audited("run.pause", run)).isEqualTo(2);
    assertThat(audited("run.resume", run)).isEqualTo(2);
  }

  @Test
  void aDraftOfAPausedRunCannotBeIssuedByHandEither() {
    String contract = contract("DRAFT", "2026-02-28");
    String run = start("2026-03-01");
    work(run);
    post(run + "/pause", null);

    Answer answer = post("/api/documents/" + draftOf(contract) + "/issue", "{}");

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.http().body()).contains("paused by admin");
  }

  @Test
  void aCancelledRunLeavesNoDraftsAndItsPeriodsCanBeBilledAgain() {
    String drafted = contract("DRAFT", "2026-02-28");
    String fresh = contract("DRAFT", null, "2026-03-01");
    String sent = contract("ISSUE", "2026-02-28");
    String missed = contract("DRAFT", "2025-12-31");
    String run = start("2026-03-01");
    work(run);
    post(run + "/confirm", "{\"what\": \"MISSED_PERIODS\", \"count\": 3}");
    work(run);
    assertThat(get(run).text("/progress/drafts")).isEqualTo("5");

    Answer cancelled = post(run + "/cancel", null);
    Answer again = post(run + "/cancel", null);

    assertThat(cancelled.status()).as(cancelled.http().body()).isEqualTo(200);
    assertThat(cancelled.text("/state")).isEqualTo("CANCELLED");
    assertThat(cancelled.text("/progress/drafts")).isEqualTo("0");
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.http().body()).isEqualTo(cancelled.http().body());
    assertThat(deliveries(run)).containsExactly("CANCELLED");
    assertThat(issued(sent)).hasSize(1);
    assertThat(billedThrough(drafted)).isEqualTo("2026-02-28");
    assertThat(billedThrough(fresh)).isNull();
    assertThat(billedThrough(missed)).as("nothing since it began").isNull();
    assertThat(billedThrough(sent)).isEqualTo("2026-03-31");
    for (String act : List.of("/pause", "/resume", "/confirm")) {
      assertThat(post(run + act, act.equals("/confirm") ? "{\"count\": 1}" : null).status())
          .as(act)
          .isEqualTo(409);
    }
    String next = start("2026-03-01");
    work(next);
    assertThat(get(next).text("/progress/drafts")).isEqualTo("2");
    assertThat(audited("run.cancel", run)).isEqualTo(1);
  }

  @Test
  void aDiscardedDraftIsBilledAgainOnlyIfItWasTheLast() {
    String contract = contract("DRAFT", "2026-01-31");
    String run = start("2026-03-01");
    work(run);
    post(run + "/confirm", "{\"count\": 2}");
    work(run);
    List<String> drafts = draftsOf(contract);

    Answer first = call("DELETE", "/api/documents/" + drafts.get(0), null);
    Answer last = call("DELETE", "/api/documents/" + drafts.get(1), null);
    Answer gone = call("DELETE", "/api/documents/" + drafts.get(1), null);

    assertThat(first.text("/billedAgain")).isEqualTo("false");
    assertThat(last.text("/billedAgain")).isEqualTo("true");
    assertThat(last.text("/periodFrom")).isEqualTo("2026-03-01");
    assertThat(gone.status()).isEqualTo(404);
    assertThat(billedThrough(contract)).isEqualTo("2026-02-28");
    assertThat(
            jdbc.sql(
                    "SELECT COUNT(*) FROM audit_event WHERE action = 'document.discard' AND subject = ?")
                .param("document:" + drafts.get(1))
                .query(Integer.class)
                .single())
        .isEqualTo(1);
  }

  @Test
  void whatIsIssuedIsNotDiscarded() {
    String number = invoice(contract("DRAFT", "2026-02-28"));

    Answer answer = call("DELETE", "/api/documents/" + number, null);

    assertThat(answer.status()).isEqualTo(409);
    assertThat(get("/api/documents/" + number).status()).isEqualTo(200);
  }

  @Test
  void aSelectionOfDraftsIsIssuedAsFarAsEachCanBe() {
    String contract = contract("DRAFT", "2026-02-28");
    String first = draft(contract);
    String second = draft(contract);
    String already = draft(contract);
    post("/api/documents/" + already + "/issue", "{}");
    String body =
        "{\"documents\": [%s, %s, %s], \"count\": 3, \"printQueue\": \"paris\"}"
            .formatted(second, already, first);
    String key = unique("select-");

    Answer wrong = post("/api/documents/issue", body.replace("\"count\": 3", "\"count\": 2"));
    Answer answer = post("/api/documents/issue", body, "Idempotency-Key", key);
    Answer repeated = post("/api/documents/issue", body, "Idempotency-Key", key);

    assertThat(wrong.status()).isEqualTo(409);
    assertThat(wrong.fields()).containsExactly("count");
    assertThat(answer.status()).as(answer.http().body()).isEqualTo(200);
    assertThat(repeated.http().body()).isEqualTo(answer.http().body());
    assertThat(answer.text("/issued")).isEqualTo("2");
    assertThat(answer.text("/documents/0/number")).endsWith("-000002");
    assertThat(answer.text("/documents/1/reason")).contains("issued already");
    assertThat(answer.text("/documents/2/number")).endsWith("-000003");
    assertThat(sequences()).containsExactly(1L, 2L, 3L);
  }

  @Test
  void oneDraftOfASelectionThatCannotBeIssuedHoldsUpNoOtherEvenUnderAKey() {
    String good = draft(contract("DRAFT", "2026-02-28"));
    String pausedContract = contract("DRAFT", "2026-02-28");
    String run = start("2026-03-01");
    work(run);
    String held = draftOf(pausedContract);
    post(run + "/pause", null);
    String broken = draft(contract("DRAFT", "2026-02-28"));
    // The database refuses a document that was due before it was issued.
    jdbc.sql("UPDATE document SET payment_days = -5 WHERE id = ?").param(broken).update();

    Answer answer =
        post(
            "/api/documents/issue",
            "{\"documents\": [%s, %s, %s], \"count\": 3}".formatted(held, broken, good),
            "Idempotency-Key",
            unique("select-"));

    assertThat(answer.status()).as(answer.http().body()).isEqualTo(200);
    assertThat(answer.text("/documents/0/reason")).contains("paused by admin");
    assertThat(answer.text("/documents/1/reason")).contains("cannot be issued");
    assertThat(answer.text("/documents/2/number")).isNotBlank();
    assertThat(get("/api/documents/" + good).text("/state")).isEqualTo("ISSUED");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"documents": [], "count": 0}                           | 400 | documents
          {"count": 1}                                            | 400 | documents
          {"documents": [1]}                                      | 400 | count
          {"documents": [999999999], "count": 1}                  | 400 | documents[0]
          {"documents": [%s, %s], "count": 2}                     | 400 | documents
          {"documents": [%s], "count": 1, "issueDate": "2999-01-01"} | 400 | issueDate
          {"documents": [%s], "count": 1, "printQueue": "../x"}   | 400 | printQueue
          """)
  void aWrongSelectionIssuesNothing(String body, int status, String field) {
    String draft = draft(contract("DRAFT", "2026-02-28"));

    Answer answer = post("/api/documents/issue", body.replace("%s", draft));

    assertThat(answer.status()).as(answer.http().body()).isEqualTo(status);
    assertThat(answer.fields()).containsExactly(field);
    assertThat(get("/api/documents/" + draft).text("/state")).isEqualTo("DRAFT");
  }

  @Test
  void runsAreControlledByClerksAndUnknownOnesAreNotFound() {
    for (String act : List.of("/pause", "/resume", "/cancel")) {
      assertThat(post("/api/runs/999999999" + act, null).status()).isEqualTo(404);
    }
    assertThat(post("/api/runs/999999999/confirm", "{\"count\": 1}").status()).isEqualTo(404);
    assertThat(get("/api/runs/999999999/events").status()).isEqualTo(404);
  }

  private String contract(String policy, String billedThrough) {
    return contract(policy, billedThrough, "2026-01-01");
  }

  private String contract(String policy, String billedThrough, String start) {
    String number = unique("R-");
    String json =
        contractJson(number, company, customer)
            .replace(
                "\"timing\": \"ADVANCE\"",
                "\"timing\": \"ADVANCE\", \"releasePolicy\": \"%s\"%s"
                    .formatted(
                        policy,
                        billedThrough == null
                            ? ""
                            : ", \"billedThrough\": \"" + billedThrough + "\""))
            .replace("\"start\": \"2026-01-01\"", "\"start\": \"" + start + "\"");
    Answer answer = post("/api/contracts", json);
    assertThat(answer.status()).as(answer.http().body()).isEqualTo(201);
    return number;
  }

  /** The path of a new run. */
  private String start(String asOf) {
    Answer answer =
        post(
            "/api/runs",
            "{\"kind\": \"BILLING\", \"company\": \"%s\", \"asOf\": \"%s\"}"
                .formatted(company, asOf));
    assertThat(answer.status()).as(answer.http().body()).isEqualTo(201);
    return answer.header("Location");
  }

  /** As routes/billing.camel.yaml does it. */
  private void work(String path) {
    for (Run run : runs.inState(RunState.RUNNING)) {
      if (run.id().value() == id(path)) {
        BillingStep step = billing.first(run);
        while (step.more()) {
          step = billing.next(step);
          billing.issued(step, issue.issue(step.order()));
        }
        billing.finish(step);
      }
    }
  }

  private static long id(String path) {
    return Long.parseLong(path.substring(path.lastIndexOf('/') + 1));
  }

  private List<String> issued(String contract) {
    return strings(
        """
        SELECT d.period_from FROM document d JOIN contract c ON c.id = d.contract_id
        WHERE c.number = ? AND d.state = 'ISSUED' ORDER BY d.sequence
        """,
        contract);
  }

  private String draftOf(String contract) {
    return draftsOf(contract).get(0);
  }

  private List<String> draftsOf(String contract) {
    return strings(
        """
        SELECT d.id FROM document d JOIN contract c ON c.id = d.contract_id
        WHERE c.number = ? AND d.state = 'DRAFT' ORDER BY d.id
        """,
        contract);
  }

  private List<String> deliveries(String run) {
    return strings(
        """
        SELECT v.state FROM delivery v JOIN document d ON d.id = v.document_id
        WHERE d.run_id = ? ORDER BY v.id
        """,
        id(run));
  }

  private List<Long> sequences() {
    return new ArrayList<>(
        strings(
                """
                SELECT d.sequence FROM document d JOIN company c ON c.id = d.company_id
                WHERE c.code = ? AND d.state = 'ISSUED' ORDER BY d.sequence
                """,
                company)
            .stream()
            .map(Long::valueOf)
            .collect(Collectors.toList()));
  }

  private String billedThrough(String contract) {
    return strings(
            """
            SELECT COALESCE(s.billed_through, '') FROM billing_schedule s
            JOIN contract c ON c.id = s.contract_id WHERE c.number = ?
            """,
            contract)
        .stream()
        .filter(day -> !day.isEmpty())
        .findFirst()
        .orElse(null);
  }

  private int audited(String action, String run) {
    return jdbc.sql("SELECT COUNT(*) FROM audit_event WHERE action = ? AND subject = ?")
        .params(action, "run:" + id(run))
        .query(Integer.class)
        .single();
  }

  private List<String> strings(String sql, Object value) {
    return jdbc.sql(sql).param(value).query(String.class).list();
  }
}
