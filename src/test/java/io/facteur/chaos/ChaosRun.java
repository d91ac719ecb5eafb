package io.facteur.chaos;

import io.facteur.embedded.EmbeddedMariaDb;
import io.facteur.testing.FacteurProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.springframework.dao.DataAccessException;

/** The product under the faults of one seed, from its first start to everything being at rest. */
final class ChaosRun implements AutoCloseable {

  static final int KILLS_THAT_COUNT = 15;

  private static final int RUNS = 12;
  private static final int DISK_MEGABYTES = 800;
  private static final Duration FAULT_PATIENCE = Duration.ofSeconds(20);
  private static final Duration STANDSTILL = Duration.ofMinutes(5);
  private static final Duration MAIL_PACE = Duration.ofMillis(60);
  private static final Duration FILE_PACE = Duration.ofMillis(5);

  private static final List<String> SETTINGS =
      List.of(
          "--facteur.ledger.claim-lease=PT20S",
          "--facteur.ledger.send-lease=PT20S",
          "--facteur.claim-interval=100",
          "--facteur.run-interval=500",
          "--facteur.consumer-report-interval=300",
          "--facteur.recovery-interval=1000",
          "--facteur.beat-interval=1000",
          "--facteur.smtp.reuse.mails=20",
          "--facteur.smtp.timeouts.connect=5s",
          "--facteur.smtp.timeouts.command=15s",
          "--facteur.smtp.timeouts.reply=15s",
          "--facteur.smtp.timeouts.write=10s");

  private final long seed;
  private final EventLog log;
  private final DatabaseServer database;
  private final SharedDisk disk;
  private final MailFaults mailFaults;
  private final MailServer mails;
  private final List<Consumer> consumers;
  private final List<Node> nodes;
  private final Workload work;
  private final Faults faults;
  private final ScheduledExecutorService orders = Executors.newSingleThreadScheduledExecutor();

  /**
   * Prepares everything.
   *
   * @param folder empty
   */
  ChaosRun(long seed, int deliveries, Path folder, EventLog log) {
    this.seed = seed;
    this.log = log;
    database = new DatabaseServer(folder.resolve("mariadb"));
    disk = new SharedDisk(folder.resolve("shared"), DISK_MEGABYTES);
    mailFaults = new MailFaults(seed);
    mails = new MailServer(mailFaults, log, MAIL_PACE);
    consumers =
        List.of(
            new Consumer("POST", disk.folder().resolve("spool"), FILE_PACE),
            new Consumer("EINVOICE", disk.folder().resolve("outbox"), FILE_PACE));
    List<String> settings = new ArrayList<>(SETTINGS);
    settings.addAll(
        FacteurProcess.counterparts(
            database.jdbcUrl(), EmbeddedMariaDb.USER, database.password(), mails.port()));
    settings.addAll(FacteurProcess.sharedFolders(disk.folder()));
    settings.add("--facteur.routes=" + RoutesFolder.copy(folder.resolve("routes")));
    nodes =
        List.of(
            new Node("node-a", folder, false, settings),
            new Node("node-b", folder, Node.canFakeTime(), settings));
    work = new Workload(database, deliveries, RUNS);
    faults = new Faults(nodes, database, mails, disk, log);
  }

  /** Returns what the counterparts say in the end. */
  ChaosLedger run() {
    Instant start = Instant.now();
    // One after the other on an empty database, as docs/operations.md says.
    nodes.forEach(Node::start);
    log.say("both nodes work; %d deliveries are to be made".formatted(work.deliveries()));
    Future<?> ordering =
        orders.scheduleWithFixedDelay(this::keepBusy, 0, 500, TimeUnit.MILLISECONDS);
    for (Fault fault : Fault.schedule(seed)) {
      awaitTurn(fault);
      faults.carryOut(fault);
    }
    Random more = new Random(~seed);
    while (faults.counted() < KILLS_THAT_COUNT && !isAtRest()) {
      faults.carryOut(Fault.kill(more));
    }
    faults.end();
    mailFaults.end();
    log.say("no more faults, %.0f %% have ended".formatted(100 * progress()));
    awaitRest();
    ordering.cancel(false);
    work.orderALaterOne();
    awaitRest();
    log.say("everything is at rest");
    nodes.forEach(node -> node.process().stop());
    Ledger ledger = Ledger.read(database.jdbc());
    List<FileTaken> files = consumers.stream().flatMap(one -> one.taken().stream()).toList();
    Verdict verdict = Oracle.judge(ledger, mails.seen(), files, faults.disturbances());
    return new ChaosLedger(
        seed, Duration.between(start, Instant.now()), ledger, mails, files, faults, verdict);
  }

  private void keepBusy() {
    try {
      work.keepBusy();
    } catch (DataAccessException away) {
      // The next turn.
    }
  }

  private void awaitTurn(Fault fault) {
    Instant until = Instant.now().plus(FAULT_PATIENCE);
    while (progress() < fault.at() && Instant.now().isBefore(until)) {
      Awaitility.await().pollDelay(Duration.ofMillis(100)).until(() -> true);
    }
  }

  private double progress() {
    try {
      return work.progress();
    } catch (DataAccessException away) {
      return 0;
    }
  }

  private boolean isAtRest() {
    try {
      return work.isAtRest();
    } catch (DataAccessException away) {
      return false;
    }
  }

  private void awaitRest() {
    long[] last = {-1};
    Instant[] moved = {Instant.now()};
    Awaitility.await("everything to come to rest")
        .atMost(Duration.ofMinutes(40))
        .pollInterval(Duration.ofMillis(500))
        .failFast(
            "nothing moves any more, but not everything has ended",
            () -> {
              long now = work.movement();
              if (now != last[0]) {
                last[0] = now;
                moved[0] = Instant.now();
              }
              return Instant.now().isAfter(moved[0].plus(STANDSTILL));
            })
        .until(work::isAtRest);
  }

  @Override
  public void close() throws IOException {
    orders.shutdownNow();
    faults.close();
    nodes.forEach(node -> node.process().close());
    consumers.forEach(Consumer::close);
    mails.close();
    database.close();
    disk.close();
  }
}
