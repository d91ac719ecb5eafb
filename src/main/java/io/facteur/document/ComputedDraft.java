package io.facteur.document;

import io.facteur.contract.ContractId;
import io.facteur.party.Company;
import io.facteur.party.Contact;
import java.util.Currency;
import java.util.List;

/**
 * What a draft would be, without making it.
 *
 * @param document complete but for what only a document that was made has: id, number, dates
 * @param contract null if none
 * @param contact without e-mail addresses but the general one
 * @param deliverTo as {@code contact}; null if the goods go to that
 */
public record ComputedDraft(
    Document document, Company company, ContractId contract, Contact contact, Contact deliverTo) {

  static ComputedDraft of(DraftRows.Row row) {
    NewDocument draft = row.draft();
    Amounts.Computed amounts = row.amounts();
    Document document =
        new Document(
            null,
            draft.type(),
            null,
            null,
            null,
            row.paymentDays(),
            draft.period(),
            row.deliveryDate(),
            row.contract() == null ? null : row.contract().number(),
            row.buyerReference(),
            row.orderReference(),
            row.preceding() == null ? null : row.preceding().type(),
            draft.precedingDocument(),
            null,
            draft.note(),
            row.currency(),
            row.language(),
            Seller.of(row.company()),
            row.own().buyer(draft.type(), row.contact()),
            row.own().deliverTo(row.deliverTo()),
            row.mandate(),
            amounts.lines(),
            amounts.allowances(),
            amounts.vatBreakdown(),
            amounts.totals(),
            row.accountingTax(),
            draft.billing().settles(),
            List.of(),
            row.own());
    return new ComputedDraft(
        document,
        row.company(),
        row.contract() == null ? null : row.contract().id(),
        row.contact(),
        row.deliverTo());
  }

  public Currency currency() {
    return document.currency();
  }

  public Totals totals() {
    return document.totals();
  }
}
