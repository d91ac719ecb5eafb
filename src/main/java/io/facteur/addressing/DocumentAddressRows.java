package io.facteur.addressing;

import io.facteur.addressing.OnDocument.Source;
import io.facteur.addressing.OnDocument.Stand;
import io.facteur.contract.Role;
import io.facteur.document.DocumentId;
import io.facteur.document.DocumentType;
import io.facteur.party.ContactId;
import io.facteur.party.EmailAddress;
import io.facteur.party.Mailboxes;
import io.facteur.party.Refusal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Addresses that stand on documents themselves, because they do not simply follow a contact. */
@Repository
class DocumentAddressRows {

  private final JdbcClient jdbc;
  private final JdbcTemplate batches;

  DocumentAddressRows(JdbcClient jdbc, JdbcTemplate batches) {
    this.jdbc = jdbc;
    this.batches = batches;
  }

  /** One address of one role of a document. */
  record Place(DocumentId document, Role role, AddressKind kind) {
    static Place of(ResultSet row) throws SQLException {
      return new Place(
          new DocumentId(row.getLong("document_id")),
          Role.valueOf(row.getString("role")),
          AddressKind.valueOf(row.getString("kind")));
    }
  }

  private static final class Gathered {
    private final Source source;
    private final String by;
    private final Instant at;
    private final List<EmailAddress> to = new ArrayList<>();
    private final List<EmailAddress> cc = new ArrayList<>();
    private final List<EmailAddress> bcc = new ArrayList<>();

    private Gathered(ResultSet row) throws SQLException {
      source = Source.valueOf(row.getString("source"));
      by = row.getString("set_by");
      at = row.getObject("set_at", LocalDateTime.class).toInstant(ZoneOffset.UTC);
    }

    private void add(String field, EmailAddress address) {
      switch (field) {
        case "TO" -> to.add(address);
        case "CC" -> cc.add(address);
        default -> bcc.add(address);
      }
    }

    private Stand stand() {
      return new Stand(new Mailboxes(to, cc, bcc), source, by, at);
    }
  }

  /** In one query; documents that say nothing are left out. */
  OnDocuments load(Collection<DocumentId> documents) {
    if (documents.isEmpty()) {
      return OnDocuments.NONE;
    }
    Map<Place, Gathered> gathered = new LinkedHashMap<>();
    jdbc.sql(
            """
            SELECT a.document_id, a.role, a.kind, a.source, a.set_by, a.set_at, m.field, m.address
            FROM document_addressing a
            LEFT JOIN document_mailbox m
              ON m.document_id = a.document_id AND m.role = a.role AND m.kind = a.kind
            WHERE a.document_id IN (:ids)
            ORDER BY a.document_id, a.role, a.kind, m.field, m.position
            """)
        .param("ids", documents.stream().map(DocumentId::value).toList())
        .query(
            row -> {
              Place place = Place.of(row);
              Gathered one = gathered.get(place);
              if (one == null) {
                one = new Gathered(row);
                gathered.put(place, one);
              }
              if (row.getString("field") != null) {
                one.add(row.getString("field"), EmailAddress.kept(row.getString("address")));
              }
            });
    Map<OnDocuments.Key, OnDocument> all = new LinkedHashMap<>();
    gathered.forEach(
        (place, one) ->
            all.merge(
                new OnDocuments.Key(place.document(), place.role()),
                place.kind() == AddressKind.DOCUMENT
                    ? new OnDocument(one.stand(), null)
                    : new OnDocument(null, one.stand()),
                OnDocument::and));
    return new OnDocuments(all);
  }

  /**
   * Who takes part in a document.
   *
   * @param contact in role CONTRACTING_PARTY
   * @param deliveryContact null if none; it may be delivered to an address of its own none the less
   */
  record Parties(
      DocumentId id,
      DocumentType type,
      String name,
      ContactId contact,
      ContactId deliveryContact,
      boolean delivered) {}

  Parties parties(DocumentId document) {
    return jdbc.sql(
            """
            SELECT id, type, COALESCE(number, id) AS name, contact_id, delivery_contact_id,
                   deliver_to IS NOT NULL AS delivered
            FROM document WHERE id = :id
            """)
        .param("id", document.value())
        .query(
            (row, i) -> {
              Long delivery = row.getObject("delivery_contact_id", Long.class);
              return new Parties(
                  document,
                  DocumentType.valueOf(row.getString("type")),
                  row.getString("name"),
                  new ContactId(row.getLong("contact_id")),
                  delivery == null ? null : new ContactId(delivery),
                  row.getBoolean("delivered"));
            })
        .optional()
        .orElseThrow(() -> Refusal.notFound("document", String.valueOf(document.value())));
  }

  void lock(DocumentId document) {
    jdbc.sql("SELECT id FROM document WHERE id = :id FOR UPDATE")
        .param("id", document.value())
        .query(row -> {});
  }

  /** Puts addresses on a document in place of those that stand there. */
  void put(Place place, Source source, Mailboxes mailboxes, String by) {
    remove(place.document(), place.role(), place.kind());
    jdbc.sql(
            """
            INSERT INTO document_addressing (document_id, role, kind, source, set_by)
            VALUES (:document, :role, :kind, :source, :by)
            """)
        .param("document", place.document().value())
        .param("role", place.role().name())
        .param("kind", place.kind().name())
        .param("source", source.name())
        .param("by", by)
        .update();
    List<Object[]> rows = new ArrayList<>();
    add(rows, place, "TO", mailboxes.to());
    add(rows, place, "CC", mailboxes.cc());
    add(rows, place, "BCC", mailboxes.bcc());
    batches.batchUpdate(
        """
        INSERT INTO document_mailbox (document_id, role, kind, field, position, address)
        VALUES (?, ?, ?, ?, ?, ?)
        """,
        rows);
  }

  private static void add(
      List<Object[]> rows, Place place, String field, List<EmailAddress> addresses) {
    for (int i = 0; i < addresses.size(); i++) {
      rows.add(
          new Object[] {
            place.document().value(),
            place.role().name(),
            place.kind().name(),
            field,
            i,
            addresses.get(i).value()
          });
    }
  }

  /** From now on the document follows its contact. */
  void remove(DocumentId document, Role role, AddressKind kind) {
    jdbc.sql(
            """
            DELETE FROM document_addressing
            WHERE document_id = :document AND role = :role AND kind = :kind
            """)
        .param("document", document.value())
        .param("role", role.name())
        .param("kind", kind.name())
        .update();
  }
}
