package io.facteur.delivery;

import io.facteur.document.DocumentId;
import io.facteur.document.RunGate;
import io.facteur.document.RunId;
import io.facteur.document.StoppedRun;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Lets the deliveries of a run follow its state, chunk by chunk: those that wait are held back when
 * it is paused, wait again when it is resumed, and are cancelled with it (DISP-8). What a node has
 * begun goes on to its outcome.
 *
 * <p>That nothing begins after a pause does not depend on how far this has come: whoever begins a
 * transmission asks for its run's state (see {@link #holdBack}).
 */
@Component
public class StoppedDeliveries {

  private static final int CHUNK = 500;

  /** What waits to be begun, for the first time or once more. */
  private static final String WAITS =
      " (delivery.state IN ('QUEUED', 'PLANNED') OR (delivery.state = 'FAILED' AND retry_at IS NOT NULL))";

  private final JdbcClient jdbc;
  private final JdbcTemplate batches;
  private final RunGate gate;
  private final LedgerTransaction transaction;

  StoppedDeliveries(
      JdbcClient jdbc, JdbcTemplate batches, RunGate gate, LedgerTransaction transaction) {
    this.jdbc = jdbc;
    this.batches = batches;
    this.gate = gate;
    this.transaction = transaction;
  }

  /**
   * One chunk of a run's documents.
   *
   * @param last null when there are no more
   * @param found transmissions that did not follow the run's state yet
   */
  public record Chunk(DocumentId last, int found) {}

  /**
   * Moves the transmissions of the next documents as the run's state demands at this moment. One
   * that somebody is claiming is passed over; go through the run again until nothing is found.
   *
   * @param after null: from the first document
   * @param actor of a resumption
   */
  public Chunk follow(RunId run, DocumentId after, String actor) {
    return transaction.with(
        tx -> {
          Optional<StoppedRun> stopped = gate.stopped(run);
          List<Long> documents = documents(run, after);
          if (documents.isEmpty()) {
            return new Chunk(null, 0);
          }
          int found = stopped.map(s -> stop(documents, s)).orElseGet(() -> goOn(documents, actor));
          return new Chunk(new DocumentId(documents.get(documents.size() - 1)), found);
        });
  }

  /**
   * Whether a claimed transmission may not begin because its run is stopped; its claim is given
   * back then. To be asked first in the transaction in which it would begin.
   */
  boolean holdBack(Claim claim) {
    return holdBack(claim, runOf(claim.transmission()));
  }

  /**
   * The same.
   *
   * @param run that its documents belong to for good; null if none
   */
  boolean holdBack(Claim claim, RunId run) {
    Optional<StoppedRun> stopped = Optional.ofNullable(run).flatMap(gate::stopped);
    if (stopped.isEmpty()
        || (stopped.get().isCancelled() && isLaterThan(claim.transmission(), stopped.get()))) {
      return false;
    }
    int given =
        jdbc.sql(
                """
                UPDATE transmission SET state = :state, node = NULL, lease_until = NULL
                WHERE id = :id AND node = :node AND fence = :fence AND state = 'CLAIMED'
                """)
            .param("state", stopped.get().isCancelled() ? "ENDED" : "PAUSED")
            .param("id", claim.transmission().value())
            .param("node", claim.node())
            .param("fence", claim.fence())
            .update();
    if (given > 0) {
      changeDeliveries(List.of(claim.transmission().value()), stopped.get());
    }
    return true;
  }

  private List<Long> documents(RunId run, DocumentId after) {
    return jdbc.sql(
            """
            SELECT id FROM document WHERE run_id = :run AND id > :after ORDER BY id LIMIT :chunk
            """)
        .param("run", run.value())
        .param("after", after == null ? 0 : after.value())
        .param("chunk", CHUNK)
        .query(Long.class)
        .list();
  }

  private int stop(List<Long> documents, StoppedRun run) {
    Set<String> from = run.isCancelled() ? Set.of("WAITING", "PAUSED") : Set.of("WAITING");
    List<Long> found =
        jdbc.sql(
                """
                SELECT DISTINCT t.id
                FROM delivery v JOIN transmission t ON t.id = v.transmission_id
                JOIN document d ON d.id = v.document_id JOIN run r ON r.id = d.run_id
                WHERE v.document_id IN (:documents) AND t.state IN (:from)
                  AND (r.finished_at IS NULL OR v.created_at <= r.finished_at)
                """)
            .param("documents", documents)
            .param("from", from)
            .query(Long.class)
            .list();
    List<Long> locked = lock(found, from);
    if (!locked.isEmpty()) {
      move(locked, run.isCancelled() ? "ENDED" : "PAUSED");
      changeDeliveries(locked, run);
    }
    return found.size();
  }

  private void changeDeliveries(List<Long> transmissions, StoppedRun run) {
    if (run.isCancelled()) {
      leaveInDoubt(transmissions, run);
    }
    jdbc.sql(
            """
            UPDATE delivery
            SET state = :state, retry_at = IF(:keepRetry, retry_at, NULL), reason = :reason,
                actor = :actor, changed_at = UTC_TIMESTAMP(6)
            WHERE transmission_id IN (:ids) AND
            """
                + WAITS)
        .param(
            "state", (run.isCancelled() ? DeliveryState.CANCELLED : DeliveryState.PLANNED).name())
        .param("keepRetry", !run.isCancelled())
        .param("reason", run.reason())
        .param("actor", run.by())
        .param("ids", transmissions)
        .update();
  }

  /** A file that its consumer may have is not cancelled: somebody has to look for it. */
  private void leaveInDoubt(List<Long> transmissions, StoppedRun run) {
    jdbc.sql(
            """
            UPDATE delivery JOIN transmission t ON t.id = transmission_id
              AND t.unclear_write = 'LOOK_AGAIN'
            SET delivery.state = 'UNCERTAIN', retry_at = NULL, actor = :actor,
                reason = CONCAT(:reason, REPLACE(:remark, '%s', t.file_name)),
                changed_at = UTC_TIMESTAMP(6)
            WHERE transmission_id IN (:ids) AND
            """
                + WAITS)
        .param("actor", run.by())
        .param("reason", run.reason())
        .param("remark", LedgerRows.IN_DOUBT)
        .param("ids", transmissions)
        .update();
  }

  /** Puts everything back as it was before the pause: state, reason, and when it is due. */
  private int goOn(List<Long> documents, String actor) {
    List<Long> found =
        jdbc.sql(
                """
                SELECT DISTINCT t.id
                FROM delivery v JOIN transmission t ON t.id = v.transmission_id
                WHERE v.document_id IN (:documents) AND t.state = 'PAUSED'
                """)
            .param("documents", documents)
            .query(Long.class)
            .list();
    List<Long> locked = lock(found, Set.of("PAUSED"));
    if (!locked.isEmpty()) {
      move(locked, "WAITING");
      putBack(locked, actor);
    }
    return found.size();
  }

  /** With the reasons that they had before the pause. */
  private void putBack(List<Long> transmissions, String actor) {
    String putBack =
        """
        UPDATE delivery
        SET state = IF(retry_at IS NULL, 'QUEUED', 'FAILED'), reason = ?, actor = ?,
            changed_at = UTC_TIMESTAMP(6)
        WHERE id = ? AND state = 'PLANNED'
        """;
    List<Object[]> rows =
        jdbc.sql(
                """
                SELECT v.id, (
                  SELECT e.reason FROM delivery_event e
                  WHERE e.delivery_id = v.id AND e.state <> 'PLANNED' ORDER BY e.id DESC LIMIT 1) AS reason
                FROM delivery v WHERE v.transmission_id IN (:ids) AND v.state = 'PLANNED'
                """)
            .param("ids", transmissions)
            .query((row, i) -> new Object[] {row.getString("reason"), actor, row.getLong("id")})
            .list();
    batches.batchUpdate(putBack, rows);
  }

  private List<Long> lock(List<Long> transmissions, Set<String> states) {
    return transmissions.isEmpty()
        ? List.of()
        : jdbc.sql(
                """
                SELECT id FROM transmission WHERE id IN (:ids) AND state IN (:states)
                ORDER BY id FOR UPDATE SKIP LOCKED
                """)
            .param("ids", transmissions)
            .param("states", states)
            .query(Long.class)
            .list();
  }

  private void move(List<Long> transmissions, String state) {
    jdbc.sql("UPDATE transmission SET state = :state WHERE id IN (:ids)")
        .param("state", state)
        .param("ids", transmissions)
        .update();
  }

  private RunId runOf(TransmissionId transmission) {
    return jdbc.sql(
            """
            SELECT d.run_id FROM delivery v JOIN document d ON d.id = v.document_id
            WHERE v.transmission_id = :id AND d.run_id IS NOT NULL LIMIT 1
            """)
        .param("id", transmission.value())
        .query((row, i) -> new RunId(row.getLong("run_id")))
        .optional()
        .orElse(null);
  }

  /** What a person sends again after the cancellation goes out. */
  private boolean isLaterThan(TransmissionId transmission, StoppedRun run) {
    return jdbc.sql(
            """
            SELECT MAX(v.created_at) > (SELECT finished_at FROM run WHERE id = :run) FROM delivery v
            WHERE v.transmission_id = :id
            """)
        .param("run", run.run().value())
        .param("id", transmission.value())
        .query(Boolean.class)
        .single();
  }
}
