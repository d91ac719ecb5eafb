package io.facteur.document;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * How much of bills is still to be paid: what they ask for, less what issued credit notes have
 * taken back. Payments are not recorded yet (BILL-5).
 */
@Repository
class OpenAmounts {

  private final JdbcClient jdbc;

  OpenAmounts(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** With VAT; negative where it is the customer's. */
  Map<DocumentId, BigDecimal> of(Collection<DocumentId> bills) {
    Map<DocumentId, BigDecimal> open = new HashMap<>();
    if (!bills.isEmpty()) {
      jdbc.sql(
              """
              SELECT b.id, b.payable_amount - COALESCE((
                  SELECT SUM(c.payable_amount) FROM document c
                  WHERE c.preceding_document_id = b.id AND c.type = 'CREDIT_NOTE' AND c.state = 'ISSUED'), 0) AS open
              FROM document b WHERE b.id IN (:ids)
              """)
          .param("ids", bills.stream().map(DocumentId::value).toList())
          .query(
              row -> {
                open.put(new DocumentId(row.getLong("id")), row.getBigDecimal("open"));
              });
    }
    return open;
  }
}
