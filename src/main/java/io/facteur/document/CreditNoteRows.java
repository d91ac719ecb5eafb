package io.facteur.document;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Writes the drafts of credit notes. */
@Repository
class CreditNoteRows {

  private final DraftRows drafts;
  private final InheritedAddresses addresses;
  private final JdbcClient jdbc;

  CreditNoteRows(DraftRows drafts, InheritedAddresses addresses, JdbcClient jdbc) {
    this.drafts = drafts;
    this.addresses = addresses;
    this.jdbc = jdbc;
  }

  DocumentId insert(
      DocumentId invoice, CreditNoteAmounts.Computed computed, String note, String actor) {
    DocumentId creditNote = insertDocument(invoice, computed, note, actor);
    drafts.insertAmounts(
        creditNote, computed.lines(), computed.allowances(), computed.vatBreakdown());
    addresses.inherit(List.of(creditNote), actor);
    return creditNote;
  }

  private DocumentId insertDocument(
      DocumentId invoice, CreditNoteAmounts.Computed computed, String note, String actor) {
    Totals totals = computed.totals();
    AccountingTax tax = computed.accountingTax();
    return jdbc.sql(
            """
            INSERT INTO document (company_id, type, state, series, payment_days, contract_id, period_from, period_to,
              delivery_date, contact_id, delivery_contact_id, preceding_document_id, currency, language, buyer_reference,
              order_reference, note, print_queue, seller, buyer, deliver_to, own_billing_address,
              own_delivery_address, line_net_total, allowance_total, charge_total, tax_exclusive_total, tax_total, tax_currency, exchange_rate, accounting_tax,
              tax_inclusive_total, prepaid_amount, rounding_amount, payable_amount, created_by)
            SELECT company_id, 'CREDIT_NOTE', 'DRAFT', :series, payment_days, contract_id, period_from, period_to,
              delivery_date, contact_id, delivery_contact_id, id, currency, language, buyer_reference,
              order_reference, :note, print_queue, seller, buyer, deliver_to, own_billing_address,
              own_delivery_address, :lineNet, :allowances, :charges, :taxExclusive, :tax, tax_currency, exchange_rate, :accountingTax,
              :taxInclusive, :prepaid, :rounding, :payable, :actor
            FROM document WHERE id = :invoice
            RETURNING id
            """)
        .param("series", NumberSeries.of(DocumentType.CREDIT_NOTE))
        .param("note", note)
        .param("lineNet", totals.lineNet())
        .param("allowances", totals.allowances())
        .param("charges", totals.charges())
        .param("taxExclusive", totals.taxExclusive())
        .param("tax", totals.tax())
        .param("accountingTax", tax == null ? null : tax.tax())
        .param("taxInclusive", totals.taxInclusive())
        .param("prepaid", totals.prepaid())
        .param("rounding", totals.rounding())
        .param("payable", totals.payable())
        .param("actor", actor)
        .param("invoice", invoice.value())
        .query((row, i) -> new DocumentId(row.getLong("id")))
        .single();
  }
}
