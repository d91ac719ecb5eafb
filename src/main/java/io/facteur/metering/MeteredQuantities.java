package io.facteur.metering;

import io.facteur.contract.BillingPeriod;
import io.facteur.contract.ContractId;
import io.facteur.document.DocumentId;
import io.facteur.party.Listing;
import io.facteur.party.Page;
import io.facteur.party.Paging;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Quantities of meters, as people and billing read them, and which document bills them (BILL-1).
 * {@link QuantityIntake} takes them in.
 */
@Repository
public class MeteredQuantities {

  private static final Map<String, String> SORTABLE =
      Map.of("id", "q.id", "meter", "q.meter", "from", "q.period_from", "receivedAt", "q.id");

  private static final String COLUMNS =
      """
      q.id, q.meter, q.period_from, q.period_to, q.quantity, q.revision, q.replaced, q.corrects_id,
      COALESCE(d.number, d.id) AS document, q.received_at, q.received_by
      """;

  private final JdbcClient jdbc;
  private final JdbcTemplate batches;

  MeteredQuantities(JdbcClient jdbc, JdbcTemplate batches) {
    this.jdbc = jdbc;
    this.batches = batches;
  }

  /**
   * What is waiting to be billed, in the order of meters and days; contracts with nothing are left
   * out. What an invoice billed that was credited in whole waits again, once its period does.
   * Whoever bills it holds the contracts' locks, as whoever takes quantities in does.
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
            LEFT JOIN billing_schedule s ON s.contract_id = q.contract_id
            LEFT JOIN metered_quantity corrected ON corrected.id = q.corrects_id
            WHERE q.contract_id IN (:contracts) AND NOT q.replaced
              AND (q.document_id IS NULL
                OR (q.period_from > COALESCE(s.billed_through, '0001-01-01') AND EXISTS (
                  SELECT 1 FROM document d
                  JOIN document c ON c.preceding_document_id = d.id AND c.type = 'CREDIT_NOTE' AND c.state = 'ISSUED'
                  WHERE d.id = q.document_id
                  GROUP BY d.id, d.tax_inclusive_total
                  HAVING SUM(c.tax_inclusive_total) >= d.tax_inclusive_total)))
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
                          period(row),
                          row.getBigDecimal("quantity"),
                          row.getBigDecimal("already_billed")));
            });
    return waiting;
  }

  /**
   * The quantities of a contract, replaced ones too. Sortable by id, meter, from and receivedAt.
   *
   * @param meter null: any
   * @param from of quantities that reach to this day or beyond; null: any
   * @param to of quantities that begin on this day or before; null: any
   */
  public Page<MeteredQuantity> list(
      ContractId contract, String meter, LocalDate from, LocalDate to, Paging paging) {
    return new Listing(
            "metered_quantity q LEFT JOIN document d ON d.id = q.document_id", "q.id", SORTABLE)
        .where("q.contract_id = :contract", "contract", contract.value())
        .where("q.meter = :meter", "meter", meter)
        .where("q.period_to >= :from", "from", from)
        .where("q.period_from <= :to", "to", to)
        .page(jdbc, COLUMNS, paging, (row, i) -> quantity(row));
  }

  private static MeteredQuantity quantity(ResultSet row) throws SQLException {
    return new MeteredQuantity(
        row.getLong("id"),
        row.getString("meter"),
        period(row),
        row.getBigDecimal("quantity"),
        row.getInt("revision"),
        row.getBoolean("replaced"),
        row.getObject("corrects_id", Long.class),
        row.getString("document"),
        row.getObject("received_at", LocalDateTime.class).toInstant(ZoneOffset.UTC),
        row.getString("received_by"));
  }

  private static BillingPeriod period(ResultSet row) throws SQLException {
    return new BillingPeriod(
        row.getObject("period_from", LocalDate.class), row.getObject("period_to", LocalDate.class));
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
