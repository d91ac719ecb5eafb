package io.facteur.document;

import io.facteur.contract.Domain;

/** The kinds of documents, each belonging to one dispatch domain. */
public enum DocumentType {
  QUOTE(Domain.ORDER),
  ORDER(Domain.ORDER),
  DELIVERY_NOTE(Domain.ORDER),
  INVOICE(Domain.INVOICE),
  CREDIT_NOTE(Domain.INVOICE),
  REMINDER(Domain.REMINDER),
  PAYMENT_NOTICE(Domain.REMINDER),
  STATEMENT(Domain.REMINDER),
  PURCHASE_ORDER(Domain.PURCHASE),
  LETTER(Domain.LETTER);

  private final Domain domain;

  DocumentType(Domain domain) {
    this.domain = domain;
  }

  public Domain domain() {
    return domain;
  }
}
