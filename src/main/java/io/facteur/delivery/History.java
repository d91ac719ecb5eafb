package io.facteur.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import io.facteur.contract.Role;
import io.facteur.delivery.HistoryEntry.Change;
import io.facteur.delivery.HistoryEntry.Dispatch;
import io.facteur.document.DocumentId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Iterator;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/**
 * The audit trail: every change of a delivery and of data, in the order of time. Read row by row,
 * so that a year takes no more memory than a day.
 */
@Repository
public class History {

  private static final int FETCH_SIZE = 500;

  // Along the indexes of time, whatever the optimizer thinks: otherwise the server would sort it
  // all.
  private static final String DISPATCHES =
      """
      SELECT e.at, e.actor, e.state, e.retry_at, e.reason, e.evidence, v.id, v.channel, v.role,
             d.id AS document_id, d.number
      FROM delivery_event e FORCE INDEX (delivery_event_at)
      STRAIGHT_JOIN delivery v ON v.id = e.delivery_id
      STRAIGHT_JOIN document d ON d.id = v.document_id
      WHERE e.at >= ? AND e.at < ?
      ORDER BY e.at, e.id
      """;

  private static final String CHANGES =
      """
      SELECT at, actor, action, subject, old_values, new_values
      FROM audit_event FORCE INDEX (audit_event_at)
      WHERE at >= ? AND at < ?
      ORDER BY at, id
      """;

  private final JdbcTemplate jdbc;
  private final LedgerJson json;

  History(DataSource database, LedgerJson json) {
    this.jdbc = new JdbcTemplate(database);
    this.jdbc.setFetchSize(FETCH_SIZE);
    this.json = json;
  }

  /**
   * Reads what has happened in that time, the oldest first.
   *
   * @param from included
   * @param to not included
   */
  public void read(Instant from, Instant to, Consumer<HistoryEntry> reader) {
    LocalDateTime first = LocalDateTime.ofInstant(from, ZoneOffset.UTC);
    LocalDateTime end = LocalDateTime.ofInstant(to, ZoneOffset.UTC);
    try (Stream<HistoryEntry> changes =
            jdbc.queryForStream(CHANGES, (row, i) -> change(row), first, end);
        Stream<HistoryEntry> dispatches =
            jdbc.queryForStream(DISPATCHES, (row, i) -> dispatch(row), first, end)) {
      merge(changes.iterator(), dispatches.iterator(), reader);
    }
  }

  private static void merge(
      Iterator<HistoryEntry> some, Iterator<HistoryEntry> others, Consumer<HistoryEntry> reader) {
    HistoryEntry one = next(some);
    HistoryEntry other = next(others);
    while (one != null || other != null) {
      boolean first = other == null || (one != null && !one.at().isAfter(other.at()));
      reader.accept(first ? one : other);
      if (first) {
        one = next(some);
      } else {
        other = next(others);
      }
    }
  }

  private static HistoryEntry next(Iterator<HistoryEntry> entries) {
    return entries.hasNext() ? entries.next() : null;
  }

  private HistoryEntry change(ResultSet row) throws SQLException {
    return new HistoryEntry(
        instant(row, "at"),
        row.getString("actor"),
        row.getString("action"),
        row.getString("subject"),
        null,
        new Change(tree(row, "old_values"), tree(row, "new_values")));
  }

  private HistoryEntry dispatch(ResultSet row) throws SQLException {
    DeliveryState state = DeliveryState.valueOf(row.getString("state"));
    return new HistoryEntry(
        instant(row, "at"),
        row.getString("actor"),
        "delivery." + state.name().toLowerCase(Locale.ROOT),
        "delivery:" + row.getLong("id"),
        new Dispatch(
            new DocumentId(row.getLong("document_id")),
            row.getString("number"),
            row.getString("channel"),
            Role.valueOf(row.getString("role")),
            state,
            instant(row, "retry_at"),
            row.getString("reason"),
            tree(row, "evidence")),
        null);
  }

  private JsonNode tree(ResultSet row, String column) throws SQLException {
    return json.read(row.getString(column), JsonNode.class);
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    LocalDateTime utc = row.getObject(column, LocalDateTime.class);
    return utc == null ? null : utc.toInstant(ZoneOffset.UTC);
  }
}
