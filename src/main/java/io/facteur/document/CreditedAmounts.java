package io.facteur.document;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * How much of documents is credited (BILL-6), summed up from their credit notes. Who decides on it
 * locks the documents first: credit notes are made under that lock.
 */
@Service
public class CreditedAmounts {

  /**
   * How much of one document is credited.
   *
   * @param taxInclusive with VAT, by all of its credit notes, drafts included
   * @param payable BT-115 of those credit notes: with VAT, rounded, less what stays prepaid
   * @param inWhole whether issued credit notes have taken back all of it
   */
  public record Credited(BigDecimal taxInclusive, BigDecimal payable, boolean inWhole) {

    /** Of a document without credit notes. */
    public static final Credited NOTHING =
        new Credited(new BigDecimal("0.00"), new BigDecimal("0.00"), false);
  }

  private final JdbcClient jdbc;

  CreditedAmounts(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Of each of the documents, in one statement. */
  public Map<DocumentId, Credited> of(Collection<DocumentId> documents) {
    Map<DocumentId, Credited> credited = new HashMap<>();
    documents.forEach(document -> credited.put(document, Credited.NOTHING));
    if (!documents.isEmpty()) {
      jdbc.sql(
              """
              SELECT d.id, SUM(c.tax_inclusive_total) AS credited, SUM(c.payable_amount) AS payable,
                SUM(c.state = 'ISSUED') > 0
                  AND SUM(IF(c.state = 'ISSUED', c.tax_inclusive_total, 0)) >= d.tax_inclusive_total AS in_whole
              FROM document d JOIN document c ON c.preceding_document_id = d.id AND c.type = 'CREDIT_NOTE'
              WHERE d.id IN (:ids) GROUP BY d.id
              """)
          .param("ids", documents.stream().map(DocumentId::value).toList())
          .query(
              row -> {
                credited.put(
                    new DocumentId(row.getLong("id")),
                    new Credited(
                        row.getBigDecimal("credited"),
                        row.getBigDecimal("payable"),
                        row.getBoolean("in_whole")));
              });
    }
    return credited;
  }
}
