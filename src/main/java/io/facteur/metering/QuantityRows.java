package io.facteur.metering;

import static java.util.stream.Collectors.groupingBy;

import io.facteur.contract.BillingPeriod;
import io.facteur.contract.Contract;
import io.facteur.contract.ContractId;
import io.facteur.party.CompanyId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads and writes quantities of many contracts at once. */
@Repository
class QuantityRows {

  private final JdbcClient jdbc;
  private final JdbcTemplate batches;

  QuantityRows(JdbcClient jdbc, JdbcTemplate batches) {
    this.jdbc = jdbc;
    this.batches = batches;
  }

  /**
   * Unknown numbers are left out.
   *
   * @param companies whose contracts; empty: any
   */
  List<ContractId> contracts(Collection<String> numbers, Set<CompanyId> companies) {
    if (numbers.isEmpty()) {
      return List.of();
    }
    return companies.isEmpty()
        ? jdbc.sql("SELECT id FROM contract WHERE number IN (:numbers)")
            .param("numbers", numbers)
            .query((row, i) -> new ContractId(row.getLong("id")))
            .list()
        : jdbc.sql(
                """
                SELECT id FROM contract WHERE number IN (:numbers) AND company_id IN (:companies)
                """)
            .param("numbers", numbers)
            .param("companies", companies.stream().map(CompanyId::value).toList())
            .query((row, i) -> new ContractId(row.getLong("id")))
            .list();
  }

  /**
   * What is known of each contract's quantities.
   *
   * @param days that quantities will come in for
   */
  Map<String, QuantityBook> books(List<Contract> contracts, BillingPeriod days) {
    Map<String, QuantityBook> books = new HashMap<>();
    if (contracts.isEmpty()) {
      return books;
    }
    List<Long> ids = contracts.stream().map(contract -> contract.id().value()).toList();
    Map<ContractId, List<KnownQuantity>> known =
        overlapping(ids, days).stream().collect(groupingBy(KnownQuantity::contract));
    Map<ContractId, Map<String, LocalDate>> before = coveredBefore(ids, days.from());
    for (Contract contract : contracts) {
      books.put(
          contract.number(),
          new QuantityBook(
              contract,
              known.getOrDefault(contract.id(), List.of()),
              before.getOrDefault(contract.id(), Map.of())));
    }
    return books;
  }

  private List<KnownQuantity> overlapping(List<Long> contracts, BillingPeriod days) {
    return jdbc.sql(
            """
            SELECT q.id, q.contract_id, q.meter, q.period_from, q.period_to, q.quantity, q.revision,
              q.replaced, q.corrects_id, COALESCE(d.number, CONCAT('draft ', d.id)) AS document
            FROM metered_quantity q LEFT JOIN document d ON d.id = q.document_id
            WHERE q.contract_id IN (:contracts) AND q.period_from <= :to AND q.period_to >= :from
            ORDER BY q.contract_id, q.meter, q.period_from, q.revision
            """)
        .param("contracts", contracts)
        .param("from", days.from())
        .param("to", days.to())
        .query((row, i) -> known(row))
        .list();
  }

  private static KnownQuantity known(ResultSet row) throws SQLException {
    return new KnownQuantity(
        row.getLong("id"),
        new ContractId(row.getLong("contract_id")),
        row.getString("meter"),
        new BillingPeriod(
            row.getObject("period_from", LocalDate.class),
            row.getObject("period_to", LocalDate.class)),
        row.getBigDecimal("quantity"),
        row.getInt("revision"),
        row.getBoolean("replaced"),
        row.getObject("corrects_id", Long.class),
        row.getString("document"));
  }

  /** Where a quantity is replaced another one is for the same days: all of them cover. */
  private Map<ContractId, Map<String, LocalDate>> coveredBefore(
      List<Long> contracts, LocalDate day) {
    Map<ContractId, Map<String, LocalDate>> covered = new HashMap<>();
    jdbc.sql(
            """
            SELECT contract_id, meter, MAX(period_to) AS last_day FROM metered_quantity
            WHERE contract_id IN (:contracts) AND period_to < :day GROUP BY contract_id, meter
            """)
        .param("contracts", contracts)
        .param("day", day)
        .query(
            row -> {
              covered
                  .computeIfAbsent(
                      new ContractId(row.getLong("contract_id")), none -> new HashMap<>())
                  .put(row.getString("meter"), row.getObject("last_day", LocalDate.class));
            });
    return covered;
  }

  void insert(List<KnownQuantity> rows, String receivedBy) {
    if (!rows.isEmpty()) {
      batches.batchUpdate(
          """
          INSERT INTO metered_quantity (contract_id, meter, period_from, period_to, quantity,
            revision, replaced, corrects_id, received_by)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
          """,
          rows.stream().map(row -> values(row, receivedBy)).toList());
    }
  }

  private static Object[] values(KnownQuantity row, String receivedBy) {
    return new Object[] {
      row.contract().value(),
      row.meter(),
      row.period().from(),
      row.period().to(),
      row.quantity(),
      row.revision(),
      row.replaced(),
      row.corrects(),
      receivedBy
    };
  }

  void replace(List<Long> ids) {
    if (!ids.isEmpty()) {
      jdbc.sql("UPDATE metered_quantity SET replaced = TRUE WHERE id IN (:ids)")
          .param("ids", ids)
          .update();
    }
  }
}
