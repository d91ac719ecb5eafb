package io.facteur.addressing;

import io.facteur.addressing.AddressEffects.Group;
import io.facteur.document.DocumentType;
import io.facteur.party.AddressUse;
import io.facteur.party.Contact;
import io.facteur.party.EmailAddress;
import io.facteur.party.Mailboxes;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The documents of a contact, in whichever role it stands on them, that a change of its addresses
 * concerns. The number of statements does not depend on that of documents.
 */
@Repository
class FollowingDocuments {

  /** Documents of one contact and role; several roles are told apart by the column. */
  private static final String MINE =
      """
      WITH mine AS (
        SELECT id, number, 'CONTRACTING_PARTY' AS role FROM document
        WHERE company_id = :company AND contact_id = :contact AND type IN (:types)
          AND NOT (id = :except AND :exceptRole = 'CONTRACTING_PARTY')
        UNION ALL
        SELECT id, number, 'DELIVERY_ADDRESS' AS role FROM document
        WHERE company_id = :company AND delivery_contact_id = :contact AND type IN (:types)
          AND NOT (id = :except AND :exceptRole = 'DELIVERY_ADDRESS'))
      """;

  private static final String WITH_ADDRESSING =
      """
       FROM mine m LEFT JOIN document_addressing a
         ON a.document_id = m.id AND a.role = m.role AND a.kind = :kind
      """;

  /** What is set by hand on a document holds for its reminders as well (ADDR-2a). */
  private static final String SHADOWED =
      """
      (:kind = 'REMINDER' AND EXISTS (
        SELECT 1 FROM document_addressing h
        WHERE h.document_id = m.id AND h.role = m.role AND h.kind = 'DOCUMENT' AND h.source <> 'CONTACT'))
      """;

  private final JdbcClient jdbc;

  FollowingDocuments(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Which documents are meant.
   *
   * @param except one that is left out in one of its roles; null if none is
   * @param bills whether those are meant whose reminders are mailed by that use, beside those that
   *     are mailed by it themselves
   */
  record Scope(Contact contact, AddressUse use, OnDocuments.Key except, boolean bills) {

    /** Documents of that use; if it is {@code REMINDER}, those too that reminders are sent of. */
    Scope(Contact contact, AddressUse use, OnDocuments.Key except) {
      this(contact, use, except, use == AddressUse.REMINDER);
    }

    Scope withoutBills() {
      return new Scope(contact, use, except, false);
    }

    private AddressKind kind() {
      return AddressKind.of(use);
    }

    private List<String> types() {
      return Arrays.stream(DocumentType.values())
          .filter(type -> type.addressUse() == use || (bills && type.isBill()))
          .map(Enum::name)
          .toList();
    }
  }

  /** What a document says of its address. */
  enum Standing {
    FOLLOWING("a.document_id IS NULL AND NOT " + SHADOWED),
    KEPT("a.source = 'CONTACT' AND NOT " + SHADOWED),
    FOLLOWING_OR_KEPT("(a.document_id IS NULL OR a.source = 'CONTACT') AND NOT " + SHADOWED),
    BY_HAND("(a.source IN ('HAND', 'PREDECESSOR') OR " + SHADOWED + ")");

    private final String condition;

    Standing(String condition) {
      this.condition = condition;
    }
  }

  /**
   * Holds all documents of the contact, before it is held itself: whoever makes a document that
   * follows another holds that one first as well.
   */
  void lock(Contact contact) {
    jdbc.sql(
            """
            SELECT id FROM document
            WHERE company_id = :company AND (contact_id = :contact OR delivery_contact_id = :contact)
            ORDER BY id FOR UPDATE
            """)
        .param("company", contact.company().value())
        .param("contact", contact.id().value())
        .query(row -> {});
  }

  Group find(Scope scope, Standing standing) {
    long count =
        of(scope, MINE + "SELECT COUNT(DISTINCT m.id)" + WITH_ADDRESSING + where(standing))
            .query(Long.class)
            .single();
    if (count == 0) {
      return Group.NONE;
    }
    List<String> named =
        of(
                scope,
                MINE
                    + "SELECT DISTINCT m.id, COALESCE(m.number, m.id) AS name"
                    + WITH_ADDRESSING
                    + where(standing)
                    + " ORDER BY m.id DESC LIMIT :named")
            .param("named", AddressEffects.NAMED)
            .query((row, i) -> row.getString("name"))
            .list();
    return new Group(count, named);
  }

  private static String where(Standing standing) {
    return " WHERE " + standing.condition;
  }

  /** Those that follow the contact keep what it had: {@code before}, which may be nothing. */
  void keep(Scope scope, Mailboxes before, String by) {
    LocalDateTime at = jdbc.sql("SELECT UTC_TIMESTAMP(6)").query(LocalDateTime.class).single();
    int kept =
        of(
                scope,
                """
                INSERT INTO document_addressing (document_id, role, kind, source, set_at, set_by)
                """
                    + MINE
                    + "SELECT m.id, m.role, :kind, 'CONTACT', :at, :by"
                    + WITH_ADDRESSING
                    + where(Standing.FOLLOWING))
            .param("at", at)
            .param("by", by)
            .update();
    if (kept > 0) {
      keep(scope, at, "TO", before.to());
      keep(scope, at, "CC", before.cc());
      keep(scope, at, "BCC", before.bcc());
    }
  }

  /** The contact is held, so that moment belongs to this change alone. */
  private void keep(Scope scope, LocalDateTime at, String field, List<EmailAddress> addresses) {
    for (int position = 0; position < addresses.size(); position++) {
      of(
              scope,
              """
              INSERT INTO document_mailbox (document_id, role, kind, field, position, address)
              """
                  + MINE
                  + "SELECT m.id, m.role, :kind, :field, :position, :address"
                  + WITH_ADDRESSING
                  + where(Standing.KEPT)
                  + " AND a.set_at = :at")
          .param("field", field)
          .param("position", position)
          .param("address", addresses.get(position).value())
          .param("at", at)
          .update();
    }
  }

  /** Those that kept an earlier address of the contact follow it again. */
  void follow(Scope scope) {
    for (String role : List.of("CONTRACTING_PARTY", "DELIVERY_ADDRESS")) {
      String contact = role.equals("DELIVERY_ADDRESS") ? "delivery_contact_id" : "contact_id";
      of(
              scope,
              """
              DELETE a FROM document_addressing a JOIN document d ON d.id = a.document_id
              WHERE d.company_id = :company AND d.%s = :contact AND d.type IN (:types)
                AND NOT (d.id = :except AND :exceptRole = :role)
                AND a.role = :role AND a.kind = :kind AND a.source = 'CONTACT'
              """
                  .formatted(contact))
          .param("role", role)
          .update();
    }
  }

  private JdbcClient.StatementSpec of(Scope scope, String sql) {
    return jdbc.sql(sql)
        .param("company", scope.contact().company().value())
        .param("contact", scope.contact().id().value())
        .param("types", scope.types())
        .param("except", scope.except() == null ? 0 : scope.except().document().value())
        .param("exceptRole", scope.except() == null ? "" : scope.except().role().name())
        .param("kind", scope.kind().name());
  }
}
