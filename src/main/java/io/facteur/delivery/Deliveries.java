package io.facteur.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import io.facteur.contract.Domain;
import io.facteur.contract.Role;
import io.facteur.delivery.DeliveryView.TransmissionView;
import io.facteur.dispatch.Recipient;
import io.facteur.document.DocumentId;
import io.facteur.party.Listing;
import io.facteur.party.Page;
import io.facteur.party.Paging;
import io.facteur.party.Refusal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads deliveries with what is known of them; changes nothing. */
@Repository
public class Deliveries {

  private static final Map<String, String> SORTABLE =
      Map.of(
          "id", "v.id",
          "document", "d.number",
          "channel", "v.channel",
          "role", "v.role",
          "state", "v.state",
          "createdAt", "v.created_at",
          "changedAt", "v.changed_at");

  private static final String FROM =
      """
      delivery v JOIN document d ON d.id = v.document_id
      LEFT JOIN transmission t ON t.id = v.transmission_id
      """;

  private static final String COLUMNS =
      """
      v.id, v.document_id, d.number, v.origin, v.revision, v.domain, v.channel, v.role, v.individual_address,
      COALESCE(v.chosen_format, v.format) AS format, v.language, v.template, v.is_copy, v.recipient, v.state, v.retry_at, v.reason, v.evidence,
      v.created_at, v.changed_at, v.transmission_id, t.attempts, t.message_id, t.file_name, t.file_sha256
      """;

  private final JdbcClient jdbc;
  private final LedgerJson json;

  Deliveries(JdbcClient jdbc, LedgerJson json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /** Sortable by id, document, channel, role, state, createdAt and changedAt. */
  public Page<DeliveryView> list(DeliveryQuery query, Paging paging) {
    return filtered(query).page(jdbc, COLUMNS, paging, (row, i) -> view(row));
  }

  /** All deliveries of a document, in the order in which they were planned. */
  public List<DeliveryView> of(DocumentId document) {
    return jdbc.sql(
            "SELECT "
                + COLUMNS
                + " FROM "
                + FROM
                + " WHERE v.document_id = :document ORDER BY v.id")
        .param("document", document.value())
        .query((row, i) -> view(row))
        .list();
  }

  /**
   * The delivery of that id.
   *
   * @throws Refusal if there is none
   */
  public DeliveryView get(DeliveryId id) {
    return jdbc.sql("SELECT " + COLUMNS + " FROM " + FROM + " WHERE v.id = :id")
        .param("id", id.value())
        .query((row, i) -> view(row))
        .optional()
        .orElseThrow(() -> Refusal.notFound("delivery", String.valueOf(id.value())));
  }

  /** Everything that has happened to a delivery, the oldest first. */
  public List<DeliveryEvent> history(DeliveryId id) {
    return jdbc.sql(
            """
            SELECT at, state, retry_at, actor, reason, evidence
            FROM delivery_event WHERE delivery_id = :id ORDER BY id
            """)
        .param("id", id.value())
        .query(
            (row, i) ->
                new DeliveryEvent(
                    instant(row, "at"),
                    DeliveryState.valueOf(row.getString("state")),
                    instant(row, "retry_at"),
                    row.getString("actor"),
                    row.getString("reason"),
                    evidence(row.getString("evidence"))))
        .list();
  }

  private static Listing filtered(DeliveryQuery query) {
    return new Listing(FROM, "v.id", SORTABLE)
        .where(
            "v.document_id = :document",
            "document",
            query.document() == null ? null : query.document().value())
        .where("v.state = :state", "state", query.state() == null ? null : query.state().name())
        .where("v.channel = :channel", "channel", query.channel())
        .where("v.role = :role", "role", query.role() == null ? null : query.role().name())
        .where("d.run_id = :run", "run", query.run() == null ? null : query.run().value())
        .ofCompanies(query.companies(), "d.company_id");
  }

  private DeliveryView view(ResultSet row) throws SQLException {
    return new DeliveryView(
        new DeliveryId(row.getLong("id")),
        new DocumentId(row.getLong("document_id")),
        row.getString("number"),
        row.getString("origin"),
        row.getInt("revision"),
        Domain.valueOf(row.getString("domain")),
        row.getString("channel"),
        Role.valueOf(row.getString("role")),
        row.getString("individual_address"),
        row.getString("format"),
        row.getString("language"),
        row.getString("template"),
        row.getBoolean("is_copy"),
        json.read(row.getString("recipient"), Recipient.class),
        DeliveryState.valueOf(row.getString("state")),
        instant(row, "retry_at"),
        row.getString("reason"),
        evidence(row.getString("evidence")),
        instant(row, "created_at"),
        instant(row, "changed_at"),
        transmission(row));
  }

  private static TransmissionView transmission(ResultSet row) throws SQLException {
    long id = row.getLong("transmission_id");
    return row.wasNull()
        ? null
        : new TransmissionView(
            new TransmissionId(id),
            row.getInt("attempts"),
            row.getString("message_id"),
            row.getString("file_name"),
            row.getString("file_sha256"));
  }

  private Map<String, String> evidence(String text) {
    Map<String, String> evidence = new TreeMap<>();
    if (text != null) {
      json.read(text, JsonNode.class)
          .properties()
          .forEach(one -> evidence.put(one.getKey(), one.getValue().asText()));
    }
    return evidence;
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    LocalDateTime utc = row.getObject(column, LocalDateTime.class);
    return utc == null ? null : utc.toInstant(ZoneOffset.UTC);
  }
}
