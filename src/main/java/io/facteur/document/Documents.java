package io.facteur.document;

import io.facteur.contract.BillingPeriod;
import io.facteur.contract.VatCategory;
import io.facteur.party.CompanyId;
import io.facteur.party.Mandate;
import io.facteur.party.Refusal;
import io.facteur.party.StoredJson;
import io.facteur.party.TradeParty;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Currency;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads whole documents, drafts and issued ones. */
@Repository
public class Documents {

  /** Ids are digits only; every number contains a hyphen. */
  private static final Pattern ID = Pattern.compile("[0-9]{1,18}");

  private static final String HEADS = "SELECT id, company_id, type, state, number FROM document ";

  /** Line 0 is the document as a whole. */
  private record LineKey(long document, int line) {}

  private final JdbcClient jdbc;

  Documents(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Loads documents with lines and VAT breakdown in five statements, however many they are.
   *
   * @return in the order asked for, each once
   * @throws Refusal if one of them does not exist
   */
  public List<Document> load(Collection<DocumentId> documents) {
    if (documents.isEmpty()) {
      return List.of();
    }
    Set<Long> ids = new HashSet<>();
    documents.forEach(document -> ids.add(document.value()));
    Map<LineKey, List<DocumentAllowance>> allowances = allowances(ids);
    Map<Long, List<DocumentLine>> lines = lines(ids, allowances);
    Bills bills = bills(ids);
    Map<Long, List<VatBreakdown>> breakdowns = breakdowns(ids);
    Map<Long, Document> found = new HashMap<>();
    each(
        """
        SELECT d.id, d.type, d.number, d.issue_date, d.due_date, d.payment_days, d.period_from, d.period_to,
               d.delivery_date,
               c.number AS contract_number, d.buyer_reference, d.order_reference,
               p.type AS preceding_type, p.number AS preceding_number, p.issue_date AS preceding_date, d.note,
               d.currency, d.language, d.seller, d.buyer, d.deliver_to, d.mandate, d.own_billing_address,
               d.own_delivery_address, d.line_net_total, d.allowance_total, d.charge_total,
               d.tax_exclusive_total, d.tax_total, d.tax_currency, d.exchange_rate, d.accounting_tax,
               d.tax_inclusive_total, d.prepaid_amount, d.rounding_amount, d.payable_amount
        FROM document d
        LEFT JOIN contract c ON c.id = d.contract_id
        LEFT JOIN document p ON p.id = d.preceding_document_id
        WHERE d.id IN (:ids)
        """,
        ids,
        row -> {
          long id = row.getLong("id");
          found.put(
              id,
              document(
                  row,
                  lines.getOrDefault(id, List.of()),
                  allowances.getOrDefault(new LineKey(id, 0), List.of()),
                  breakdowns.getOrDefault(id, List.of()),
                  bills));
        });
    List<Document> loaded = new ArrayList<>(found.size());
    for (DocumentId document : new LinkedHashSet<>(documents)) {
      Document one = found.get(document.value());
      if (one == null) {
        throw Refusal.notFound("document", String.valueOf(document.value()));
      }
      loaded.add(one);
    }
    return loaded;
  }

  /** Those of the documents that have no more lines than that. */
  public List<DocumentId> notLonger(Collection<DocumentId> documents, int lines) {
    if (documents.isEmpty()) {
      return List.of();
    }
    List<DocumentId> longer =
        jdbc.sql(
                """
                SELECT document_id FROM document_line WHERE document_id IN (:ids)
                GROUP BY document_id HAVING COUNT(*) > :lines
                """)
            .param("ids", documents.stream().map(DocumentId::value).toList())
            .param("lines", lines)
            .query((row, i) -> new DocumentId(row.getLong("document_id")))
            .list();
    return documents.stream().filter(document -> !longer.contains(document)).toList();
  }

  /**
   * The document that a path or a file names.
   *
   * @param numberOrId the number of an issued one, or the id
   */
  public Optional<DocumentHead> find(String numberOrId) {
    boolean isId = ID.matcher(numberOrId).matches();
    return jdbc.sql(HEADS + (isId ? "WHERE id = :key" : "WHERE number = :key"))
        .param("key", isId ? Long.valueOf(numberOrId) : numberOrId)
        .query(Documents::head)
        .optional();
  }

  /**
   * The document that a path or a file names.
   *
   * @throws Refusal if there is none
   */
  public DocumentHead get(String numberOrId) {
    return find(numberOrId).orElseThrow(() -> Refusal.notFound("document", numberOrId));
  }

  /** Documents that follow it, drafts as well, in the order in which they were made. */
  public List<DocumentHead> followUps(DocumentId document) {
    return jdbc.sql(HEADS + "WHERE preceding_document_id = :document ORDER BY id")
        .param("document", document.value())
        .query(Documents::head)
        .list();
  }

  /** Drafts and issued ones; unknown ids are left out. */
  public List<DocumentHead> headsByIds(Collection<DocumentId> documents) {
    return documents.isEmpty()
        ? List.of()
        : jdbc.sql(HEADS + "WHERE id IN (:ids)")
            .param("ids", documents.stream().map(DocumentId::value).toList())
            .query(Documents::head)
            .list();
  }

  private static DocumentHead head(ResultSet row, int index) throws SQLException {
    return new DocumentHead(
        new DocumentId(row.getLong("id")),
        new CompanyId(row.getLong("company_id")),
        DocumentType.valueOf(row.getString("type")),
        DocumentState.valueOf(row.getString("state")),
        row.getString("number"));
  }

  private Map<Long, List<DocumentLine>> lines(
      Set<Long> ids, Map<LineKey, List<DocumentAllowance>> allowances) {
    Map<Long, List<DocumentLine>> lines = new HashMap<>();
    each(
        """
        SELECT document_id, position, name, description, quantity, unit_code, unit_price, base_quantity,
               discount_percent, discount_amount, net_amount, vat_category, vat_rate, exemption_reason,
               period_from, period_to
        FROM document_line WHERE document_id IN (:ids)
        ORDER BY document_id, position
        """,
        ids,
        row ->
            lines
                .computeIfAbsent(row.getLong("document_id"), id -> new ArrayList<>())
                .add(line(row, allowances)));
    return lines;
  }

  private Map<LineKey, List<DocumentAllowance>> allowances(Set<Long> ids) {
    Map<LineKey, List<DocumentAllowance>> allowances = new HashMap<>();
    each(
        """
        SELECT document_id, line_position, is_charge, percent, base_amount, amount, reason, reason_code,
               vat_category, vat_rate, exemption_reason
        FROM document_allowance WHERE document_id IN (:ids)
        ORDER BY document_id, line_position, position
        """,
        ids,
        row ->
            allowances
                .computeIfAbsent(
                    new LineKey(row.getLong("document_id"), row.getInt("line_position")),
                    key -> new ArrayList<>())
                .add(allowance(row)));
    return allowances;
  }

  /** Bills that documents deduct or state, by the documents. */
  private record Bills(
      Map<Long, List<DeductedInstalment>> deducted, Map<Long, List<StatedBill>> stated) {

    private void add(ResultSet row) throws SQLException {
      long document = row.getLong("document_id");
      DocumentId bill = new DocumentId(row.getLong("id"));
      LocalDate date = row.getObject("issue_date", LocalDate.class);
      BigDecimal amount = row.getBigDecimal("amount");
      if (row.getBoolean("is_deducted")) {
        deducted
            .computeIfAbsent(document, id -> new ArrayList<>())
            .add(new DeductedInstalment(bill, row.getString("number"), date, amount));
      } else {
        stated
            .computeIfAbsent(document, id -> new ArrayList<>())
            .add(
                new StatedBill(
                    bill,
                    DocumentType.valueOf(row.getString("type")),
                    row.getString("number"),
                    date,
                    row.getObject("due_date", LocalDate.class),
                    row.getBigDecimal("payable_amount"),
                    amount));
      }
    }
  }

  private Bills bills(Set<Long> ids) {
    Bills bills = new Bills(new HashMap<>(), new HashMap<>());
    each(
        """
        SELECT r.document_id, r.is_deducted, r.amount, b.id, b.type, b.number, b.issue_date, b.due_date,
               b.payable_amount
        FROM (
          SELECT settlement_id AS document_id, TRUE AS is_deducted, instalment_id AS bill_id, amount
          FROM settled_instalment WHERE settlement_id IN (:ids)
          UNION ALL
          SELECT document_id, FALSE, bill_id, open_amount FROM stated_bill WHERE document_id IN (:ids)) r
        JOIN document b ON b.id = r.bill_id ORDER BY r.document_id, b.issue_date, b.id
        """,
        ids,
        bills::add);
    return bills;
  }

  private Map<Long, List<VatBreakdown>> breakdowns(Set<Long> ids) {
    Map<Long, List<VatBreakdown>> breakdowns = new HashMap<>();
    each(
        """
        SELECT document_id, category, rate, taxable_amount, tax_amount, exemption_reason
        FROM vat_breakdown WHERE document_id IN (:ids)
        ORDER BY document_id, rate DESC, category
        """,
        ids,
        row ->
            breakdowns
                .computeIfAbsent(row.getLong("document_id"), id -> new ArrayList<>())
                .add(vat(row)));
    return breakdowns;
  }

  private void each(String sql, Set<Long> ids, RowCallbackHandler handler) {
    jdbc.sql(sql).param("ids", ids).query(handler);
  }

  private static Document document(
      ResultSet row,
      List<DocumentLine> lines,
      List<DocumentAllowance> allowances,
      List<VatBreakdown> breakdown,
      Bills bills)
      throws SQLException {
    long id = row.getLong("id");
    String precedingType = row.getString("preceding_type");
    return new Document(
        new DocumentId(id),
        DocumentType.valueOf(row.getString("type")),
        row.getString("number"),
        row.getObject("issue_date", LocalDate.class),
        row.getObject("due_date", LocalDate.class),
        row.getInt("payment_days"),
        period(row),
        row.getObject("delivery_date", LocalDate.class),
        row.getString("contract_number"),
        row.getString("buyer_reference"),
        row.getString("order_reference"),
        precedingType == null ? null : DocumentType.valueOf(precedingType),
        row.getString("preceding_number"),
        row.getObject("preceding_date", LocalDate.class),
        row.getString("note"),
        Currency.getInstance(row.getString("currency")),
        row.getString("language"),
        StoredJson.read(row.getString("seller"), Seller.class),
        StoredJson.read(row.getString("buyer"), TradeParty.class),
        StoredJson.read(row.getString("deliver_to"), TradeParty.class),
        StoredJson.read(row.getString("mandate"), Mandate.class),
        lines,
        allowances,
        breakdown,
        totals(row),
        accountingTax(row),
        bills.deducted().getOrDefault(id, List.of()),
        bills.stated().getOrDefault(id, List.of()),
        DocumentJson.ownAddresses(row));
  }

  private static BillingPeriod period(ResultSet row) throws SQLException {
    LocalDate from = row.getObject("period_from", LocalDate.class);
    return from == null
        ? null
        : new BillingPeriod(from, row.getObject("period_to", LocalDate.class));
  }

  private static AccountingTax accountingTax(ResultSet row) throws SQLException {
    String currency = row.getString("tax_currency");
    return currency == null
        ? null
        : new AccountingTax(
            Currency.getInstance(currency),
            plain(row.getBigDecimal("exchange_rate"), 0),
            row.getBigDecimal("accounting_tax"));
  }

  private static Totals totals(ResultSet row) throws SQLException {
    return new Totals(
        row.getBigDecimal("line_net_total"),
        row.getBigDecimal("allowance_total"),
        row.getBigDecimal("charge_total"),
        row.getBigDecimal("tax_exclusive_total"),
        row.getBigDecimal("tax_total"),
        row.getBigDecimal("tax_inclusive_total"),
        row.getBigDecimal("prepaid_amount"),
        row.getBigDecimal("rounding_amount"),
        row.getBigDecimal("payable_amount"));
  }

  private static DocumentAllowance allowance(ResultSet row) throws SQLException {
    String category = row.getString("vat_category");
    return new DocumentAllowance(
        row.getBoolean("is_charge"),
        row.getBigDecimal("percent"),
        row.getBigDecimal("base_amount"),
        row.getBigDecimal("amount"),
        row.getString("reason"),
        row.getString("reason_code"),
        category == null ? null : VatCategory.valueOf(category),
        row.getBigDecimal("vat_rate"),
        row.getString("exemption_reason"));
  }

  private static DocumentLine line(ResultSet row, Map<LineKey, List<DocumentAllowance>> allowances)
      throws SQLException {
    return new DocumentLine(
        row.getInt("position"),
        row.getString("name"),
        row.getString("description"),
        plain(row.getBigDecimal("quantity"), 0),
        row.getString("unit_code"),
        plain(row.getBigDecimal("unit_price"), 2),
        plain(row.getBigDecimal("base_quantity"), 0),
        row.getBigDecimal("discount_percent"),
        row.getBigDecimal("discount_amount"),
        row.getBigDecimal("net_amount"),
        VatCategory.valueOf(row.getString("vat_category")),
        row.getBigDecimal("vat_rate"),
        row.getString("exemption_reason"),
        period(row),
        allowances.getOrDefault(
            new LineKey(row.getLong("document_id"), row.getInt("position")), List.of()));
  }

  /** Without the zeros that the column's six decimals add. */
  private static BigDecimal plain(BigDecimal stored, int decimals) {
    return stored.setScale(Math.max(decimals, stored.stripTrailingZeros().scale()));
  }

  private static VatBreakdown vat(ResultSet row) throws SQLException {
    return new VatBreakdown(
        VatCategory.valueOf(row.getString("category")),
        row.getBigDecimal("rate"),
        row.getBigDecimal("taxable_amount"),
        row.getBigDecimal("tax_amount"),
        row.getString("exemption_reason"));
  }
}
