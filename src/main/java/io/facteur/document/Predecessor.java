package io.facteur.document;

import io.facteur.party.CompanyId;
import io.facteur.party.ContactId;
import java.time.LocalDate;
import java.util.Currency;

/**
 * An issued document with what it hands down to those that follow it, beside its lines.
 *
 * @param issueDate BT-2
 * @param deliveryDate BT-72; null if it is not told
 * @param deliveryContact null if there is none
 * @param contract number; null if none
 * @param orderReference BT-13; null if none
 * @param printQueue null: as the route says
 */
record Predecessor(
    DocumentId id,
    CompanyId company,
    String companyCode,
    DocumentType type,
    String number,
    LocalDate issueDate,
    LocalDate deliveryDate,
    ContactId contact,
    ContactId deliveryContact,
    String contract,
    Currency currency,
    String language,
    int paymentDays,
    String buyerReference,
    String orderReference,
    String printQueue,
    OwnAddresses own) {

  /** The customer's own reference goes before our number of the order. */
  String orderReferenceOfFollowers() {
    return orderReference == null && type == DocumentType.ORDER ? number : orderReference;
  }

  /** What a delivery note lists is delivered on its day, unless it says another one. */
  LocalDate deliveryDateOfFollowers() {
    return deliveryDate == null && type == DocumentType.DELIVERY_NOTE ? issueDate : deliveryDate;
  }
}
