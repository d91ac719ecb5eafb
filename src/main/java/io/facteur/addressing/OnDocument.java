package io.facteur.addressing;

import io.facteur.party.Mailboxes;
import java.time.Instant;

/**
 * What a document says itself about the addresses of one role; what it does not say, its contact
 * does (ADDR-3).
 *
 * @param document where the document goes; null: as the contact has it
 * @param reminder where it goes if it is a reminder, and its reminders if it is none; null: as the
 *     contact has it
 */
public record OnDocument(Stand document, Stand reminder) {

  /** A document that follows its contact in everything. */
  public static final OnDocument NOTHING = new OnDocument(null, null);

  /** Of both kinds, if each says one. */
  OnDocument and(OnDocument other) {
    return new OnDocument(
        document == null ? other.document : document, reminder == null ? other.reminder : reminder);
  }

  /** Null if the document follows its contact in that. */
  public Stand of(AddressKind kind) {
    return kind == AddressKind.DOCUMENT ? document : reminder;
  }

  /** Why addresses stand on a document. */
  public enum Source {
    /** Kept there when the contact's own were changed (ADDR-6: "leave existing invoices"). */
    CONTACT,
    /** Set there by a person (ADDR-2a). */
    HAND,
    /** Set by hand on the document that it follows (ADDR-4). */
    PREDECESSOR
  }

  /**
   * Addresses that stand on a document.
   *
   * @param mailboxes empty only of source {@code CONTACT}: it had none then
   * @param by who put them there
   */
  public record Stand(Mailboxes mailboxes, Source source, String by, Instant at) {

    /** Whether a change of the contact passes it by (ADDR-7). */
    public boolean isByHand() {
      return source != Source.CONTACT;
    }
  }
}
