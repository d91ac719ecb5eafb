package io.facteur.addressing;

import io.facteur.party.AddressUse;

/** The two addresses of a document that ADDR-6 keeps apart. */
public enum AddressKind {
  /** To, Cc and Bcc of quotes, orders, delivery notes, bills, credit notes and purchase orders. */
  DOCUMENT,
  /** Where reminders, payment notices and statements go. */
  REMINDER;

  /** What a document of that use is mailed to. */
  public static AddressKind of(AddressUse use) {
    return use == AddressUse.REMINDER ? REMINDER : DOCUMENT;
  }
}
