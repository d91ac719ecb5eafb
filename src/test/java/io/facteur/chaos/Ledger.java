package io.facteur.chaos;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the product says that it has done, when everything has come to rest. */
record Ledger(List<Contract> contracts, List<Document> documents, List<Delivery> deliveries) {

  /**
   * A contract that was to be billed once.
   *
   * @param origins of the deliveries that its dispatch definitions ask for
   */
  record Contract(long id, Set<String> origins) {}

  /**
   * A document.
   *
   * @param series company, series and year of its number
   * @param sequence null for a draft
   */
  record Document(long id, long contract, String state, String series, Long sequence) {}

  /**
   * A delivery with its transmission.
   *
   * @param retry whether it will be tried again
   * @param transmission null for one that was never queued
   */
  record Delivery(
      long id,
      long document,
      String origin,
      int revision,
      String channel,
      String role,
      String state,
      boolean retry,
      String reason,
      Long transmission,
      String transmissionState,
      String messageId,
      String file,
      String sha256) {

    /** Transmission and revision, as in its Message-ID. */
    String key() {
      return "t" + transmission + ".r" + revision;
    }

    boolean isFallback() {
      return origin.startsWith("fallback:");
    }

    boolean mail() {
      return channel.equals("EMAIL");
    }
  }

  static Ledger read(JdbcClient jdbc) {
    Map<Long, Set<String>> origins =
        jdbc
            .sql("SELECT contract_id, CONCAT('definition:', id) FROM dispatch_definition")
            .query((row, n) -> Map.entry(row.getLong(1), row.getString(2)))
            .list()
            .stream()
            .collect(
                Collectors.groupingBy(
                    Map.Entry::getKey,
                    Collectors.mapping(Map.Entry::getValue, Collectors.toSet())));
    List<Contract> contracts =
        jdbc.sql("SELECT id FROM contract ORDER BY id")
            .query((row, n) -> new Contract(row.getLong(1), origins.get(row.getLong(1))))
            .list();
    List<Document> documents =
        jdbc.sql(
                """
                SELECT id, contract_id, state, CONCAT_WS('/', company_id, series, series_year) AS series,
                       sequence
                FROM document ORDER BY id
                """)
            .query(
                (row, n) ->
                    new Document(
                        row.getLong("id"),
                        row.getLong("contract_id"),
                        row.getString("state"),
                        row.getString("series"),
                        row.getObject("sequence", Long.class)))
            .list();
    List<Delivery> deliveries =
        jdbc.sql(
                """
                SELECT d.*, t.state AS transmission_state, t.message_id, t.file_name, t.file_sha256
                FROM delivery d LEFT JOIN transmission t ON t.id = d.transmission_id ORDER BY d.id
                """)
            .query(
                (row, n) ->
                    new Delivery(
                        row.getLong("id"),
                        row.getLong("document_id"),
                        row.getString("origin"),
                        row.getInt("revision"),
                        row.getString("channel"),
                        row.getString("role"),
                        row.getString("state"),
                        row.getObject("retry_at") != null,
                        row.getString("reason"),
                        row.getObject("transmission_id", Long.class),
                        row.getString("transmission_state"),
                        row.getString("message_id"),
                        row.getString("file_name"),
                        row.getString("file_sha256")))
            .list();
    return new Ledger(contracts, documents, deliveries);
  }
}
