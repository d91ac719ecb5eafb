package io.facteur.document;

import io.facteur.contract.BillingPeriod;
import io.facteur.contract.ContractId;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Finds the instalments that a settlement is to deduct (BILL-7): those that none has deducted, or
 * only one that was credited in whole.
 */
@Repository
public class Instalments {

  private final JdbcClient jdbc;

  Instalments(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Drafts as well, in the order of their periods; contracts without any are left out. */
  public Map<ContractId, List<OpenInstalment>> open(Collection<ContractId> contracts) {
    Map<ContractId, List<OpenInstalment>> open = new HashMap<>();
    if (contracts.isEmpty()) {
      return open;
    }
    jdbc.sql(
            """
            SELECT i.id, i.contract_id, i.number, i.issue_date, i.period_from, i.period_to,
              i.payable_amount - COALESCE((
                SELECT SUM(c.payable_amount) FROM document c
                WHERE c.preceding_document_id = i.id AND c.type = 'CREDIT_NOTE'), 0) AS amount,
              (SELECT MIN(c.id) FROM document c
               WHERE c.preceding_document_id = i.id AND c.type = 'CREDIT_NOTE'
                 AND c.state = 'DRAFT') AS credit_draft
            FROM document i
            WHERE i.contract_id IN (:contracts) AND i.type = 'INSTALMENT'
              AND NOT EXISTS (
                SELECT 1 FROM settled_instalment s JOIN document t ON t.id = s.settlement_id
                LEFT JOIN document c
                  ON c.preceding_document_id = t.id AND c.type = 'CREDIT_NOTE' AND c.state = 'ISSUED'
                WHERE s.instalment_id = i.id
                GROUP BY t.id, t.tax_inclusive_total
                HAVING COUNT(c.id) = 0 OR SUM(c.tax_inclusive_total) < t.tax_inclusive_total)
            ORDER BY i.contract_id, i.period_from
            """)
        .param("contracts", contracts.stream().map(ContractId::value).toList())
        .query(
            row -> {
              open.computeIfAbsent(
                      new ContractId(row.getLong("contract_id")), none -> new ArrayList<>())
                  .add(
                      new OpenInstalment(
                          new DocumentId(row.getLong("id")),
                          row.getString("number"),
                          row.getObject("issue_date", LocalDate.class),
                          new BillingPeriod(
                              row.getObject("period_from", LocalDate.class),
                              row.getObject("period_to", LocalDate.class)),
                          row.getBigDecimal("amount"),
                          row.getObject("credit_draft") == null
                              ? null
                              : new DocumentId(row.getLong("credit_draft"))));
            });
    return open;
  }
}
