package io.facteur.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.facteur.clock.ClockWatch;
import io.facteur.clock.DatabaseClock;
import io.facteur.delivery.Node;
import io.facteur.testing.RunningFacteur;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Date;
import java.util.List;
import java.util.TimeZone;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.quartz.CronScheduleBuilder;
import org.quartz.CronTrigger;
import org.quartz.JobBuilder;
import org.quartz.Scheduler;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.Status;

/** Billing that a Quartz trigger in the routes starts. */
class BillingScheduleTest {

  private static RunningFacteur facteur;

  @BeforeAll
  static void startWithAScheduleThatFiresEachSecond() throws Exception {
    Path routes = RunningFacteur.copyOfRoutes();
    Path billing = routes.resolve("billing.camel.yaml");
    Files.writeString(
        billing,
        Files.readString(billing)
            .replace("value: LAC\n", "value: ACME\n")
            .replace("value: 0+0+3+*+*+?", "value: 0/1+*+*+*+*+?"));
    facteur = RunningFacteur.start(routes, "--facteur.beat-interval=3600000");
  }

  @AfterAll
  static void stop() {
    facteur.close();
  }

  /** By the host's name it could not start on a machine that cannot resolve its own. */
  @Test
  void theSchedulerTakesPartInTheClusterByTheNodesName() throws Exception {
    assertThat(facteur.get(Scheduler.class).getSchedulerInstanceId())
        .isEqualTo(facteur.get(Node.class).name());
  }

  @Test
  void theScheduleBillsEachPeriodOnceHoweverOftenItFires() {
    LocalDate firstOfMonth = LocalDate.now(java.time.ZoneId.of("Europe/Paris")).withDayOfMonth(1);
    String contract = facteur.contract("EMAIL CONTRACTING_PARTY");
    facteur
        .jdbc()
        .sql("UPDATE contract SET start_date = ? WHERE number = ?")
        .params(firstOfMonth, contract)
        .update();
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
            INSERT INTO billing_schedule (contract_id, interval_months, timing, anchor_day, release_policy)
            SELECT id, 1, 'ADVANCE', 1, 'ISSUE' FROM contract WHERE number = ?
            """)
        .param(contract)
        .update();

    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(mailed(contract)).containsExactly("SENT"));
    int runs = runs();
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(runs()).isGreaterThan(runs + 1));

    assertThat(mailed(contract)).as("after further runs").containsExactly("SENT");
    assertThat(facteur.jdbc().sql("SELECT MIN(started_by) FROM run").query(String.class).single())
        .isEqualTo("schedule ACME");
  }

  /** One day ahead, it would fire the night's schedules now, and put them off for all nodes. */
  @Test
  void aMachineWhoseClockIsWrongFiresNothingAndPutsNothingOff() throws Exception {
    ClockWatch watch = facteur.get(ClockWatch.class);
    DatabaseClock clock = facteur.get(DatabaseClock.class);
    clock.set(Instant.now().minus(Duration.ofDays(1)), clock.nanos());
    assertThat(watch.isRight()).isFalse();
    Health health = facteur.get(ClockHealth.class).health();
    assertThat(health.getStatus()).isEqualTo(Status.DOWN);
    int started = settledRuns();

    Awaitility.await().during(Duration.ofSeconds(3)).until(() -> runs() == started);

    watch.compare();
    assertThat(watch.isRight()).isTrue();
    // Tells the waiting scheduler to look again.
    Scheduler scheduler = facteur.get(Scheduler.class);
    TriggerKey everySecond = new TriggerKey("ACME", "billing");
    scheduler.pauseTrigger(everySecond);
    scheduler.resumeTrigger(everySecond);
    Awaitility.await().until(() -> runs() > started);
  }

  @Test
  void aScheduleThatAWrongClockHasStoredTooLateIsBroughtForward() throws Exception {
    Scheduler scheduler = facteur.get(Scheduler.class);
    TriggerKey nightly = new TriggerKey("LEMAIRE", "billing");
    CronTrigger stored = (CronTrigger) scheduler.getTrigger(nightly);
    Date inTime = stored.getNextFireTime();
    Date tooLate = Date.from(inTime.toInstant().plus(Duration.ofHours(1)));
    scheduler.rescheduleJob(nightly, stored.getTriggerBuilder().startAt(tooLate).build());
    assertThat(scheduler.getTrigger(nightly).getNextFireTime()).isAfter(tooLate);

    facteur.get(ScheduleReconciler.class).reconcile(facteur.get(CamelContext.class));

    assertThat(scheduler.getTrigger(nightly).getNextFireTime()).isEqualTo(inTime);
  }

  @Test
  void storedTriggersFollowTheRoutes() throws Exception {
    Scheduler scheduler = facteur.get(Scheduler.class);
    TriggerKey nightly = new TriggerKey("NORDLICHT", "billing");
    CronTrigger stored = (CronTrigger) scheduler.getTrigger(nightly);
    scheduler.rescheduleJob(nightly, inZone(stored, "Asia/Tokyo"));
    TriggerKey gone = new TriggerKey("GONE", "billing");
    Trigger ofARemovedRoute =
        TriggerBuilder.newTrigger()
            .withIdentity(gone)
            .withSchedule(CronScheduleBuilder.cronSchedule("0 0 3 * * ?"))
            .build();
    scheduler.scheduleJob(
        JobBuilder.newJob(stored(scheduler, stored)).withIdentity("GONE", "billing").build(),
        ofARemovedRoute);

    facteur.get(ScheduleReconciler.class).reconcile(facteur.get(CamelContext.class));

    assertThat(((CronTrigger) scheduler.getTrigger(nightly)).getTimeZone())
        .isEqualTo(TimeZone.getTimeZone("Europe/Berlin"));
    assertThat(scheduler.checkExists(gone)).isFalse();
    assertThat(scheduler.checkExists(nightly)).isTrue();
  }

  private static Class<? extends org.quartz.Job> stored(Scheduler scheduler, CronTrigger trigger)
      throws Exception {
    return scheduler.getJobDetail(trigger.getJobKey()).getJobClass();
  }

  private static Trigger inZone(CronTrigger trigger, String zone) {
    return trigger
        .getTriggerBuilder()
        .withSchedule(
            CronScheduleBuilder.cronSchedule(trigger.getCronExpression())
                .inTimeZone(TimeZone.getTimeZone(zone)))
        .build();
  }

  /** After what had been taken up has fired. */
  private static int settledRuns() {
    AtomicInteger last = new AtomicInteger(runs());
    Awaitility.await()
        .pollInterval(Duration.ofMillis(1_500))
        .until(() -> last.getAndSet(runs()) == runs());
    return runs();
  }

  private static int runs() {
    return facteur.jdbc().sql("SELECT COUNT(*) FROM run").query(Integer.class).single();
  }

  private static List<String> mailed(String contract) {
    return facteur
        .jdbc()
        .sql(
            """
            SELECT v.state FROM delivery v JOIN document d ON d.id = v.document_id
            JOIN contract c ON c.id = d.contract_id WHERE c.number = ?
            """)
        .param(contract)
        .query(String.class)
        .list();
  }
}
