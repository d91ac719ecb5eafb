package io.facteur.document;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Tells whether a run may go on. Whoever asks holds a shared lock on the run until the end of the
 * transaction in which it asks: who pauses or cancels a run waits for all of them, and whoever asks
 * later is told of it. To be asked first, before any other lock is taken.
 */
@Component
public class RunGate {

  /**
   * Condition for a block of statements that the server carries out, with the parameter {@code run}
   * (null: of no run): true if the run is not stopped. Holds the lock as all that ask, to the end
   * of the transaction.
   */
  public static final String NOT_STOPPED =
      "COALESCE((SELECT state FROM run WHERE id = :run LOCK IN SHARE MODE), '')"
          + " NOT IN ('PAUSED', 'CANCELLED')";

  private static final Set<String> STOPPED = Set.of("PAUSED", "CANCELLED");

  private final JdbcClient jdbc;

  RunGate(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Whether the run still makes its documents. */
  @Transactional(propagation = Propagation.MANDATORY)
  public boolean isRunning(RunId run) {
    return jdbc.sql("SELECT state FROM run WHERE id = :run LOCK IN SHARE MODE")
        .param("run", run.value())
        .query(String.class)
        .optional()
        .filter("RUNNING"::equals)
        .isPresent();
  }

  /** The run, if it is stopped. */
  @Transactional(propagation = Propagation.MANDATORY)
  public Optional<StoppedRun> stopped(RunId run) {
    return stoppedRuns(List.of(run.value())).stream().findFirst();
  }

  /** Those of the documents whose run is stopped. */
  @Transactional(propagation = Propagation.MANDATORY)
  public Map<DocumentId, StoppedRun> stoppedAmong(Collection<DocumentId> documents) {
    Map<DocumentId, Long> runs = new HashMap<>();
    jdbc.sql("SELECT id, run_id FROM document WHERE id IN (:ids) AND run_id IS NOT NULL")
        .param("ids", documents.stream().map(DocumentId::value).toList())
        .query(
            row -> {
              runs.put(new DocumentId(row.getLong("id")), row.getLong("run_id"));
            });
    if (runs.isEmpty()) {
      return Map.of();
    }
    Map<Long, StoppedRun> stopped =
        stoppedRuns(new TreeSet<>(runs.values())).stream()
            .collect(Collectors.toMap(run -> run.run().value(), Function.identity()));
    runs.values().retainAll(stopped.keySet());
    return runs.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> stopped.get(entry.getValue())));
  }

  private List<StoppedRun> stoppedRuns(Collection<Long> runs) {
    List<StoppedRun> stopped = new ArrayList<>();
    // All of them are read: a condition would give back the locks of those that do not meet it.
    jdbc.sql(
            """
            SELECT id, state, controlled_by, finished_at FROM run WHERE id IN (:runs)
            ORDER BY id LOCK IN SHARE MODE
            """)
        .param("runs", runs)
        .query(
            row -> {
              if (STOPPED.contains(row.getString("state"))) {
                stopped.add(stoppedRun(row));
              }
            });
    return stopped;
  }

  private static StoppedRun stoppedRun(ResultSet row) throws SQLException {
    LocalDateTime cancelled = row.getObject("finished_at", LocalDateTime.class);
    return new StoppedRun(
        new RunId(row.getLong("id")),
        row.getString("controlled_by"),
        cancelled == null ? null : cancelled.toInstant(ZoneOffset.UTC));
  }
}
