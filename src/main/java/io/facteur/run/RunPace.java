package io.facteur.run;

import io.facteur.document.RunId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Says in the log how far a run has come and how fast it goes while this node makes its documents,
 * what other nodes make of it included.
 */
@Component
public class RunPace {

  static final Duration INTERVAL = Duration.ofSeconds(10);

  private static final Logger log = LoggerFactory.getLogger(RunPace.class);

  private record Seen(Instant at, long billed) {}

  private record Counts(int due, long billed, long held) {}

  private final JdbcClient jdbc;
  private final Clock clock;
  private final Map<RunId, Seen> seen = new ConcurrentHashMap<>();

  RunPace(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** To be called often; writes a line at most every ten seconds, and gives it back. */
  Optional<String> look(RunId run) {
    Instant now = clock.instant();
    Seen last = seen.get(run);
    if (last != null && now.isBefore(last.at().plus(INTERVAL))) {
      return Optional.empty();
    }
    Counts counts = counts(run);
    seen.put(run, new Seen(now, counts.billed()));
    if (last == null) {
      return Optional.empty();
    }
    long millis = Math.max(1, Duration.between(last.at(), now).toMillis());
    long since = counts.billed() - last.billed();
    String line = line(run, counts.due(), counts.billed(), counts.held(), since, millis);
    log.info(line);
    return Optional.of(line);
  }

  void forget(RunId run) {
    seen.remove(run);
  }

  static String line(RunId run, int due, long billed, long held, long billedSince, long millis) {
    return String.format(
        Locale.ROOT,
        "run %d: %,d of %,d contracts billed, %,d/s, %,d held",
        run.value(),
        billed,
        due,
        billedSince * 1_000 / millis,
        held);
  }

  private Counts counts(RunId run) {
    return jdbc.sql(
            """
            SELECT COALESCE(r.due, 0) AS due,
              (SELECT COUNT(DISTINCT contract_id) FROM document WHERE run_id = r.id) AS billed,
              (SELECT COUNT(*) FROM run_problem WHERE run_id = r.id AND confirmed_at IS NULL) AS held
            FROM run r WHERE r.id = :run
            """)
        .param("run", run.value())
        .query(
            (row, i) -> new Counts(row.getInt("due"), row.getLong("billed"), row.getLong("held")))
        .single();
  }
}
