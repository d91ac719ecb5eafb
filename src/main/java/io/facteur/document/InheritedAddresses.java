package io.facteur.document;

import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Hands down the e-mail addresses that were set by hand from a document to the one that follows it
 * (ADDR-4). What it only has from its contact is not handed down: the follower asks the contact.
 */
@Repository
class InheritedAddresses {

  private final JdbcClient jdbc;

  InheritedAddresses(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * From the documents that they follow. What was set for the delivery address is handed down only
   * to one that is delivered to the same.
   */
  void inherit(Collection<DocumentId> followers, String actor) {
    if (followers.isEmpty()) {
      return;
    }
    List<Long> ids = followers.stream().map(DocumentId::value).toList();
    jdbc.sql(
            """
            INSERT INTO document_addressing (document_id, role, kind, source, set_by)
            SELECT f.id, a.role, a.kind, 'PREDECESSOR', :actor
            FROM document f
            JOIN document p ON p.id = f.preceding_document_id AND p.contact_id = f.contact_id
            JOIN document_addressing a ON a.document_id = p.id AND a.source IN ('HAND', 'PREDECESSOR')
            WHERE f.id IN (:followers)
              AND (a.role = 'CONTRACTING_PARTY'
                OR (p.delivery_contact_id <=> f.delivery_contact_id
                  AND p.own_delivery_address <=> f.own_delivery_address))
            """)
        .param("actor", actor)
        .param("followers", ids)
        .update();
    jdbc.sql(
            """
            INSERT INTO document_mailbox (document_id, role, kind, field, position, address)
            SELECT f.id, m.role, m.kind, m.field, m.position, m.address
            FROM document f
            JOIN document_addressing a ON a.document_id = f.id AND a.source = 'PREDECESSOR'
            JOIN document_mailbox m
              ON m.document_id = f.preceding_document_id AND m.role = a.role AND m.kind = a.kind
            WHERE f.id IN (:followers)
            """)
        .param("followers", ids)
        .update();
  }
}
