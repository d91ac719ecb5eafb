package io.facteur.delivery;

import io.facteur.dispatch.DispatchRoutes;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What whoever watches Facteur has to know of the ledger: what waits and since when, and what
 * nobody can tell. The same on every node, as all of it is the database's.
 */
@Component
public class LedgerMetrics implements MeterBinder {

  private record Waiting(String channel, String state, long count, double lateSeconds) {}

  private record Unclear(String channel, String state, long count) {}

  private final JdbcClient jdbc;
  private final DispatchRoutes routes;
  private MultiGauge transmissions;
  private MultiGauge undeclared;
  private MultiGauge late;
  private MultiGauge deliveries;

  LedgerMetrics(JdbcClient jdbc, DispatchRoutes routes) {
    this.jdbc = jdbc;
    this.routes = routes;
  }

  @Override
  public synchronized void bindTo(MeterRegistry registry) {
    transmissions =
        MultiGauge.builder("facteur.transmissions")
            .description("Transmissions that have not ended, by channel and state")
            .register(registry);
    undeclared =
        MultiGauge.builder("facteur.transmissions.undeclared")
            .description("Transmissions that wait for a channel that no route file declares")
            .register(registry);
    late =
        MultiGauge.builder("facteur.transmissions.late")
            .description("How long ago the first of a channel's waiting transmissions was due")
            .baseUnit("seconds")
            .register(registry);
    deliveries =
        MultiGauge.builder("facteur.deliveries")
            .description("Deliveries that wait for a person, or for another attempt")
            .register(registry);
  }

  /** Looks at the ledger again; by indexes only, whatever has ended. */
  public synchronized void refresh() {
    if (transmissions == null) {
      return;
    }
    List<Waiting> waiting = waiting();
    transmissions.register(
        waiting.stream()
            .map(row -> MultiGauge.Row.of(tags(row.channel(), row.state()), row.count()))
            .toList(),
        true);
    Set<String> channels = routes.channels();
    undeclared.register(
        waiting.stream()
            .filter(row -> !row.state().equals("CLAIMED") && !channels.contains(row.channel()))
            .map(row -> MultiGauge.Row.of(tags(row.channel(), row.state()), row.count()))
            .toList(),
        true);
    late.register(
        waiting.stream()
            .filter(row -> row.state().equals("WAITING"))
            .map(row -> MultiGauge.Row.of(Tags.of("channel", row.channel()), row.lateSeconds()))
            .toList(),
        true);
    deliveries.register(
        unclear().stream()
            .map(row -> MultiGauge.Row.of(tags(row.channel(), row.state()), row.count()))
            .toList(),
        true);
  }

  private static Tags tags(String channel, String state) {
    return Tags.of("channel", channel, "state", state);
  }

  private List<Waiting> waiting() {
    return jdbc.sql(
            """
            SELECT channel, state, COUNT(*) AS many,
                   GREATEST(TIMESTAMPDIFF(MICROSECOND, MIN(due_at), UTC_TIMESTAMP(6)), 0) / 1e6 AS late
            FROM transmission WHERE state IN ('WAITING', 'CLAIMED', 'PAUSED')
            GROUP BY channel, state
            """)
        .query(
            (row, i) ->
                new Waiting(
                    row.getString("channel"),
                    row.getString("state"),
                    row.getLong("many"),
                    row.getDouble("late")))
        .list();
  }

  private List<Unclear> unclear() {
    return jdbc.sql(
            """
            SELECT channel, 'UNCERTAIN' AS state, COUNT(*) AS many
            FROM delivery WHERE state = 'UNCERTAIN' GROUP BY channel
            UNION ALL
            SELECT channel, 'RETRYING', COUNT(*)
            FROM delivery WHERE state = 'FAILED' AND retry_at IS NOT NULL GROUP BY channel
            """)
        .query(
            (row, i) ->
                new Unclear(row.getString("channel"), row.getString("state"), row.getLong("many")))
        .list();
  }
}
