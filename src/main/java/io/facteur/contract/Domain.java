package io.facteur.contract;

/** What a dispatch definition is for (product word "domaine"). */
public enum Domain {
  /** Invoices, credit notes, instalment bills and their settlement. */
  INVOICE,
  /** Reminders, payment notices, statements of account. */
  REMINDER,
  /** Quotes, orders, delivery notes. */
  ORDER,
  /** Purchase orders. */
  PURCHASE,
  /** Paperless letters. */
  LETTER
}
