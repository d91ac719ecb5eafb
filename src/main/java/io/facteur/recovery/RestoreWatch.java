package io.facteur.recovery;

import io.facteur.delivery.journal.Installation;
import io.facteur.delivery.journal.Journal;
import io.facteur.recovery.LostTime.Brought;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Lets the database's beat rise and keeps the highest that this node has seen outside of it. A
 * database whose beat is lower, or that does not know what this node has handed over, was restored
 * from an older backup: it is held, for all nodes, until an admin releases it.
 */
@Component
public class RestoreWatch implements MeterBinder {

  private static final Logger log = LoggerFactory.getLogger(RestoreWatch.class);
  private static final Duration REMIND = Duration.ofMinutes(1);

  private final Restorations restorations;
  private final LostTime lostTime;
  private final Journal journal;
  private final Installation installation;
  private final Watcher watcher;

  private volatile boolean held;
  private Instant reminded = Instant.EPOCH;
  private List<String> keptNodes = List.of();

  RestoreWatch(
      Restorations restorations,
      LostTime lostTime,
      Journal journal,
      Installation installation,
      Watcher watcher) {
    this.restorations = restorations;
    this.lostTime = lostTime;
    this.journal = journal;
    this.installation = installation;
    this.watcher = watcher;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("facteur.held", () -> held ? 1 : 0)
        .description("1 while nothing is sent, issued or billed: the database was restored")
        .register(registry);
  }

  /** Whether the database was held when it was last looked at. */
  public boolean isHeld() {
    return held;
  }

  /** For routes: whether what consumers report may be taken in. */
  public boolean goesOn() {
    return !held;
  }

  /** To be called before anything of this node begins. */
  public void atStart() {
    if (journal.isNewDatabase()) {
      log.info(
          "this node has never worked on this database ({}): another journal is begun for it",
          installation.uuid());
    }
    look(true);
  }

  /** To be called every few seconds. */
  public void beat() {
    look(false);
  }

  private synchronized void look(boolean starting) {
    Restorations.State before = restorations.state();
    boolean contradicted = starting && lostTime.isKnownBetterThan(before.beat());
    Restorations.State state =
        restorations.look(
            found -> reasonToHold(found, starting, contradicted && found.equals(before)),
            this::highest,
            watcher.node().name());
    boolean newBeat = state.beat() != installation.seenBeat();
    installation.recognise(state.uuid(), state.beat());
    if (newBeat) {
      journal.keep(state.beat());
    }
    for (Restoration restoration : restorations.notYetCollectedBy(watcher.node().name())) {
      collect(restoration);
    }
    keepNodes();
    tell(restorations.state());
  }

  private String reasonToHold(Restorations.State found, boolean starting, boolean contradicted) {
    long highest = highest(found);
    if (found.beat() < highest) {
      return "the database is older than what node %s has seen of it: it was restored from a backup"
          .formatted(watcher.node().name());
    }
    if (contradicted) {
      return "the database does not know what node %s has handed over: it was restored from a backup"
          .formatted(watcher.node().name());
    }
    return starting && watcher.startsHeld() && !found.isHeld() ? "facteur.start-held is set" : null;
  }

  /** Of the database that was found, which may be another than a moment ago. */
  private long highest(Restorations.State found) {
    installation.recognise(
        found.uuid(), found.uuid().equals(installation.uuid()) ? installation.seenBeat() : 0);
    return journal.highestBeat();
  }

  /** So that one that began after a backup is waited for as well when that is restored. */
  private void keepNodes() {
    List<String> nodes = restorations.nodes();
    if (!nodes.equals(keptNodes)) {
      journal.keepNodes(nodes);
      keptNodes = nodes;
    }
  }

  private void collect(Restoration restoration) {
    restorations.learn(journal.nodes());
    Brought brought = lostTime.collect(restoration);
    restorations.collected(restoration, watcher.node().name(), brought.complete());
    if (restoration.released() && brought.entries() > 0) {
      restorations.holdAgain(restoration, watcher.node().name());
    }
  }

  private void tell(Restorations.State state) {
    if (state.isHeld()) {
      Instant now = watcher.clock().instant();
      if (!held || Duration.between(reminded, now).compareTo(REMIND) >= 0) {
        log.warn(
            "HELD since {}: nothing is sent, issued or billed, as {}. Look at /api/hold, then release"
                + " it (docs/operations.md, Restore)",
            state.heldSince(),
            state.reason());
        reminded = now;
      }
    } else if (held) {
      log.info("the database is released: everything goes on");
    }
    held = state.isHeld();
  }
}
