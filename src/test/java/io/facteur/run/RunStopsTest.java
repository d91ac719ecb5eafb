package io.facteur.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facteur.document.RunGate;
import io.facteur.document.RunId;
import io.facteur.party.CompanyId;
import io.facteur.party.Refusal;
import io.facteur.testing.BillingOffice;
import io.facteur.testing.SettableClock;
import java.time.Clock;
import java.time.LocalDate;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunStopsTest {

  private static final LocalDate DAY = LocalDate.of(2026, 11, 1);

  private static BillingOffice office;
  private static Runs runs;
  private static RunControl control;

  private RunId run;

  @BeforeAll
  static void openOffice() {
    office = BillingOffice.openWithRuns(Clock.systemUTC());
    runs = office.get(Runs.class);
    control = office.get(RunControl.class);
  }

  @AfterAll
  static void closeOffice() {
    office.close();
  }

  @BeforeEach
  void newRun() {
    run = runs.start(RunKind.BILLING, new CompanyId(office.newCompany()), DAY, "clerk").run();
  }

  @Test
  void aPauseWaitsForWhatIsUnderWayAndNothingBeginsBehindIt() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch letGo = new CountDownLatch(1);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Future<Boolean> billing =
          threads.submit(
              () ->
                  office
                      .transaction()
                      .execute(
                          tx -> {
                            boolean running = office.get(RunGate.class).isRunning(run);
                            asked.countDown();
                            await(letGo);
                            return running;
                          }));
      assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
      Future<?> pause = threads.submit(() -> control.pause(run));

      assertThatThrownBy(() -> pause.get(1, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
      letGo.countDown();
      pause.get(30, TimeUnit.SECONDS);

      assertThat(billing.get()).isTrue();
      assertThat(isRunning()).isFalse();
    } finally {
      letGo.countDown();
      threads.shutdownNow();
    }
  }

  @Test
  void whoHasGoneThroughARunBeforeItWasStoppedDoesNotSayThatItIsMade() {
    int turn = runs.get(run).turn();
    control.pause(run);
    control.resume(run);

    assertThat(runs.documentsMade(run, turn)).isFalse();
    assertThat(runs.documentsMade(run, runs.get(run).turn())).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "RUNNING,     PAUSED,  RUNNING,     CANCELLED",
    "DISPATCHING, PAUSED,  DISPATCHING, CANCELLED",
    "COMPLETED,   refused, refused,     refused",
    "FAILED,      refused, refused,     refused",
    "PAUSED,      PAUSED,  RUNNING,     CANCELLED",
    "CANCELLED,   refused, refused,     CANCELLED"
  })
  void eachStateKnowsWhatCanBeDoneWithTheRun(
      RunState state, String paused, String resumed, String cancelled) {
    assertThat(after(state, () -> control.pause(run))).isEqualTo(paused);
    assertThat(after(state, () -> control.resume(run))).isEqualTo(resumed);
    assertThat(after(state, () -> control.cancel(run))).isEqualTo(cancelled);
  }

  @Test
  void settlingIsTakenUpByWhoeverComesNext() {
    office.get(RunStops.class).pause(run, "clerk");
    assertThat(settling()).isTrue();

    office.get(RunSettling.class).settleAll();

    assertThat(settling()).isFalse();
  }

  @Test
  void thePaceIsToldAtMostEveryTenSeconds() {
    SettableClock clock = new SettableClock();
    RunPace pace = new RunPace(office.jdbc(), clock);

    assertThat(pace.look(run)).isEmpty();
    clock.advance(RunPace.INTERVAL.minusMillis(1));
    assertThat(pace.look(run)).isEmpty();
    clock.advance(RunPace.INTERVAL);
    assertThat(pace.look(run))
        .hasValue("run " + run.value() + ": 0 of 0 contracts billed, 0/s, 0 held");
    assertThat(pace.look(run)).isEmpty();
    assertThat(RunPace.line(run, 100_000, 34_000, 17, 21_500, 10_000))
        .isEqualTo("run " + run.value() + ": 34,000 of 100,000 contracts billed, 2,150/s, 17 held");
  }

  private String after(RunState state, Runnable act) {
    boolean ended = state.isEnded();
    office
        .jdbc()
        .sql(
            """
            UPDATE run SET state = ?, controlled_by = 'boss', resumes_as = IF(? = 'PAUSED', 'RUNNING', NULL),
              finished_at = IF(?, UTC_TIMESTAMP(6), NULL)
            WHERE id = ?
            """)
        .params(state.name(), state.name(), ended, run.value())
        .update();
    try {
      act.run();
      return runs.get(run).state().name();
    } catch (Refusal refusal) {
      assertThat(refusal.kind()).isEqualTo(Refusal.Kind.CONFLICT);
      assertThat(runs.get(run).state()).isEqualTo(state);
      return "refused";
    }
  }

  private boolean isRunning() {
    return Boolean.TRUE.equals(
        office.transaction().execute(tx -> office.get(RunGate.class).isRunning(run)));
  }

  private boolean settling() {
    return office
        .jdbc()
        .sql("SELECT settling FROM run WHERE id = ?")
        .param(run.value())
        .query(Boolean.class)
        .single();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
