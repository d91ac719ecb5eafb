package io.facteur.document;

import java.util.List;

/**
 * A draft that is about to be made. What is not given is taken from the contract, then from the
 * contact or the company.
 *
 * @param company code
 * @param contact code of the contracting party; null: the contract's
 * @param deliveryContact code; null: the contract's delivery address, or none
 * @param contract number; null for a document without contract
 * @param period BG-14; null if the document is not for a period
 * @param precedingDocument number of an issued document that this one corrects or follows; null if
 *     none
 * @param currency ISO 4217; null: the company's
 * @param language null: the contract's, then the contact's
 * @param paymentDays days from issue to due date; null: the contract's, then the company's
 * @param buyerReference BT-10; null: the contract's, then the contact's
 * @param orderReference BT-13; null: the contract's
 * @param note BT-22; null if none
 * @param printQueue null: the contract's
 */
public record NewDocument(
    DocumentType type,
    String company,
    String contact,
    String deliveryContact,
    String contract,
    BillingPeriod period,
    String precedingDocument,
    String currency,
    String language,
    Integer paymentDays,
    String buyerReference,
    String orderReference,
    String note,
    String printQueue,
    List<NewLine> lines) {

  public NewDocument {
    lines = lines == null ? List.of() : List.copyOf(lines);
  }

  /** An invoice of a contract for a period; everything else is as the contract says. */
  public static NewDocument invoice(
      String company, String contract, BillingPeriod period, List<NewLine> lines) {
    return new NewDocument(
        DocumentType.INVOICE,
        company,
        null,
        null,
        contract,
        period,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        lines);
  }
}
