package io.facteur.chaos;

import io.facteur.chaos.Disturbance.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.springframework.dao.DataAccessException;

/** Does to the product what the schedule says, and remembers when. */
final class Faults implements AutoCloseable {

  private static final Duration MOMENT_PATIENCE = Duration.ofSeconds(8);
  private static final Duration NODE_PATIENCE = Duration.ofMinutes(10);
  private static final int STARTS = 3;
  private static final long FILE_LIMIT = 16_384;
  private static final List<String> CLOCKS =
      List.of("+3d", "-2d", "+1h", "-26h", "+40d", "-1d", "+400d", "+0");

  private final List<Node> nodes;
  private final DatabaseServer database;
  private final MailServer mails;
  private final SharedDisk disk;
  private final EventLog log;
  private final ExecutorService restarts = Executors.newCachedThreadPool();
  private final Set<Node> able = new HashSet<>();
  private final List<Disturbance> disturbances = new CopyOnWriteArrayList<>();
  private final Map<Fault.Kind, Integer> done = new EnumMap<>(Fault.Kind.class);
  private final AtomicReference<Throwable> broken = new AtomicReference<>();
  private int counted;

  Faults(
      List<Node> nodes, DatabaseServer database, MailServer mails, SharedDisk disk, EventLog log) {
    this.nodes = nodes;
    this.database = database;
    this.mails = mails;
    this.disk = disk;
    this.log = log;
    able.addAll(nodes);
  }

  /** What was done to processes. */
  List<Disturbance> disturbances() {
    return List.copyOf(disturbances);
  }

  int done(Fault.Kind kind) {
    return done.getOrDefault(kind, 0);
  }

  /** Kills of nodes that met them while sending. */
  int counted() {
    return counted;
  }

  /** Fails if a node did not come up again. */
  void check() {
    if (broken.get() != null) {
      throw new IllegalStateException("a node did not start again", broken.get());
    }
  }

  void carryOut(Fault fault) {
    check();
    switch (fault.kind()) {
      case NODE_KILLED -> killNode(fault);
      case DATABASE_KILLED -> killDatabase(fault);
      case NODE_FROZEN -> freeze(fault);
      case DISK_FULL -> fillDisk(fault);
      case WRITES_CUT -> cutWrites(fault);
      case CLOCK_JUMPS -> jump(fault);
    }
  }

  /** Everybody works, on time and with room on the disk. */
  void end() {
    nodes.get(1).setClock("+0");
    disk.free();
    Awaitility.await("all nodes to work")
        .atMost(NODE_PATIENCE)
        .until(
            () -> {
              check();
              synchronized (able) {
                return able.size() == nodes.size();
              }
            });
  }

  @Override
  public void close() {
    restarts.shutdownNow();
  }

  private void killNode(Fault fault) {
    Node node = take(fault.node());
    int[] talking = {0};
    Runnable kill =
        () -> {
          talking[0] = mails.underWay(node.name());
          disturbances.add(node.kill9());
        };
    boolean met = at(fault.moment(), node, kill);
    long begun = begun(node);
    boolean counts = talking[0] > 0 || begun > 0;
    counted += counts ? 1 : 0;
    did(
        fault,
        "KILLED %s %s: %d mails in conversation, %d attempts begun%s"
            .formatted(
                node.name(),
                met ? words(fault.moment()) : "at any moment",
                talking[0],
                begun,
                counts ? "" : ", does not count"));
    restartLater(node, fault.lasts());
  }

  private void killDatabase(Fault fault) {
    for (int i = 0; i < 80 && mails.underWay(null) == 0; i++) {
      pause(Duration.ofMillis(100));
    }
    int talking = mails.underWay(null);
    Instant from = Instant.now();
    database.kill9();
    did(
        fault,
        "DATABASE KILLED, %d mails in conversation, away for %.1f s"
            .formatted(talking, fault.lasts().toMillis() / 1_000.0));
    pause(fault.lasts().dividedBy(2));
    if (fault.dice() % 3 == 0) {
      // Not waited for: a node that starts waits for the database.
      working(fault.node()).ifPresent(node -> killWhileAway(node, fault.lasts()));
    }
    pause(fault.lasts().dividedBy(2));
    database.restart();
    disturbances.add(new Disturbance(Kind.DATABASE_AWAY, null, from, Instant.now()));
    log.say("DATABASE is back");
  }

  private void killWhileAway(Node node, Duration pause) {
    disturbances.add(node.kill9());
    log.say("KILLED %s while the database is away, does not count".formatted(node.name()));
    restartLater(node, pause);
  }

  private void freeze(Fault fault) {
    Node node = take(fault.node());
    Instant[] from = {null};
    int[] talking = {0};
    Runnable freeze =
        () -> {
          talking[0] = mails.underWay(node.name());
          from[0] = Instant.now();
          node.process().freeze();
        };
    boolean met = at(fault.moment(), node, freeze);
    did(
        fault,
        "FROZEN %s %s for %.1f s: %d mails in conversation"
            .formatted(
                node.name(),
                met ? words(fault.moment()) : "at any moment",
                fault.lasts().toMillis() / 1_000.0,
                talking[0]));
    restarts.execute(
        () -> {
          pause(fault.lasts());
          node.process().thaw();
          disturbances.add(new Disturbance(Kind.FROZEN, node.name(), from[0], Instant.now()));
          log.say("THAWED %s".formatted(node.name()));
          give(node);
        });
  }

  private void fillDisk(Fault fault) {
    if (!disk.canBeFilled()) {
      log.say("disk full is left out: this process may not mount a file system");
      return;
    }
    disk.fill();
    did(fault, "DISK FULL for %.1f s".formatted(fault.lasts().toMillis() / 1_000.0));
    pause(fault.lasts());
    disk.free();
    log.say("DISK has room again");
  }

  private void cutWrites(Fault fault) {
    Node node = take(fault.node());
    node.limitFiles(FILE_LIMIT);
    did(
        fault,
        "WRITES of %s CUT at %d bytes of a file for %.1f s"
            .formatted(node.name(), FILE_LIMIT, fault.lasts().toMillis() / 1_000.0));
    pause(fault.lasts());
    node.limitFiles(null);
    log.say("WRITES of %s are free again".formatted(node.name()));
    give(node);
  }

  private void jump(Fault fault) {
    if (!Node.canFakeTime()) {
      log.say("a clock's jump is left out: libfaketime is not installed");
      return;
    }
    String offset = CLOCKS.get(fault.dice() % CLOCKS.size());
    nodes.get(1).setClock(offset);
    did(fault, "CLOCK of %s jumps to %s".formatted(nodes.get(1).name(), offset));
  }

  /** Does it in any case, and returns whether that moment came before. */
  private boolean at(Moment moment, Node node, Runnable act) {
    boolean met =
        moment == Moment.FILE_UNFINISHED
            ? disk.awaitUnfinishedFile(MOMENT_PATIENCE)
            : moment != null && mails.at(moment, node.name(), MOMENT_PATIENCE, act);
    if (!met || moment == Moment.FILE_UNFINISHED) {
      act.run();
    }
    return met;
  }

  /** Attempts that a dead node had begun and not ended. */
  private long begun(Node node) {
    try {
      return database
          .jdbc()
          .sql(
              """
              SELECT COUNT(*) FROM transmission t JOIN delivery d ON d.transmission_id = t.id
              WHERE t.node = ? AND t.state = 'CLAIMED' AND d.state = 'SENDING'
              """)
          .param(node.name())
          .query(Long.class)
          .single();
    } catch (DataAccessException away) {
      return 0;
    }
  }

  private void restartLater(Node node, Duration pause) {
    restarts.execute(
        () -> {
          pause(pause);
          try {
            startAsASupervisorDoes(node);
            log.say("STARTED %s".formatted(node.name()));
            give(node);
          } catch (RuntimeException e) {
            broken.set(e);
          }
        });
  }

  /** A start that meets a killed database ends, and is made again. */
  private void startAsASupervisorDoes(Node node) {
    for (int tries = 1; tries < STARTS; tries++) {
      try {
        node.start();
        return;
      } catch (RuntimeException e) {
        log.say("%s ended while it started, and is started again".formatted(node.name()));
      }
    }
    node.start();
  }

  /** The node asked for, or the other one, if only that works; waits for one. */
  private Node take(int wanted) {
    AtomicReference<Node> taken = new AtomicReference<>();
    Awaitility.await("a node that works")
        .atMost(NODE_PATIENCE)
        .until(
            () -> {
              check();
              working(wanted).ifPresent(taken::set);
              return taken.get() != null;
            });
    return taken.get();
  }

  private Optional<Node> working(int wanted) {
    synchronized (able) {
      Node first = nodes.get(wanted);
      Node node = able.contains(first) ? first : nodes.get(1 - wanted);
      return able.remove(node) ? Optional.of(node) : Optional.empty();
    }
  }

  private void give(Node node) {
    synchronized (able) {
      able.add(node);
    }
  }

  private void did(Fault fault, String text) {
    done.merge(fault.kind(), 1, Integer::sum);
    log.say(text);
  }

  private static String words(Moment moment) {
    return moment.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static void pause(Duration duration) {
    long end = System.nanoTime() + duration.toNanos();
    for (long left = duration.toNanos(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
      if (Thread.currentThread().isInterrupted()) {
        return;
      }
    }
  }
}
