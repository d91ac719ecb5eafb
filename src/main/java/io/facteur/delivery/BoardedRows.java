package io.facteur.delivery;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.facteur.contract.Domain;
import io.facteur.contract.Role;
import io.facteur.dispatch.RouteKey;
import io.facteur.document.DocumentId;
import io.facteur.document.RunId;
import io.facteur.party.EmailAddress;
import io.facteur.party.Mailboxes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads what transmissions carry, and tells whether what was read still holds. */
@Component
class BoardedRows {

  /**
   * Over all that decides who a transmission goes to but the suspended addresses, and what else of
   * its delivery may change: whatever {@link RecipientsNow} takes into account stands here.
   */
  private static final String STAMP =
      """
      MD5(JSON_ARRAY(
        v.given_mailboxes, v.format, v.language, v.template, v.is_copy,
        d.issue_date, d.buyer, d.deliver_to, d.own_billing_address, d.own_delivery_address,
        d.print_queue,
        c.version, c.general_email, c.paperless_refused, c.erased_at,
        r.version, r.general_email, r.paperless_refused, r.erased_at,
        (SELECT GROUP_CONCAT(a.contact_id, ' ', a.id, ' ', t.document_type
            ORDER BY a.id, t.document_type)
          FROM contact_document_address a
          JOIN contact_document_address_type t ON t.document_address_id = a.id
          WHERE a.contact_id IN (c.id, r.id)),
        (SELECT GROUP_CONCAT(a.id, ' ', m.field, ' ', m.position, ' ', m.address
            ORDER BY a.id, m.field, m.position)
          FROM contact_document_address a
          JOIN contact_document_mailbox m ON m.document_address_id = a.id
          WHERE a.contact_id IN (c.id, r.id)),
        (SELECT GROUP_CONCAT(a.contact_id, ' ', a.position, ' ', a.address
            ORDER BY a.contact_id, a.position)
          FROM contact_reminder_address a WHERE a.contact_id IN (c.id, r.id)),
        (SELECT GROUP_CONCAT(a.role, ' ', a.kind, ' ', a.source, ' ', a.set_at, ' ',
            COALESCE(m.field, ''), ' ', COALESCE(m.position, ''), ' ', COALESCE(m.address, '')
            ORDER BY a.role, a.kind, m.field, m.position)
          FROM document_addressing a
          LEFT JOIN document_mailbox m
            ON m.document_id = a.document_id AND m.role = a.role AND m.kind = a.kind
          WHERE a.document_id = d.id)))
      """;

  private static final String STAMPED =
      """
      FROM delivery v
      JOIN document d ON d.id = v.document_id
      JOIN contact c ON c.id = d.contact_id
      LEFT JOIN contact r ON r.id = d.delivery_contact_id
      """;

  /**
   * Condition for a statement on one transmission, with {@link #parameters}. Read committed, it
   * locks nothing of what it reads.
   */
  static final String STILL_HOLDS =
      " AND :stamp = (SELECT "
          + STAMP
          + STAMPED
          + """
            WHERE v.transmission_id = :id ORDER BY v.id LIMIT 1)
          AND NOT EXISTS (
            SELECT 1 FROM document d
            JOIN suspended_address s ON s.company_id = d.company_id AND s.address_key IN (:addresses)
            WHERE d.id = :document)
          """;

  private final JdbcClient jdbc;
  private final LedgerJson json;

  BoardedRows(JdbcClient jdbc, LedgerJson json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /** Those of {@link #STILL_HOLDS} but the transmission's id. */
  static Map<String, Object> parameters(Foreseen foreseen) {
    List<String> addresses = foreseen.addresses().stream().map(EmailAddress::key).toList();
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("stamp", foreseen.stamp());
    parameters.put("document", foreseen.boarded().items().get(0).document().value());
    parameters.put("addresses", addresses.isEmpty() ? List.of("") : addresses);
    return parameters;
  }

  /** The stamps of transmissions with one delivery each. */
  Map<TransmissionId, String> stamps(Collection<TransmissionId> ids) {
    Map<TransmissionId, String> stamps = new HashMap<>();
    jdbc.sql(
            "SELECT v.transmission_id, "
                + STAMP
                + " AS stamp "
                + STAMPED
                + "WHERE v.transmission_id IN (:ids)")
        .param("ids", ids.stream().map(TransmissionId::value).toList())
        .query(
            row -> {
              stamps.put(
                  new TransmissionId(row.getLong("transmission_id")), row.getString("stamp"));
            });
    return stamps;
  }

  Boarded one(TransmissionId id) {
    return all(List.of(id)).stream()
        .findFirst()
        .orElseThrow(
            () -> new IllegalStateException("transmission " + id.value() + " carries no delivery"));
  }

  /** In the order of their ids; one query, whatever the number. */
  List<Boarded> all(Collection<TransmissionId> ids) {
    return jdbc
        .sql(
            """
            SELECT d.id, d.revision, d.document_id, doc.number, d.domain, d.channel, d.role,
                   d.individual_address, d.given_mailboxes, d.format, d.language, d.template, d.is_copy,
                   t.id AS transmission, t.attempts, t.file_name, doc.print_queue, doc.run_id
            FROM transmission t
            JOIN delivery d ON d.transmission_id = t.id
            JOIN document doc ON doc.id = d.document_id
            WHERE t.id IN (:ids)
            ORDER BY t.id, d.id
            """)
        .param("ids", ids.stream().map(TransmissionId::value).toList())
        .query((rs, n) -> row(rs))
        .list()
        .stream()
        .collect(groupingBy(Boarded::id, LinkedHashMap::new, toList()))
        .values()
        .stream()
        .map(BoardedRows::together)
        .toList();
  }

  private static Boarded together(List<Boarded> each) {
    Boarded first = each.get(0);
    return new Boarded(
        first.id(),
        first.route(),
        first.run(),
        first.individual(),
        first.given(),
        first.attempt(),
        first.fileName(),
        first.printQueue(),
        each.stream().map(one -> one.items().get(0)).toList());
  }

  private Boarded row(ResultSet rs) throws SQLException {
    String individual = rs.getString("individual_address");
    Long run = rs.getObject("run_id", Long.class);
    return new Boarded(
        new TransmissionId(rs.getLong("transmission")),
        new RouteKey(
            Domain.valueOf(rs.getString("domain")),
            rs.getString("channel"),
            Role.valueOf(rs.getString("role"))),
        run == null ? null : new RunId(run),
        individual == null ? null : EmailAddress.kept(individual),
        json.read(rs.getString("given_mailboxes"), Mailboxes.class),
        rs.getInt("attempts"),
        rs.getString("file_name"),
        rs.getString("print_queue"),
        List.of(
            new Shipment.Item(
                new DeliveryId(rs.getLong("id")),
                rs.getInt("revision"),
                new DocumentId(rs.getLong("document_id")),
                rs.getString("number"),
                rs.getString("format"),
                rs.getString("language"),
                rs.getString("template"),
                rs.getBoolean("is_copy"),
                false)));
  }
}
