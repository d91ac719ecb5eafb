package io.facteur.addressing;

import io.facteur.contract.Role;
import io.facteur.party.AddressUse;
import io.facteur.party.Contact;

/**
 * One role of a document, with its e-mail addresses as they are now (ADDR-3, ADDR-9).
 *
 * @param contact null for an address of the document's own, which belongs to no contact
 * @param use of the document
 */
public record AddressedParty(Role role, Contact contact, AddressUse use, OnDocument onDocument) {

  /** Where a document of that kind goes; of a reminder both kinds are the same. */
  public ResolvedMailboxes resolved(AddressKind kind) {
    return RecipientResolution.resolve(contact, use(kind), onDocument);
  }

  /**
   * What the document says itself, if that decides where it goes; null if it follows its contact.
   * Reminders without an address of their own go where the document was sent by hand (ADDR-2a).
   */
  public OnDocument.Stand decides(AddressKind kind) {
    OnDocument.Stand own = onDocument.of(kind);
    OnDocument.Stand document = onDocument.document();
    boolean ofDocument =
        kind == AddressKind.REMINDER
            && document != null
            && document.isByHand()
            && (own == null || !own.isByHand());
    return ofDocument ? document : own;
  }

  AddressUse use(AddressKind kind) {
    return kind == AddressKind.REMINDER ? AddressUse.REMINDER : use;
  }

  /** Whether neither the document nor its contact has had such an address (ADDR-5). */
  boolean isFirst(AddressKind kind) {
    if (hasOwn(kind) || (use == AddressUse.REMINDER && hasOwn(AddressKind.DOCUMENT))) {
      return false;
    }
    if (contact == null) {
      return true;
    }
    return kind == AddressKind.REMINDER
        ? !RecipientResolution.hasReminderAddress(contact)
        : RecipientResolution.resolve(contact, use).isEmpty();
  }

  /** What reminders kept when the contact changed need not have been a reminder address. */
  private boolean hasOwn(AddressKind kind) {
    OnDocument.Stand stand = onDocument.of(kind);
    return stand != null
        && !stand.mailboxes().isEmpty()
        && (stand.isByHand() || (kind == AddressKind.DOCUMENT && use != AddressUse.REMINDER));
  }
}
