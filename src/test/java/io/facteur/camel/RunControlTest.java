package io.facteur.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.facteur.document.RunId;
import io.facteur.party.CompanyId;
import io.facteur.run.Confirmation;
import io.facteur.run.RunConfirmations;
import io.facteur.run.RunControl;
import io.facteur.run.RunKind;
import io.facteur.run.RunState;
import io.facteur.run.Runs;
import io.facteur.testing.RunningFacteur;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Runs that the routes carry out are paused, resumed, cancelled and confirmed in the midst. */
class RunControlTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static RunningFacteur facteur;
  private static Runs runs;
  private static RunControl control;
  private static LocalDate day = LocalDate.of(2026, 3, 1);

  @BeforeAll
  static void start() {
    facteur = RunningFacteur.start("--facteur.smtp.connections=1");
    runs = facteur.get(Runs.class);
    control = facteur.get(RunControl.class);
  }

  @AfterAll
  static void stop() {
    facteur.close();
  }

  @AfterEach
  void nothingIsLeftForTheNext() {
    facteur.jdbc().sql("UPDATE billing_schedule SET billed_through = '2026-12-31'").update();
  }

  @Test
  void aPausedRunSendsNothingMoreAndAResumedOneEverythingOnce() throws Exception {
    int before = facteur.smtp().accepted().size();
    CountDownLatch sending = new CountDownLatch(1);
    CountDownLatch paused = new CountDownLatch(1);
    facteur
        .smtp()
        .atNextDot(
            () -> {
              sending.countDown();
              await(paused);
            });
    contracts(30, "ISSUE", "2026-02-28");
    RunId run = run();

    assertThat(sending.await(60, TimeUnit.SECONDS)).isTrue();
    control.pause(run);
    paused.countDown();

    assertThat(runs.get(run).state()).isEqualTo(RunState.PAUSED);
    Awaitility.await().atMost(PATIENCE).until(() -> count(run, "SENT") == 1);
    Awaitility.await()
        .during(Duration.ofSeconds(2))
        .atMost(Duration.ofSeconds(10))
        .until(() -> facteur.smtp().accepted().size() == before + 1);
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> runs.progress(run).underWay() == count(run, "PLANNED"));

    control.resume(run);

    awaitState(run, RunState.COMPLETED);
    assertThat(facteur.smtp().accepted()).hasSize(before + 30);
    assertThat(count(run, "SENT")).isEqualTo(30);
    assertThat(runs.progress(run).issued()).isEqualTo(30);
  }

  @Test
  void whatACancelledRunHasNotSentStaysUnsentAndItsReportSaysSo() throws Exception {
    CountDownLatch sending = new CountDownLatch(1);
    CountDownLatch cancelled = new CountDownLatch(1);
    facteur
        .smtp()
        .atNextDot(
            () -> {
              sending.countDown();
              await(cancelled);
            });
    contracts(10, "ISSUE", "2026-02-28");
    contracts(2, "DRAFT", "2026-02-28");
    RunId run = run();
    assertThat(sending.await(60, TimeUnit.SECONDS)).isTrue();
    Awaitility.await().atMost(PATIENCE).until(() -> runs.get(run).state() == RunState.DISPATCHING);

    control.cancel(run);
    cancelled.countDown();

    Awaitility.await().atMost(PATIENCE).until(() -> runs.progress(run).underWay() == 0);
    assertThat(count(run, "SENT")).isEqualTo(1);
    assertThat(count(run, "CANCELLED")).isEqualTo(9);
    assertThat(runs.progress(run).atRest()).as("no fallback").isEqualTo(10);
    assertThat(runs.progress(run).drafts()).isZero();
    assertThat(report(run, "Billing run " + run.value() + ": cancelled")).contains("cancelled");
  }

  @Test
  void confirmedPeriodsAreBilledSentAndReportedOnceMore() {
    int before = facteur.smtp().accepted().size();
    contracts(1, "ISSUE", null);
    RunId run = run();
    awaitState(run, RunState.COMPLETED);
    assertThat(report(run, "missed periods")).contains("3 periods are due");
    assertThat(facteur.smtp().accepted()).hasSize(before);

    facteur
        .get(RunConfirmations.class)
        .confirm(run, new Confirmation(Confirmation.What.MISSED_PERIODS, 3, null, null));

    Awaitility.await().atMost(PATIENCE).until(() -> count(run, "SENT") == 3);
    awaitState(run, RunState.COMPLETED);
    assertThat(report(run, "Problems: 0")).contains("invoice  issued       3");
    assertThat(facteur.smtp().accepted()).hasSize(before + 3);
  }

  @Test
  void releasedDraftsAreIssuedInTheOrderInWhichTheyWereMade() {
    contracts(5, "DRAFT", "2026-02-28");
    RunId run = run();
    awaitState(run, RunState.COMPLETED);
    assertThat(runs.progress(run).drafts()).isEqualTo(5);

    facteur.get(RunConfirmations.class).confirm(run, new Confirmation(null, 5, null, null));

    Awaitility.await().atMost(PATIENCE).until(() -> count(run, "SENT") == 5);
    assertThat(
            facteur
                .jdbc()
                .sql("SELECT sequence FROM document WHERE run_id = ? ORDER BY id")
                .param(run.value())
                .query(Long.class)
                .list())
        .isSorted()
        .doesNotHaveDuplicates();
    assertThat(
            facteur
                .jdbc()
                .sql("SELECT COUNT(*) FROM document WHERE run_id = ? AND released_by IS NOT NULL")
                .param(run.value())
                .query(Integer.class)
                .single())
        .isEqualTo(5);
  }

  /** Of what no other test has left; each has a day of its own. */
  private static RunId run() {
    long company =
        facteur.jdbc().sql("SELECT id FROM company WHERE code = 'ACME'").query(Long.class).single();
    day = day.plusDays(1);
    return runs.start(RunKind.BILLING, new CompanyId(company), day, "clerk").run();
  }

  private static void contracts(int number, String policy, String billedThrough) {
    for (int i = 0; i < number; i++) {
      String contract = facteur.contract("EMAIL CONTRACTING_PARTY");
      facteur
          .jdbc()
          .sql(
              """
              INSERT INTO contract_line (contract_id, position, name, quantity, unit_code, unit_price, vat_category,
                vat_rate)
              SELECT id, 1, 'Abonnement', 1, 'MON', 42.50, 'S', 20 FROM contract WHERE number = ?
              """)
          .param(contract)
          .update();
      facteur
          .jdbc()
          .sql(
              """
              INSERT INTO billing_schedule (contract_id, interval_months, timing, anchor_day, billed_through,
                release_policy)
              SELECT id, 1, 'ADVANCE', 1, ?, ? FROM contract WHERE number = ?
              """)
          .params(billedThrough, policy, contract)
          .update();
    }
  }

  private static long count(RunId run, String state) {
    return facteur
        .jdbc()
        .sql(
            """
            SELECT COUNT(*) FROM delivery v JOIN document d ON d.id = v.document_id
            WHERE d.run_id = ? AND v.state = ?
            """)
        .params(run.value(), state)
        .query(Long.class)
        .single();
  }

  private static void awaitState(RunId run, RunState state) {
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(runs.get(run).state()).isEqualTo(state));
  }

  /** The report on file, once it has that text. */
  private static String report(RunId run, String text) {
    Path file = facteur.data().resolve("reports").resolve("run-" + run.value() + ".txt");
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> Files.exists(file) && Files.readString(file).contains(text));
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await(60, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
