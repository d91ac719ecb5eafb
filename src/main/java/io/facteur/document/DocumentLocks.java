package io.facteur.document;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Holds documents while it is decided what follows them: whoever else decides that waits, and then
 * finds what was made. Contracts come first, as whoever bills them begins with those; documents in
 * the order of their ids, so that nobody waits for one another.
 */
@Repository
class DocumentLocks {

  /**
   * A document that is held.
   *
   * @param number null for a draft
   * @param taxInclusive BT-112
   */
  record Held(
      DocumentId id, DocumentType type, String number, String currency, BigDecimal taxInclusive) {

    boolean isIssued() {
      return number != null;
    }
  }

  private final JdbcClient jdbc;

  DocumentLocks(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Unknown ones are left out. */
  List<Held> lock(Collection<DocumentId> documents) {
    if (documents.isEmpty()) {
      return List.of();
    }
    lockContractsOf(documents);
    return jdbc.sql(
            """
            SELECT id, type, number, currency, tax_inclusive_total FROM document
            WHERE id IN (:ids) ORDER BY id FOR UPDATE
            """)
        .param("ids", ids(documents))
        .query(
            (row, i) ->
                new Held(
                    new DocumentId(row.getLong("id")),
                    DocumentType.valueOf(row.getString("type")),
                    row.getString("number"),
                    row.getString("currency"),
                    row.getBigDecimal("tax_inclusive_total")))
        .list();
  }

  /** With all that they follow, back to the beginnings of their chains. */
  List<Held> lockChains(Collection<DocumentId> documents) {
    return documents.isEmpty() ? List.of() : lock(chains(documents));
  }

  /** The documents and all that they follow; the links of issued documents never change. */
  List<DocumentId> chains(Collection<DocumentId> documents) {
    return jdbc.sql(
            """
            WITH RECURSIVE chain AS (
              SELECT id, preceding_document_id FROM document WHERE id IN (:ids)
              UNION
              SELECT d.id, d.preceding_document_id
              FROM chain c JOIN document d ON d.id = c.preceding_document_id)
            SELECT id FROM chain ORDER BY id
            """)
        .param("ids", ids(documents))
        .query((row, i) -> new DocumentId(row.getLong("id")))
        .list();
  }

  void lockContractsOf(Collection<DocumentId> documents) {
    lockContracts(
        jdbc.sql("SELECT DISTINCT contract_id FROM document WHERE id IN (:ids) AND contract_id > 0")
            .param("ids", ids(documents))
            .query(Long.class)
            .list());
  }

  void lockContracts(Collection<Long> contracts) {
    if (!contracts.isEmpty()) {
      jdbc.sql("SELECT id FROM contract WHERE id IN (:ids) ORDER BY id FOR UPDATE")
          .param("ids", contracts)
          .query(Long.class)
          .list();
    }
  }

  private static List<Long> ids(Collection<DocumentId> documents) {
    return documents.stream().map(DocumentId::value).distinct().toList();
  }
}
