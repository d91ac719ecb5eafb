package io.facteur.contract;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Rows of prices, allowances and charges, pauses and instalments of contracts. */
@Repository
class ContractTermRows {

  /** Tables that hold a contract's parts, as they are to be emptied. */
  static final List<String> PARTS =
      List.of(
          "billing_schedule",
          "instalment_plan",
          "contract_pause",
          "contract_allowance",
          "contract_line");

  private record LineKey(long contract, int position) {}

  /** What the tables hold for some contracts. */
  static final class Found {
    static final Found NOTHING = new Found();

    private final Map<LineKey, List<LinePrice>> prices = new HashMap<>();
    private final Map<LineKey, List<AllowanceCharge>> ofLines = new HashMap<>();
    private final Map<Long, List<ContractAllowance>> ofDocuments = new HashMap<>();
    private final Map<Long, List<Pause>> pauses = new HashMap<>();

    /** From a row of the table contract_line. */
    LineTerms lineTerms(ResultSet row) throws SQLException {
      LineKey key = new LineKey(row.getLong("contract_id"), row.getInt("position"));
      return new LineTerms(
          LineKind.valueOf(row.getString("kind")),
          row.getString("meter"),
          prices.getOrDefault(key, List.of()),
          ofLines.getOrDefault(key, List.of()),
          row.getBigDecimal("minimum_amount"),
          row.getObject("valid_from", LocalDate.class),
          row.getObject("valid_to", LocalDate.class));
    }

    /** From a row of contract and instalment_plan. */
    BillingTerms terms(long contract, ResultSet row) throws SQLException {
      String currency = row.getString("currency");
      BigDecimal minimum = row.getBigDecimal("minimum_amount");
      Integer months = row.getObject("instalment_months", Integer.class);
      return new BillingTerms(
          currency == null ? null : Currency.getInstance(currency),
          ofDocuments.getOrDefault(contract, List.of()),
          minimum == null
              ? null
              : new MinimumAmount(
                  minimum,
                  VatCategory.valueOf(row.getString("minimum_vat_category")),
                  row.getBigDecimal("minimum_vat_rate"),
                  row.getString("minimum_exemption_reason")),
          pauses.getOrDefault(contract, List.of()),
          months == null
              ? null
              : new InstalmentPlan(months, row.getObject("instalments_through", LocalDate.class)));
    }
  }

  private final JdbcClient jdbc;
  private final JdbcTemplate batch;

  ContractTermRows(JdbcClient jdbc, JdbcTemplate batch) {
    this.jdbc = jdbc;
    this.batch = batch;
  }

  Found of(List<Long> contracts) {
    Found found = new Found();
    readPrices(contracts, found);
    readAllowances(contracts, found);
    jdbc.sql(
            """
            SELECT contract_id, from_date, to_date FROM contract_pause
            WHERE contract_id IN (:contracts) ORDER BY contract_id, from_date
            """)
        .param("contracts", contracts)
        .query(
            row -> {
              add(
                  found.pauses,
                  row.getLong("contract_id"),
                  new Pause(
                      row.getObject("from_date", LocalDate.class),
                      row.getObject("to_date", LocalDate.class)));
            });
    return found;
  }

  private void readPrices(List<Long> contracts, Found found) {
    jdbc.sql(
            """
            SELECT contract_id, line_position, valid_from, valid_to, unit_price, vat_rate
            FROM contract_line_price WHERE contract_id IN (:contracts)
            ORDER BY contract_id, line_position, valid_from
            """)
        .param("contracts", contracts)
        .query(
            row -> {
              add(
                  found.prices,
                  new LineKey(row.getLong("contract_id"), row.getInt("line_position")),
                  new LinePrice(
                      row.getObject("valid_from", LocalDate.class),
                      row.getObject("valid_to", LocalDate.class),
                      row.getBigDecimal("unit_price"),
                      row.getBigDecimal("vat_rate")));
            });
  }

  private void readAllowances(List<Long> contracts, Found found) {
    jdbc.sql(
            """
            SELECT contract_id, line_position, is_charge, percent, amount, reason, reason_code,
              vat_category, vat_rate, exemption_reason, valid_from, valid_to
            FROM contract_allowance WHERE contract_id IN (:contracts)
            ORDER BY contract_id, line_position, position
            """)
        .param("contracts", contracts)
        .query(
            row -> {
              long contract = row.getLong("contract_id");
              int position = row.getInt("line_position");
              if (position == 0) {
                add(
                    found.ofDocuments,
                    contract,
                    new ContractAllowance(
                        allowance(row),
                        row.getObject("valid_from", LocalDate.class),
                        row.getObject("valid_to", LocalDate.class)));
              } else {
                add(found.ofLines, new LineKey(contract, position), allowance(row));
              }
            });
  }

  private static AllowanceCharge allowance(ResultSet row) throws SQLException {
    String category = row.getString("vat_category");
    return new AllowanceCharge(
        row.getBoolean("is_charge"),
        row.getBigDecimal("percent"),
        row.getBigDecimal("amount"),
        row.getString("reason"),
        row.getString("reason_code"),
        category == null ? null : VatCategory.valueOf(category),
        row.getBigDecimal("vat_rate"),
        row.getString("exemption_reason"));
  }

  private static <K, V> void add(Map<K, List<V>> lists, K key, V value) {
    lists.computeIfAbsent(key, missing -> new ArrayList<>()).add(value);
  }

  /** After the contract's lines. */
  void insert(ContractId id, Contract contract) {
    List<Object[]> prices = new ArrayList<>();
    List<Object[]> allowances = new ArrayList<>();
    for (ContractLine line : contract.lines()) {
      for (LinePrice price : line.terms().prices()) {
        prices.add(
            new Object[] {
              id.value(),
              line.position(),
              price.validFrom(),
              price.validTo(),
              price.unitPrice(),
              price.vatRate()
            });
      }
      int position = 1;
      for (AllowanceCharge allowance : line.terms().allowances()) {
        allowances.add(values(id, line.position(), position++, allowance, null, null));
      }
    }
    int position = 1;
    for (ContractAllowance allowance : contract.terms().allowances()) {
      allowances.add(
          values(
              id,
              0,
              position++,
              allowance.allowance(),
              allowance.validFrom(),
              allowance.validTo()));
    }
    insert(
        """
        INSERT INTO contract_line_price
          (contract_id, line_position, valid_from, valid_to, unit_price, vat_rate)
        VALUES (?, ?, ?, ?, ?, ?)
        """,
        prices);
    insert(
        """
        INSERT INTO contract_allowance (contract_id, line_position, position, is_charge, percent,
          amount, reason, reason_code, vat_category, vat_rate, exemption_reason, valid_from,
          valid_to)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        allowances);
    insert(
        "INSERT INTO contract_pause (contract_id, from_date, to_date) VALUES (?, ?, ?)",
        contract.terms().pauses().stream()
            .map(pause -> new Object[] {id.value(), pause.from(), pause.to()})
            .toList());
    InstalmentPlan plan = contract.terms().instalments();
    if (plan != null) {
      batch.update(
          """
          INSERT INTO instalment_plan (contract_id, interval_months, billed_through)
          VALUES (?, ?, ?)
          """,
          id.value(),
          plan.intervalMonths(),
          plan.billedThrough());
    }
  }

  private void insert(String sql, List<Object[]> rows) {
    if (!rows.isEmpty()) {
      batch.batchUpdate(sql, rows);
    }
  }

  private static Object[] values(
      ContractId contract,
      int line,
      int position,
      AllowanceCharge allowance,
      LocalDate validFrom,
      LocalDate validTo) {
    return new Object[] {
      contract.value(),
      line,
      position,
      allowance.charge(),
      allowance.percent(),
      allowance.amount(),
      allowance.reason(),
      allowance.reasonCode(),
      allowance.vatCategory() == null ? null : allowance.vatCategory().name(),
      allowance.vatRate(),
      allowance.exemptionReason(),
      validFrom,
      validTo
    };
  }
}
