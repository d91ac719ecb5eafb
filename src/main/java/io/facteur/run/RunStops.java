package io.facteur.run;

import io.facteur.document.RunId;
import io.facteur.party.AuditLog;
import io.facteur.party.Refusal;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Pauses, resumes and cancels: one row, under its lock. Every transaction that makes, issues or
 * begins something for a run holds a shared lock on that row ({@link io.facteur.document.RunGate}),
 * so that nothing of it begins any more once this has returned.
 */
@Component
class RunStops {

  private final Runs runs;
  private final JdbcClient jdbc;
  private final AuditLog audit;

  RunStops(Runs runs, JdbcClient jdbc, AuditLog audit) {
    this.runs = runs;
    this.jdbc = jdbc;
    this.audit = audit;
  }

  @Transactional(isolation = Isolation.READ_COMMITTED)
  void pause(RunId id, String actor) {
    Run run = lock(id);
    if (run.state() == RunState.PAUSED) {
      return;
    }
    if (run.state().isEnded()) {
      throw ended(run, "paused");
    }
    jdbc.sql(
            """
            UPDATE run SET resumes_as = state, state = 'PAUSED', controlled_by = :actor, turn = turn + 1,
              settling = TRUE
            WHERE id = :run
            """)
        .param("actor", actor)
        .param("run", id.value())
        .update();
    record("run.pause", run);
  }

  @Transactional(isolation = Isolation.READ_COMMITTED)
  void resume(RunId id, String actor) {
    Run run = lock(id);
    if (run.state().isEnded()) {
      throw ended(run, "resumed");
    }
    if (run.state() != RunState.PAUSED) {
      return;
    }
    jdbc.sql(
            """
            UPDATE run SET state = resumes_as, resumes_as = NULL, controlled_by = :actor, turn = turn + 1,
              settling = TRUE
            WHERE id = :run
            """)
        .param("actor", actor)
        .param("run", id.value())
        .update();
    record("run.resume", run);
  }

  @Transactional(isolation = Isolation.READ_COMMITTED)
  void cancel(RunId id, String actor) {
    Run run = lock(id);
    if (run.state() == RunState.CANCELLED) {
      return;
    }
    if (run.state().isEnded() && !hasDrafts(id)) {
      throw ended(run, "cancelled, and none of its drafts is left");
    }
    jdbc.sql(
            """
            UPDATE run
            SET state = 'CANCELLED', resumes_as = NULL, controlled_by = :actor, turn = turn + 1,
              settling = TRUE, finished_at = UTC_TIMESTAMP(6), reported_at = NULL
            WHERE id = :run
            """)
        .param("actor", actor)
        .param("run", id.value())
        .update();
    record("run.cancel", run);
  }

  /** Lets a run make documents again, or once more; a new report follows. */
  @Transactional(propagation = Propagation.MANDATORY)
  void goOn(RunId run) {
    jdbc.sql(
            """
            UPDATE run SET state = 'RUNNING', finished_at = NULL, reported_at = NULL, turn = turn + 1
            WHERE id = :run
            """)
        .param("run", run.value())
        .update();
  }

  /** The run, locked against everything that asks for its state. */
  Run lock(RunId id) {
    jdbc.sql("SELECT id FROM run WHERE id = :run FOR UPDATE")
        .param("run", id.value())
        .query(Long.class)
        .optional();
    return runs.get(id);
  }

  private boolean hasDrafts(RunId run) {
    return jdbc.sql(
            "SELECT EXISTS (SELECT 1 FROM document WHERE run_id = :run AND state = 'DRAFT')")
        .param("run", run.value())
        .query(Boolean.class)
        .single();
  }

  private static Refusal ended(Run run, String what) {
    return Refusal.conflict(
        "run", "run %d is %s: it cannot be %s".formatted(run.id().value(), run.state(), what));
  }

  private void record(String action, Run before) {
    audit.record(
        action,
        "run:" + before.id().value(),
        Map.of("state", before.state()),
        Map.of("state", runs.get(before.id()).state()));
  }
}
