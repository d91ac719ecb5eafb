package io.facteur.document;

/** Whether a document is final (BILL-6). */
public enum DocumentState {
  DRAFT,
  ISSUED
}
