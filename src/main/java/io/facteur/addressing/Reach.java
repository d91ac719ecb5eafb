package io.facteur.addressing;

/** How far the change of an address goes (ADDR-6). */
public enum Reach {
  /** It is used for this sending and kept nowhere. */
  NOTHING,
  /** The document has it from now on, as set by hand. */
  DOCUMENT,
  /** The document and its contact have it; other documents that exist keep what they have. */
  DOCUMENT_AND_CONTACT,
  /** The contact has it and documents made from now on; those that exist keep what they have. */
  CONTACT_AND_FUTURE,
  /** The contact has it, future documents and those that exist, but where one was set by hand. */
  CONTACT_AND_EXISTING
}
