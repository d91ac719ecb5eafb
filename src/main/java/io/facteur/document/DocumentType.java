package io.facteur.document;

import io.facteur.contract.Domain;
import io.facteur.party.AddressUse;

/** The kinds of documents, each belonging to one dispatch domain. */
public enum DocumentType {
  QUOTE(Domain.ORDER, AddressUse.QUOTE),
  ORDER(Domain.ORDER, AddressUse.ORDER),
  DELIVERY_NOTE(Domain.ORDER, AddressUse.DELIVERY_NOTE),
  INVOICE(Domain.INVOICE, AddressUse.INVOICE),
  /** A bill in advance for a part of a period that a settlement closes (BILL-7). */
  INSTALMENT(Domain.INVOICE, AddressUse.INVOICE),
  /** The bill that closes a period and deducts its instalments (BILL-7). */
  SETTLEMENT(Domain.INVOICE, AddressUse.INVOICE),
  CREDIT_NOTE(Domain.INVOICE, AddressUse.INVOICE),
  REMINDER(Domain.REMINDER, AddressUse.REMINDER),
  PAYMENT_NOTICE(Domain.REMINDER, AddressUse.REMINDER),
  STATEMENT(Domain.REMINDER, AddressUse.REMINDER),
  PURCHASE_ORDER(Domain.PURCHASE, AddressUse.PURCHASE_ORDER),
  LETTER(Domain.LETTER, AddressUse.INVOICE);

  private final Domain domain;
  private final AddressUse addressUse;

  DocumentType(Domain domain, AddressUse addressUse) {
    this.domain = domain;
    this.addressUse = addressUse;
  }

  public Domain domain() {
    return domain;
  }

  /** Which of a contact's document addresses are for it (ADDR-2). */
  public AddressUse addressUse() {
    return addressUse;
  }

  /** Whether it asks for money for what was, or will be, supplied. */
  public boolean isBill() {
    return this == INVOICE || this == INSTALMENT || this == SETTLEMENT;
  }
}
