package io.facteur.document;

import io.facteur.party.Refusal;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Corrects issued invoices by credit notes (BILL-6; EN 16931 type code 381). */
@Service
public class CreditNotes {

  private record Invoice(DocumentType type, DocumentState state, String number) {}

  private final JdbcClient jdbc;

  CreditNotes(JdbcClient jdbc) {
    this.jdbc = jdbc;
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
    if (locked.type() != DocumentType.INVOICE || locked.state() != DocumentState.ISSUED) {
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
    copyLines(invoice, creditNote);
    copyVat(invoice, creditNote);
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
              order_reference, print_queue, seller, buyer, deliver_to, line_net_total, tax_exclusive_total,
              tax_total, tax_inclusive_total, prepaid_amount, rounding_amount, payable_amount, created_by)
            SELECT company_id, 'CREDIT_NOTE', 'DRAFT', :series, payment_days, contract_id, period_from, period_to,
              contact_id, delivery_contact_id, id, currency, language, buyer_reference,
              order_reference, print_queue, seller, buyer, deliver_to, line_net_total, tax_exclusive_total,
              tax_total, tax_inclusive_total, prepaid_amount, rounding_amount, payable_amount, :actor
            FROM document WHERE id = :invoice
            RETURNING id
            """)
        .param("series", NumberSeries.of(DocumentType.CREDIT_NOTE))
        .param("actor", actor)
        .param("invoice", invoice.value())
        .query((row, i) -> new DocumentId(row.getLong("id")))
        .single();
  }

  private void copyLines(DocumentId invoice, DocumentId creditNote) {
    jdbc.sql(
            """
            INSERT INTO document_line (document_id, position, name, description, quantity, unit_code, unit_price,
              base_quantity, discount_percent, discount_amount, net_amount, vat_category, vat_rate, exemption_reason)
            SELECT :creditNote, position, name, description, quantity, unit_code, unit_price,
              base_quantity, discount_percent, discount_amount, net_amount, vat_category, vat_rate, exemption_reason
            FROM document_line WHERE document_id = :invoice
            """)
        .param("creditNote", creditNote.value())
        .param("invoice", invoice.value())
        .update();
  }

  private void copyVat(DocumentId invoice, DocumentId creditNote) {
    jdbc.sql(
            """
            INSERT INTO vat_breakdown (document_id, category, rate, taxable_amount, tax_amount, exemption_reason)
            SELECT :creditNote, category, rate, taxable_amount, tax_amount, exemption_reason
            FROM vat_breakdown WHERE document_id = :invoice
            """)
        .param("creditNote", creditNote.value())
        .param("invoice", invoice.value())
        .update();
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
