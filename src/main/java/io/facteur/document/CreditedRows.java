package io.facteur.document;

import io.facteur.contract.VatCategory;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Sums up the credit notes of an invoice from their rows; no counter is kept anywhere. */
@Repository
class CreditedRows {

  private static final String OF_INVOICE =
      "c.preceding_document_id = :invoice AND c.type = 'CREDIT_NOTE'";

  private final JdbcClient jdbc;

  CreditedRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  CreditedParts load(DocumentId invoice) {
    Map<Integer, Map<Integer, CreditedParts.Allowance>> ofLines = lineAllowances(invoice);
    Map<Integer, CreditedParts.Line> lines = new HashMap<>();
    each(
        """
        SELECT l.preceding_line, SUM(l.preceding_quantity) AS quantity, SUM(l.net_amount) AS net,
               SUM(l.discount_amount) AS discount, MAX(l.preceding_quantity = 0) AS by_amount
        FROM document c JOIN document_line l ON l.document_id = c.id
        WHERE %s AND l.preceding_line IS NOT NULL GROUP BY l.preceding_line
        """,
        invoice,
        row ->
            lines.put(
                row.getInt("preceding_line"),
                new CreditedParts.Line(
                    row.getBigDecimal("quantity"),
                    row.getBigDecimal("net"),
                    row.getBigDecimal("discount"),
                    row.getBoolean("by_amount"),
                    ofLines.getOrDefault(row.getInt("preceding_line"), Map.of()))));
    Map<Integer, CreditedParts.Allowance> allowances = allowances(invoice);
    Map<CreditedParts.Vat, CreditedParts.Sum> vat = vat(invoice);
    return totals(invoice, lines, allowances, vat);
  }

  private Map<Integer, Map<Integer, CreditedParts.Allowance>> lineAllowances(DocumentId invoice) {
    Map<Integer, Map<Integer, CreditedParts.Allowance>> found = new HashMap<>();
    each(
        """
        SELECT l.preceding_line, a.position, SUM(a.amount) AS amount, COALESCE(SUM(a.base_amount), 0) AS base
        FROM document c
        JOIN document_line l ON l.document_id = c.id
        JOIN document_allowance a ON a.document_id = c.id AND a.line_position = l.position
        WHERE %s AND l.preceding_line IS NOT NULL GROUP BY l.preceding_line, a.position
        """,
        invoice,
        row ->
            found
                .computeIfAbsent(row.getInt("preceding_line"), line -> new HashMap<>())
                .put(row.getInt("position"), allowance(row)));
    return found;
  }

  /** Only of credit notes whose lines belong to the invoice's: the positions are the invoice's. */
  private Map<Integer, CreditedParts.Allowance> allowances(DocumentId invoice) {
    Map<Integer, CreditedParts.Allowance> found = new HashMap<>();
    each(
        """
        SELECT a.position, SUM(a.amount) AS amount, COALESCE(SUM(a.base_amount), 0) AS base
        FROM document c JOIN document_allowance a ON a.document_id = c.id AND a.line_position = 0
        WHERE %s AND EXISTS (SELECT 1 FROM document_line l WHERE l.document_id = c.id AND l.preceding_line IS NOT NULL)
        GROUP BY a.position
        """,
        invoice, row -> found.put(row.getInt("position"), allowance(row)));
    return found;
  }

  private static CreditedParts.Allowance allowance(ResultSet row) throws SQLException {
    return new CreditedParts.Allowance(row.getBigDecimal("amount"), row.getBigDecimal("base"));
  }

  private Map<CreditedParts.Vat, CreditedParts.Sum> vat(DocumentId invoice) {
    Map<CreditedParts.Vat, CreditedParts.Sum> found = new HashMap<>();
    each(
        """
        SELECT v.category, v.rate, SUM(v.taxable_amount) AS taxable, SUM(v.tax_amount) AS tax
        FROM document c JOIN vat_breakdown v ON v.document_id = c.id
        WHERE %s GROUP BY v.category, v.rate
        """,
        invoice,
        row ->
            found.put(
                new CreditedParts.Vat(
                    VatCategory.valueOf(row.getString("category")), row.getBigDecimal("rate")),
                new CreditedParts.Sum(row.getBigDecimal("taxable"), row.getBigDecimal("tax"))));
    return found;
  }

  private CreditedParts totals(
      DocumentId invoice,
      Map<Integer, CreditedParts.Line> lines,
      Map<Integer, CreditedParts.Allowance> allowances,
      Map<CreditedParts.Vat, CreditedParts.Sum> vat) {
    List<String> names = new ArrayList<>();
    BigDecimal[] sums = {BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO};
    each(
        """
        SELECT COALESCE(c.number, CONCAT('draft ', c.id)) AS name, c.tax_inclusive_total,
               COALESCE(c.accounting_tax, 0) AS accounting_tax, c.prepaid_amount, c.rounding_amount
        FROM document c WHERE %s ORDER BY c.id
        """,
        invoice,
        row -> {
          names.add(row.getString("name"));
          for (int i = 0; i < sums.length; i++) {
            sums[i] = sums[i].add(row.getBigDecimal(i + 2));
          }
        });
    return new CreditedParts(names, lines, allowances, vat, sums[0], sums[1], sums[2], sums[3]);
  }

  private void each(String sql, DocumentId invoice, RowCallbackHandler handler) {
    jdbc.sql(sql.formatted(OF_INVOICE)).param("invoice", invoice.value()).query(handler);
  }
}
