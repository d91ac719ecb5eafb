package io.facteur.document;

import io.facteur.contract.BillingPeriod;
import io.facteur.contract.ContractId;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Finds what contracts were billed last, to compare with what they would be billed now. */
@Repository
public class PreviousBills {

  private final JdbcClient jdbc;

  PreviousBills(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** One for each type of bill; contracts that were never billed are left out. */
  public Map<ContractId, List<PreviousBill>> of(Collection<ContractId> contracts) {
    Map<ContractId, List<PreviousBill>> bills = new HashMap<>();
    if (contracts.isEmpty()) {
      return bills;
    }
    jdbc.sql(
            """
            WITH bill AS (
              SELECT contract_id, type, period_from, period_to, currency, tax_exclusive_total,
                ROW_NUMBER() OVER (PARTITION BY contract_id, type
                  ORDER BY billed_from DESC, billing_revision DESC) AS latest
              FROM document WHERE contract_id IN (:contracts) AND billed_from IS NOT NULL)
            SELECT contract_id, type, period_from, period_to, currency, tax_exclusive_total
            FROM bill WHERE latest = 1
            """)
        .param("contracts", contracts.stream().map(ContractId::value).toList())
        .query(
            row -> {
              bills
                  .computeIfAbsent(
                      new ContractId(row.getLong("contract_id")), none -> new ArrayList<>())
                  .add(
                      new PreviousBill(
                          DocumentType.valueOf(row.getString("type")),
                          new BillingPeriod(
                              row.getObject("period_from", LocalDate.class),
                              row.getObject("period_to", LocalDate.class)),
                          Currency.getInstance(row.getString("currency")),
                          row.getBigDecimal("tax_exclusive_total")));
            });
    return bills;
  }
}
