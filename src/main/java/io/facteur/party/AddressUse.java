package io.facteur.party;

/**
 * What a contact's document addresses are marked for (ADDR-1). Credit notes use {@code INVOICE},
 * payment notices and statements {@code REMINDER}.
 */
public enum AddressUse {
  QUOTE,
  ORDER,
  DELIVERY_NOTE,
  INVOICE,
  REMINDER,
  PURCHASE_ORDER
}
