package io.facteur.document;

import io.facteur.party.Refusal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Corrects issued invoices by credit notes (BILL-6; EN 16931 type code 381). */
@Service
public class CreditNotes {

  private record Invoice(DocumentType type, DocumentState state, String number) {}

  private static final List<String> LINE =
      List.of(
          "position",
          "name",
          "description",
          "quantity",
          "unit_code",
          "unit_price",
          "base_quantity",
          "discount_percent",
          "discount_amount",
          "net_amount",
          "vat_category",
          "vat_rate",
          "exemption_reason",
          "period_from",
          "period_to");

  private static final List<String> VAT =
      List.of("category", "rate", "taxable_amount", "tax_amount", "exemption_reason");

  private static final List<String> ALLOWANCE =
      List.of(
          "line_position",
          "position",
          "is_charge",
          "percent",
          "base_amount",
          "amount",
          "reason",
          "reason_code",
          "vat_category",
          "vat_rate",
          "exemption_reason");

  private final JdbcClient jdbc;
  private final JdbcTemplate batches;

  CreditNotes(JdbcClient jdbc, JdbcTemplate batches) {
    this.jdbc = jdbc;
    this.batches = batches;
  }

  /**
   * Makes the draft of a credit note over the whole invoice: the same lines and amounts, positive,
   * with the invoice as its preceding document (BG-3). Nothing is computed anew. E-mail addresses
   * that were set by hand on the invoice are inherited (ADDR-4).
   *
   * <p>Read committed, as otherwise those who credit different invoices would lock each other out
   * of the gap between them.
   *
   * @throws Refusal if the document is no issued invoice, or is credited already
   */
  @Transactional(isolation = Isolation.READ_COMMITTED)
  public DocumentId draftFor(DocumentId invoice, String actor) {
    Invoice locked = lock(invoice);
    if (!locked.type().isBill() || locked.state() != DocumentState.ISSUED) {
      throw Refusal.conflict(
          "document",
          "%s is %s %s: only an issued invoice can be credited"
              .formatted(
                  locked.number() == null ? invoice.value() : locked.number(),
                  locked.state(),
                  locked.type()));
    }
    refuseSecond(invoice, locked.number());
    DocumentId creditNote = copyDocument(invoice, actor);
    copy("document_line", LINE, invoice, creditNote);
    copy("vat_breakdown", VAT, invoice, creditNote);
    copy("document_allowance", ALLOWANCE, invoice, creditNote);
    inheritAddresses(invoice, creditNote);
    return creditNote;
  }

  /** Whoever else wants to credit the invoice waits here, and then finds what was made. */
  private Invoice lock(DocumentId invoice) {
    return jdbc.sql("SELECT type, state, number FROM document WHERE id = :id FOR UPDATE")
        .param("id", invoice.value())
        .query(
            (row, i) ->
                new Invoice(
                    DocumentType.valueOf(row.getString("type")),
                    DocumentState.valueOf(row.getString("state")),
                    row.getString("number")))
        .optional()
        .orElseThrow(() -> Refusal.notFound("document", String.valueOf(invoice.value())));
  }

  private void refuseSecond(DocumentId invoice, String number) {
    jdbc.sql(
            """
            SELECT COALESCE(number, CONCAT('draft ', id)) FROM document
            WHERE preceding_document_id = :invoice AND type = 'CREDIT_NOTE'
            ORDER BY id LIMIT 1 FOR UPDATE
            """)
        .param("invoice", invoice.value())
        .query(String.class)
        .optional()
        .ifPresent(
            creditNote -> {
              throw Refusal.conflict(
                  "document", "%s is credited already, by %s".formatted(number, creditNote));
            });
  }

  private DocumentId copyDocument(DocumentId invoice, String actor) {
    return jdbc.sql(
            """
            INSERT INTO document (company_id, type, state, series, payment_days, contract_id, period_from, period_to,
              contact_id, delivery_contact_id, preceding_document_id, currency, language, buyer_reference,
              order_reference, print_queue, seller, buyer, deliver_to, line_net_total, allowance_total,
              charge_total, tax_exclusive_total, tax_total, tax_currency, exchange_rate, accounting_tax,
              tax_inclusive_total, prepaid_amount, rounding_amount, payable_amount, created_by)
            SELECT company_id, 'CREDIT_NOTE', 'DRAFT', :series, payment_days, contract_id, period_from, period_to,
              contact_id, delivery_contact_id, id, currency, language, buyer_reference,
              order_reference, print_queue, seller, buyer, deliver_to, line_net_total, allowance_total,
              charge_total, tax_exclusive_total, tax_total, tax_currency, exchange_rate, accounting_tax,
              tax_inclusive_total, prepaid_amount, rounding_amount, payable_amount, :actor
            FROM document WHERE id = :invoice
            RETURNING id
            """)
        .param("series", NumberSeries.of(DocumentType.CREDIT_NOTE))
        .param("actor", actor)
        .param("invoice", invoice.value())
        .query((row, i) -> new DocumentId(row.getLong("id")))
        .single();
  }

  /**
   * Row by row: with its BEFORE INSERT trigger, MariaDB 11.4.5 refuses the second row of an INSERT
   * ... SELECT into such a table ("Column 'document_id' cannot be null").
   */
  private void copy(String table, List<String> columns, DocumentId invoice, DocumentId creditNote) {
    String names = String.join(", ", columns);
    List<Object[]> rows =
        jdbc.sql("SELECT %s FROM %s WHERE document_id = :invoice".formatted(names, table))
            .param("invoice", invoice.value())
            .query((row, i) -> values(row, columns, creditNote))
            .list();
    batches.batchUpdate(
        "INSERT INTO %s (document_id, %s) VALUES (?%s)"
            .formatted(table, names, ", ?".repeat(columns.size())),
        rows);
  }

  private static Object[] values(ResultSet row, List<String> columns, DocumentId creditNote)
      throws SQLException {
    Object[] values = new Object[columns.size() + 1];
    values[0] = creditNote.value();
    for (int i = 0; i < columns.size(); i++) {
      values[i + 1] = row.getObject(columns.get(i));
    }
    return values;
  }

  private void inheritAddresses(DocumentId invoice, DocumentId creditNote) {
    jdbc.sql(
            """
            INSERT INTO document_mailbox (document_id, role, field, position, address, source)
            SELECT :creditNote, role, field, position, address, 'PREDECESSOR'
            FROM document_mailbox WHERE document_id = :invoice AND source IN ('HAND', 'PREDECESSOR')
            """)
        .param("creditNote", creditNote.value())
        .param("invoice", invoice.value())
        .update();
  }
}
