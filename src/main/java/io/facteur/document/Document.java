package io.facteur.document;

import io.facteur.contract.BillingPeriod;
import io.facteur.party.Mandate;
import io.facteur.party.TradeParty;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;

/**
 * A document with everything that is printed on it or goes into its e-invoice, all amounts
 * computed. Names follow EN 16931.
 *
 * @param number BT-1; null for a draft
 * @param issueDate BT-2; null for a draft
 * @param dueDate BT-9; null for a draft and where nothing falls due
 * @param paymentDays days from issue to due date
 * @param period BG-14; null if the document is not for a period
 * @param deliveryDate BT-72; null if it is not told
 * @param contractNumber BT-12; null if none
 * @param buyerReference BT-10; null if none
 * @param orderReference BT-13; null if none
 * @param precedingType of the document that this one corrects or follows; null if none
 * @param precedingNumber its number; BT-25 of the invoice that a credit note corrects
 * @param precedingDate its date; BT-26
 * @param note BT-22; null if none
 * @param deliverTo BG-13; null if the goods go to the buyer
 * @param mandate by which the amount due is collected; null if it is transferred
 * @param allowances allowances and charges on the document as a whole (BG-20, BG-21)
 * @param accountingTax null where the currency is the seller's own
 * @param deducted instalments that a settlement deducts (BILL-7)
 * @param stated bills that a reminder or payment notice is about; its amount due is what is open
 * @param own postal addresses that it has of its own (ADDR-3); they stand on buyer and deliverTo
 */
public record Document(
    DocumentId id,
    DocumentType type,
    String number,
    LocalDate issueDate,
    LocalDate dueDate,
    int paymentDays,
    BillingPeriod period,
    LocalDate deliveryDate,
    String contractNumber,
    String buyerReference,
    String orderReference,
    DocumentType precedingType,
    String precedingNumber,
    LocalDate precedingDate,
    String note,
    Currency currency,
    String language,
    Seller seller,
    TradeParty buyer,
    TradeParty deliverTo,
    Mandate mandate,
    List<DocumentLine> lines,
    List<DocumentAllowance> allowances,
    List<VatBreakdown> vatBreakdown,
    Totals totals,
    AccountingTax accountingTax,
    List<DeductedInstalment> deducted,
    List<StatedBill> stated,
    OwnAddresses own) {

  public Document {
    lines = List.copyOf(lines);
    allowances = List.copyOf(allowances);
    vatBreakdown = List.copyOf(vatBreakdown);
    deducted = List.copyOf(deducted);
    stated = List.copyOf(stated);
  }

  /** Whether somebody is to pay upon it. */
  public boolean asksForPayment() {
    int sign = totals.payable().signum();
    // The credit note of a bill in the client's favour takes that back.
    return type == DocumentType.CREDIT_NOTE
        ? sign < 0
        : sign > 0 && (type.isBill() || type == DocumentType.REMINDER);
  }

  /** The same document as one that is issued so. */
  public Document issuedAs(String otherNumber, LocalDate issued, LocalDate due) {
    return new Document(
        id,
        type,
        otherNumber,
        issued,
        due,
        paymentDays,
        period,
        deliveryDate,
        contractNumber,
        buyerReference,
        orderReference,
        precedingType,
        precedingNumber,
        precedingDate,
        note,
        currency,
        language,
        seller,
        buyer,
        deliverTo,
        mandate,
        lines,
        allowances,
        vatBreakdown,
        totals,
        accountingTax,
        deducted,
        stated,
        own);
  }
}
