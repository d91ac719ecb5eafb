package io.facteur.run;

import io.facteur.delivery.StoppedDeliveries;
import io.facteur.document.DocumentId;
import io.facteur.document.RunId;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Lets the drafts and deliveries of a run follow its pause, resumption or cancellation, chunk by
 * chunk, until nothing is left to do. Any node may do so, at any time, after any crash; {@code
 * routes/runs.camel.yaml} sees to it that one does.
 */
@Component
public class RunSettling {

  private static final Logger log = LoggerFactory.getLogger(RunSettling.class);

  private final Runs runs;
  private final StoppedDeliveries deliveries;
  private final CancelledDrafts drafts;
  private final JdbcClient jdbc;

  RunSettling(Runs runs, StoppedDeliveries deliveries, CancelledDrafts drafts, JdbcClient jdbc) {
    this.runs = runs;
    this.deliveries = deliveries;
    this.drafts = drafts;
    this.jdbc = jdbc;
  }

  /** Goes once through each run that has something left to follow. */
  public void settleAll() {
    for (RunId run : unsettled()) {
      pass(runs.get(run), () -> true);
    }
  }

  /** Goes through a run until it is settled, or the time is over. */
  void settle(RunId run, Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    while (System.nanoTime() < end && unsettled().contains(run)) {
      pass(runs.get(run), () -> System.nanoTime() < end);
    }
  }

  private List<RunId> unsettled() {
    return jdbc.sql("SELECT id FROM run WHERE settling ORDER BY id")
        .query((row, i) -> new RunId(row.getLong("id")))
        .list();
  }

  private void pass(Run run, BooleanSupplier goOn) {
    int found = 0;
    while (goOn.getAsBoolean() && run.state() == RunState.CANCELLED) {
      int discarded = drafts.discardSome(run.id());
      found += discarded;
      if (discarded == 0) {
        break;
      }
    }
    DocumentId after = null;
    do {
      if (!goOn.getAsBoolean()) {
        return;
      }
      StoppedDeliveries.Chunk chunk = deliveries.follow(run.id(), after, run.controlledBy());
      found += chunk.found();
      after = chunk.last();
    } while (after != null);
    if (found == 0) {
      settled(run);
    } else {
      log.info(
          "run {}: {} drafts and transmissions follow {}", run.id().value(), found, run.state());
    }
  }

  /** Unless it was paused, resumed or cancelled meanwhile. */
  private void settled(Run run) {
    jdbc.sql("UPDATE run SET settling = FALSE WHERE id = :run AND turn = :turn")
        .param("run", run.id().value())
        .param("turn", run.turn())
        .update();
  }
}
