package io.facteur.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.facteur.document.RunId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.stereotype.Service;

/**
 * The complete report of a run as CSV (RFC 4180): a row for each delivery with its recipient, for
 * each document without any, and for each problem. Rows are read and written one after the other,
 * so that the largest run takes no more memory than the smallest.
 */
@Service
public class RunCsv {

  private static final int FETCH_SIZE = 500;

  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180
          .builder()
          .setHeader(
              "document",
              "type",
              "contract",
              "contact",
              "issue_date",
              "currency",
              "payable",
              "channel",
              "role",
              "copy",
              "state",
              "retry_at",
              "reason",
              "recipient",
              "message_id",
              "changed_at",
              "problem",
              "periods",
              "confirmed_at",
              "confirmed_by")
          .get();

  private static final String ROWS =
      """
      SELECT COALESCE(d.number, CONCAT('draft ', d.id)) AS document, d.type, k.number AS contract,
             c.code AS contact, d.issue_date, d.currency, d.payable_amount, v.channel, v.role, v.is_copy,
             COALESCE(v.state, IF(d.state = 'DRAFT', 'DRAFT', 'NO_DELIVERY')) AS state, v.retry_at,
             v.reason, v.recipient, t.message_id, v.changed_at
      FROM document d
      JOIN contact c ON c.id = d.contact_id
      LEFT JOIN contract k ON k.id = d.contract_id
      LEFT JOIN delivery v ON v.document_id = d.id
      LEFT JOIN transmission t ON t.id = v.transmission_id
      WHERE d.run_id = ?
      ORDER BY d.id, v.id
      """;

  private static final String PROBLEMS =
      """
      SELECT k.number AS contract, p.kind, p.periods, p.reason, p.confirmed_at, p.confirmed_by
      FROM run_problem p LEFT JOIN contract k ON k.id = p.contract_id
      WHERE p.run_id = ?
      ORDER BY p.id
      """;

  private final JdbcTemplate jdbc;
  private final ObjectMapper json;

  RunCsv(DataSource database, ObjectMapper json) {
    this.jdbc = new JdbcTemplate(database);
    this.jdbc.setFetchSize(FETCH_SIZE);
    this.json = json;
  }

  /**
   * Writes the report; what it is written to stays open. Times are UTC.
   *
   * @throws UncheckedIOException if it cannot be written
   */
  public void write(RunId run, Appendable out) {
    try {
      CSVPrinter csv = new CSVPrinter(out, FORMAT);
      RowCallbackHandler deliveries = row -> printed(csv, deliveryRow(row));
      RowCallbackHandler problems = row -> printed(csv, problemRow(row));
      jdbc.query(ROWS, deliveries, run.value());
      jdbc.query(PROBLEMS, problems, run.value());
      csv.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void printed(CSVPrinter csv, List<String> row) {
    try {
      csv.printRecord(row.stream().map(CsvCell::safe).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> deliveryRow(ResultSet row) throws SQLException {
    List<String> cells = new ArrayList<>();
    for (String column :
        List.of(
            "document",
            "type",
            "contract",
            "contact",
            "issue_date",
            "currency",
            "payable_amount",
            "channel",
            "role")) {
      cells.add(row.getString(column));
    }
    String copy = row.getString("is_copy");
    cells.add(copy == null ? null : row.getBoolean("is_copy") ? "copy" : "original");
    cells.add(row.getString("state"));
    cells.add(time(row, "retry_at"));
    cells.add(row.getString("reason"));
    cells.add(recipient(row.getString("recipient")));
    cells.add(row.getString("message_id"));
    cells.add(time(row, "changed_at"));
    cells.addAll(Collections.nCopies(4, null));
    return cells;
  }

  private static List<String> problemRow(ResultSet row) throws SQLException {
    List<String> cells = new ArrayList<>(Collections.nCopies(16, null));
    cells.set(2, row.getString("contract"));
    cells.set(10, problemState(row));
    cells.set(12, row.getString("reason"));
    cells.add(row.getString("kind"));
    cells.add(row.getString("periods"));
    cells.add(time(row, "confirmed_at"));
    cells.add(row.getString("confirmed_by"));
    return cells;
  }

  /** ISO 8601, as in the JSON of the REST interface. */
  private static String time(ResultSet row, String column) throws SQLException {
    LocalDateTime utc = row.getObject(column, LocalDateTime.class);
    return utc == null ? null : utc.toInstant(ZoneOffset.UTC).toString();
  }

  private static String problemState(ResultSet row) throws SQLException {
    if (row.getString("confirmed_at") != null) {
      return "CONFIRMED";
    }
    return row.getString("contract") == null ? "PROBLEM" : "HELD";
  }

  /** To whom it went: mailboxes, else the network's endpoint, else the postal address. */
  private String recipient(String frozen) {
    if (frozen == null) {
      return null;
    }
    JsonNode recipient = parsed(frozen);
    List<String> mailboxes =
        Stream.of("to", "cc", "bcc").flatMap(field -> texts(recipient.path(field))).toList();
    if (!mailboxes.isEmpty()) {
      return String.join("; ", mailboxes);
    }
    JsonNode endpoint = recipient.path("endpoint");
    if (endpoint.hasNonNull("id")) {
      return endpoint.path("scheme").asText() + ":" + endpoint.path("id").asText();
    }
    JsonNode postal = recipient.path("postal");
    JsonNode address = postal.path("address");
    return String.join(
        ", ",
        Stream.of(
                postal.path("name"),
                address.path("street"),
                address.path("postcode"),
                address.path("city"),
                address.path("country"))
            .map(JsonNode::asText)
            .filter(part -> !part.isBlank() && !part.equals("null"))
            .toList());
  }

  private JsonNode parsed(String frozen) {
    try {
      return json.readTree(frozen);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a frozen recipient in the database is not JSON", e);
    }
  }

  private static Stream<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(node -> texts.add(node.asText()));
    return texts.stream();
  }
}
