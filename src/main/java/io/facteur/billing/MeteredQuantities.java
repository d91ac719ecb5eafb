package io.facteur.billing;

import io.facteur.contract.BillingPeriod;
import io.facteur.contract.ContractId;
import io.facteur.document.DocumentId;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Quantities of meters, as billing reads them and notes which document bills them (BILL-1). */
@Repository
public class MeteredQuantities {

  private final JdbcClient jdbc;
  private final JdbcTemplate batches;

  MeteredQuantities(JdbcClient jdbc, JdbcTemplate batches) {
    this.jdbc = jdbc;
    this.batches = batches;
  }

  /**
   * What is waiting to be billed, in the order of meters and days; contracts with nothing are left
   * out. Whoever bills it holds the contracts' locks, as whoever takes quantities in does.
   */
  public Map<ContractId, List<WaitingQuantity>> waiting(Collection<ContractId> contracts) {
    Map<ContractId, List<WaitingQuantity>> waiting = new HashMap<>();
    if (contracts.isEmpty()) {
      return waiting;
    }
    // Both of a pair wait where the draft that billed the first was deleted: their sum is right.
    jdbc.sql(
            """
            SELECT q.id, q.contract_id, q.meter, q.period_from, q.period_to, q.quantity,
              corrected.quantity AS already_billed
            FROM metered_quantity q
            LEFT JOIN metered_quantity corrected ON corrected.id = q.corrects_id
            WHERE q.contract_id IN (:contracts) AND q.document_id IS NULL AND NOT q.replaced
            ORDER BY q.contract_id, q.meter, q.period_from, q.revision
            """)
        .param("contracts", contracts.stream().map(ContractId::value).toList())
        .query(
            row -> {
              waiting
                  .computeIfAbsent(
                      new ContractId(row.getLong("contract_id")), none -> new ArrayList<>())
                  .add(
                      new WaitingQuantity(
                          row.getLong("id"),
                          row.getString("meter"),
                          new BillingPeriod(
                              row.getObject("period_from", LocalDate.class),
                              row.getObject("period_to", LocalDate.class)),
                          row.getBigDecimal("quantity"),
                          row.getBigDecimal("already_billed")));
            });
    return waiting;
  }

  /** Notes which document bills each of these quantities. */
  public void billed(Map<Long, DocumentId> documents) {
    if (!documents.isEmpty()) {
      batches.batchUpdate(
          """
          UPDATE metered_quantity SET document_id = ?
          WHERE id = ? AND document_id IS NULL AND NOT replaced
          """,
          documents.entrySet().stream()
              .map(billed -> new Object[] {billed.getValue().value(), billed.getKey()})
              .toList());
    }
  }
}
