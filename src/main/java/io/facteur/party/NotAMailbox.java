package io.facteur.party;

/**
 * A text that is not the address of one mailbox. Its message does not repeat the text: addresses
 * are personal data, and what is wrong with one may be that it cannot be shown.
 */
final class NotAMailbox extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  private final String reason;
  private final boolean several;

  NotAMailbox(String reason) {
    this(reason, false);
  }

  private NotAMailbox(String reason, boolean several) {
    super("an e-mail address " + reason);
    this.reason = reason;
    this.several = several;
  }

  static NotAMailbox several() {
    return new NotAMailbox("is more than one: separate addresses by ';'", true);
  }

  /** What is wrong and what to do, as the rest of a sentence about the address. */
  String reason() {
    return reason;
  }

  /** Whether more than one address was given. */
  boolean isSeveral() {
    return several;
  }
}
