package io.facteur.addressing;

/** Where somebody changes an address (ADDR-6). */
public enum ChangePlace {
  ON_CONTACT("on a contact"),
  ON_DOCUMENT("on a document"),
  WHILE_SENDING("while sending");

  private final String words;

  ChangePlace(String words) {
    this.words = words;
  }

  /** Where a caller names another role than the contracting party. */
  String roleField() {
    return this == WHILE_SENDING ? "role" : "delivery";
  }

  String words() {
    return words;
  }
}
