package io.facteur.contract;

import io.facteur.party.CompanyId;
import io.facteur.party.ContactId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Repository;

/** Rows of contracts with all of their parts; a handful of queries for any number. */
@Repository
class ContractRows {

  private static final String SELECT =
      """
      SELECT c.id, c.version, c.company_id, c.number, c.contracting_party_id,
        c.delivery_address_id, c.start_date, c.end_date, c.language, c.payment_days,
        c.buyer_reference, c.order_reference, c.print_queue,
        s.interval_months, s.timing, s.anchor_day, s.billed_through, s.release_policy,
        c.currency, c.minimum_amount, c.minimum_vat_category, c.minimum_vat_rate,
        c.minimum_exemption_reason, i.interval_months AS instalment_months,
        i.billed_through AS instalments_through
      FROM contract c
      LEFT JOIN billing_schedule s ON s.contract_id = c.id
      LEFT JOIN instalment_plan i ON i.contract_id = c.id
      """;

  private final JdbcClient jdbc;
  private final JdbcTemplate batch;
  private final ContractTermRows terms;

  ContractRows(JdbcClient jdbc, JdbcTemplate batch, ContractTermRows terms) {
    this.jdbc = jdbc;
    this.batch = batch;
    this.terms = terms;
  }

  List<Contract> byIds(Collection<ContractId> ids) {
    if (ids.isEmpty()) {
      return List.of();
    }
    List<Long> keys = ids.stream().map(ContractId::value).distinct().toList();
    ContractTermRows.Found parts = terms.of(keys);
    Map<Long, List<ContractLine>> lines = lines(keys, parts);
    return jdbc.sql(SELECT + "WHERE c.id IN (:ids) ORDER BY c.number")
        .param("ids", keys)
        .query((row, i) -> read(row, lines, parts))
        .list();
  }

  /** Without lines, allowances and pauses. */
  List<Contract> headsByNumbers(Collection<String> numbers) {
    return jdbc.sql(SELECT + "WHERE c.number IN (:numbers) ORDER BY c.number")
        .param("numbers", numbers)
        .query((row, i) -> read(row, Map.of(), ContractTermRows.Found.NOTHING))
        .list();
  }

  List<ContractId> idsByNumbers(Collection<String> numbers) {
    return jdbc.sql("SELECT id FROM contract WHERE number IN (:numbers)")
        .param("numbers", numbers)
        .query((row, i) -> new ContractId(row.getLong("id")))
        .list();
  }

  List<ContractId> lock(Collection<ContractId> ids, boolean waiting) {
    return ids.isEmpty()
        ? List.of()
        : jdbc.sql(
                "SELECT id FROM contract WHERE id IN (:ids) ORDER BY id FOR UPDATE"
                    + (waiting ? "" : " SKIP LOCKED"))
            .param("ids", ids.stream().map(ContractId::value).toList())
            .query((row, i) -> new ContractId(row.getLong("id")))
            .list();
  }

  ContractId insert(Contract contract) {
    var key = new GeneratedKeyHolder();
    jdbc.sql(
            """
            INSERT INTO contract (company_id, number, contracting_party_id, delivery_address_id,
              start_date, end_date, language, payment_days, buyer_reference, order_reference,
              print_queue, currency, minimum_amount, minimum_vat_category, minimum_vat_rate,
              minimum_exemption_reason, next_due)
            VALUES (:company, :number, :contractingParty, :deliveryAddress, :start, :end,
              :language, :paymentDays, :buyerReference, :orderReference, :printQueue, :currency,
              :minimumAmount, :minimumVatCategory, :minimumVatRate, :minimumExemptionReason,
              :nextDue)
            """)
        .params(values(contract))
        .param("company", contract.company().value())
        .param("number", contract.number())
        .update(key, "id");
    ContractId id = new ContractId(key.getKeyAs(Number.class).longValue());
    replaceParts(id, contract);
    return id;
  }

  boolean update(Contract contract) {
    boolean current =
        jdbc.sql(
                    """
                    UPDATE contract SET contracting_party_id = :contractingParty,
                      delivery_address_id = :deliveryAddress, start_date = :start, end_date = :end,
                      language = :language, payment_days = :paymentDays,
                      buyer_reference = :buyerReference, order_reference = :orderReference,
                      print_queue = :printQueue, currency = :currency,
                      minimum_amount = :minimumAmount,
                      minimum_vat_category = :minimumVatCategory,
                      minimum_vat_rate = :minimumVatRate,
                      minimum_exemption_reason = :minimumExemptionReason, next_due = :nextDue,
                      version = version + 1
                    WHERE id = :id AND version = :version
                    """)
                .params(values(contract))
                .param("id", contract.id().value())
                .param("version", contract.version())
                .update()
            == 1;
    if (current) {
      replaceParts(contract.id(), contract);
    }
    return current;
  }

  private void replaceParts(ContractId id, Contract contract) {
    for (String table : ContractTermRows.PARTS) {
      jdbc.sql("DELETE FROM " + table + " WHERE contract_id = :contract")
          .param("contract", id.value())
          .update();
    }
    BillingSchedule schedule = contract.schedule();
    if (schedule != null) {
      jdbc.sql(
              """
              INSERT INTO billing_schedule (contract_id, interval_months, timing, anchor_day,
                billed_through, release_policy)
              VALUES (:contract, :months, :timing, :anchor, :billedThrough, :release)
              """)
          .param("contract", id.value())
          .param("months", schedule.intervalMonths())
          .param("timing", schedule.timing().name())
          .param("anchor", schedule.anchorDay())
          .param("billedThrough", schedule.billedThrough())
          .param("release", schedule.releasePolicy().name())
          .update();
    }
    batch.batchUpdate(
        """
        INSERT INTO contract_line (contract_id, position, name, description, quantity, unit_code,
          unit_price, base_quantity, discount_percent, vat_category, vat_rate, exemption_reason,
          kind, meter, minimum_amount, valid_from, valid_to)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        contract.lines().stream().map(line -> values(id, line)).toList());
    terms.insert(id, contract);
  }

  private Map<Long, List<ContractLine>> lines(List<Long> contracts, ContractTermRows.Found parts) {
    Map<Long, List<ContractLine>> lines = new HashMap<>();
    jdbc.sql(
            """
            SELECT contract_id, position, name, description, quantity, unit_code, unit_price,
              base_quantity, discount_percent, vat_category, vat_rate, exemption_reason,
              kind, meter, minimum_amount, valid_from, valid_to
            FROM contract_line WHERE contract_id IN (:contracts) ORDER BY contract_id, position
            """)
        .param("contracts", contracts)
        .query(
            row -> {
              lines
                  .computeIfAbsent(row.getLong("contract_id"), contract -> new ArrayList<>())
                  .add(readLine(row, parts));
            });
    return lines;
  }

  private static Contract read(
      ResultSet row, Map<Long, List<ContractLine>> lines, ContractTermRows.Found parts)
      throws SQLException {
    long id = row.getLong("id");
    long delivery = row.getLong("delivery_address_id");
    boolean own = row.wasNull();
    return new Contract(
        new ContractId(id),
        row.getInt("version"),
        new CompanyId(row.getLong("company_id")),
        row.getString("number"),
        new ContactId(row.getLong("contracting_party_id")),
        own ? null : new ContactId(delivery),
        row.getObject("start_date", LocalDate.class),
        row.getObject("end_date", LocalDate.class),
        row.getString("language"),
        row.getObject("payment_days", Integer.class),
        row.getString("buyer_reference"),
        row.getString("order_reference"),
        row.getString("print_queue"),
        readSchedule(row),
        lines.getOrDefault(id, List.of()),
        parts.terms(id, row));
  }

  private static BillingSchedule readSchedule(ResultSet row) throws SQLException {
    String timing = row.getString("timing");
    return timing == null
        ? null
        : new BillingSchedule(
            row.getInt("interval_months"),
            BillingSchedule.Timing.valueOf(timing),
            row.getInt("anchor_day"),
            row.getObject("billed_through", LocalDate.class),
            BillingSchedule.ReleasePolicy.valueOf(row.getString("release_policy")));
  }

  private static ContractLine readLine(ResultSet row, ContractTermRows.Found parts)
      throws SQLException {
    return new ContractLine(
        row.getInt("position"),
        row.getString("name"),
        row.getString("description"),
        row.getBigDecimal("quantity"),
        row.getString("unit_code"),
        row.getBigDecimal("unit_price"),
        row.getBigDecimal("base_quantity"),
        row.getBigDecimal("discount_percent"),
        VatCategory.valueOf(row.getString("vat_category")),
        row.getBigDecimal("vat_rate"),
        row.getString("exemption_reason"),
        parts.lineTerms(row));
  }

  private static Map<String, Object> values(Contract contract) {
    Map<String, Object> values = new HashMap<>();
    values.put("contractingParty", contract.contractingParty().value());
    values.put(
        "deliveryAddress",
        contract.deliveryAddress() == null ? null : contract.deliveryAddress().value());
    values.put("start", contract.start());
    values.put("end", contract.end());
    values.put("language", contract.language());
    values.put("paymentDays", contract.paymentDays());
    values.put("buyerReference", contract.buyerReference());
    values.put("orderReference", contract.orderReference());
    values.put("printQueue", contract.printQueue());
    values.put("nextDue", contract.nextDue());
    BillingTerms terms = contract.terms();
    MinimumAmount minimum = terms.minimum();
    values.put("currency", terms.currency() == null ? null : terms.currency().getCurrencyCode());
    values.put("minimumAmount", minimum == null ? null : minimum.amount());
    values.put("minimumVatCategory", minimum == null ? null : minimum.vatCategory().name());
    values.put("minimumVatRate", minimum == null ? null : minimum.vatRate());
    values.put("minimumExemptionReason", minimum == null ? null : minimum.exemptionReason());
    return values;
  }

  private static Object[] values(ContractId contract, ContractLine line) {
    return new Object[] {
      contract.value(),
      line.position(),
      line.name(),
      line.description(),
      line.quantity(),
      line.unitCode(),
      line.unitPrice(),
      line.baseQuantity(),
      line.discountPercent(),
      line.vatCategory().name(),
      line.vatRate(),
      line.exemptionReason(),
      line.terms().kind().name(),
      line.terms().meter(),
      line.terms().minimumAmount(),
      line.terms().validFrom(),
      line.terms().validTo()
    };
  }
}
