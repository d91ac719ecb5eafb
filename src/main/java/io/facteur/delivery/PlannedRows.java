package io.facteur.delivery;

import io.facteur.dispatch.PlannedDelivery;
import io.facteur.document.DocumentId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Writes planned deliveries with the transmissions that will carry them: a constant number of
 * statements however many there are. What is written here is the queue.
 */
@Component
class PlannedRows {

  private static final String INSERT =
      """
      INSERT INTO delivery (document_id, origin, revision, transmission_id, domain, channel, role,
        individual_address, format, language, template, is_copy, reaches, state, reason, actor,
        given_mailboxes)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private final JdbcTemplate jdbc;

  PlannedRows(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  private record Row(
      DocumentId document, PlannedDelivery delivery, Long transmission, String given) {}

  void insert(DocumentId document, List<PlannedDelivery> deliveries, String actor) {
    insert(Map.of(document, deliveries), actor);
  }

  /** Writes the first revision of each delivery. */
  void insert(Map<DocumentId, List<PlannedDelivery>> plans, String actor) {
    List<PlannedDelivery> carried =
        plans.values().stream().flatMap(List::stream).filter(d -> !d.isSkipped()).toList();
    List<Long> transmissions =
        newTransmissions(
            carried.stream().map(d -> d.route().channel()).toList(),
            carried.stream().map(d -> d.route().toString()).toList());
    var next = transmissions.iterator();
    List<Row> rows = new ArrayList<>();
    plans.forEach(
        (document, deliveries) ->
            deliveries.forEach(
                d -> rows.add(new Row(document, d, d.isSkipped() ? null : next.next(), null))));
    jdbc.batchUpdate(INSERT, rows, 500, (statement, row) -> bind(statement, row, actor));
  }

  /**
   * Writes a delivery that somebody sends by hand.
   *
   * @param given JSON of the addresses that it alone goes to; null: by the rules
   * @throws DuplicateKeyException if the document has one of that origin
   */
  DeliveryId insertManual(
      DocumentId document, PlannedDelivery delivery, String given, String actor) {
    long transmission =
        newTransmissions(List.of(delivery.route().channel()), List.of(delivery.route().toString()))
            .get(0);
    Row row = new Row(document, delivery, transmission, given);
    jdbc.batchUpdate(INSERT, List.of(row), 1, (statement, one) -> bind(statement, one, actor));
    return jdbc.queryForObject(
        "SELECT id FROM delivery WHERE transmission_id = ?",
        (rs, i) -> new DeliveryId(rs.getLong(1)),
        transmission);
  }

  /** Makes waiting transmissions, one for each entry, in the order given. */
  List<Long> newTransmissions(List<String> channels, List<String> routes) {
    List<Long> ids = new ArrayList<>();
    for (int from = 0; from < channels.size(); from += 500) {
      int to = Math.min(from + 500, channels.size());
      String values =
          channels.subList(from, to).stream()
              .map(c -> "(?, ?, 'WAITING', UTC_TIMESTAMP(6))")
              .collect(Collectors.joining(", "));
      List<Object> parameters = new ArrayList<>();
      for (int i = from; i < to; i++) {
        parameters.add(channels.get(i));
        parameters.add(routes.get(i));
      }
      ids.addAll(
          jdbc.query(
              "INSERT INTO transmission (channel, route, state, due_at) VALUES "
                  + values
                  + " RETURNING id",
              PlannedRows::id,
              parameters.toArray()));
    }
    return ids;
  }

  private static Long id(ResultSet rs, int row) throws SQLException {
    return rs.getLong(1);
  }

  private static void bind(PreparedStatement statement, Row row, String actor) throws SQLException {
    PlannedDelivery d = row.delivery();
    statement.setLong(1, row.document().value());
    statement.setString(2, d.origin());
    statement.setInt(3, 1);
    if (row.transmission() == null) {
      statement.setNull(4, Types.BIGINT);
    } else {
      statement.setLong(4, row.transmission());
    }
    statement.setString(5, d.route().domain().name());
    statement.setString(6, d.route().channel());
    statement.setString(7, d.route().role().name());
    statement.setString(8, d.individual() == null ? null : d.individual().value());
    statement.setString(9, d.format());
    statement.setString(10, d.language());
    statement.setString(11, d.template());
    statement.setBoolean(12, d.copy());
    statement.setBoolean(13, d.reaches());
    statement.setString(14, (d.isSkipped() ? DeliveryState.SKIPPED : DeliveryState.QUEUED).name());
    statement.setString(15, LedgerRows.cut(d.skipReason()));
    statement.setString(16, actor);
    statement.setString(17, row.given());
  }
}
