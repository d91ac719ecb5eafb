package io.facteur.document;

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

  void inherit(DocumentId preceding, DocumentId follower, String actor) {
    jdbc.sql(
            """
            INSERT INTO document_addressing (document_id, role, kind, source, set_by)
            SELECT :follower, role, kind, 'PREDECESSOR', :actor
            FROM document_addressing
            WHERE document_id = :preceding AND source IN ('HAND', 'PREDECESSOR')
            """)
        .param("follower", follower.value())
        .param("actor", actor)
        .param("preceding", preceding.value())
        .update();
    jdbc.sql(
            """
            INSERT INTO document_mailbox (document_id, role, kind, field, position, address)
            SELECT :follower, m.role, m.kind, m.field, m.position, m.address
            FROM document_mailbox m
            JOIN document_addressing a
              ON a.document_id = m.document_id AND a.role = m.role AND a.kind = m.kind
            WHERE m.document_id = :preceding AND a.source IN ('HAND', 'PREDECESSOR')
            """)
        .param("follower", follower.value())
        .param("preceding", preceding.value())
        .update();
  }
}
