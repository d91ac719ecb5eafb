package io.facteur.document;

import io.facteur.party.Contact;
import io.facteur.party.EmailAddress;
import io.facteur.party.Mailboxes;
import io.facteur.party.TradeParty;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The postal addresses that a document has of its own (ADDR-3). They stay when it is issued, while
 * everything else of its parties is taken from the contacts as they are then.
 *
 * @param billing BG-8; null: the contracting party's
 * @param delivery BG-15; null: the delivery contact's, if there is one
 */
public record OwnAddresses(OwnAddress billing, OwnAddress delivery) {

  /** Of a document that has all from its contacts. */
  public static final OwnAddresses NONE = new OwnAddresses(null, null);

  /** The buyer as it stands on documents. */
  public TradeParty buyer(Contact contact) {
    return billing == null ? contact.asTradeParty() : billing.of(contact.asTradeParty());
  }

  /**
   * The buyer as it stands on a document of that type. A letter names the e-mail addresses that
   * documents go to (CONS-1) in place of the general one.
   */
  TradeParty buyer(DocumentType type, Contact contact) {
    Mailboxes documents = contact.addresses().documentsFor(type.addressUse());
    return type != DocumentType.LETTER || documents.isEmpty()
        ? buyer(contact)
        : buyer(contact)
            .withEmail(
                Stream.concat(documents.to().stream(), documents.cc().stream())
                    .map(EmailAddress::value)
                    .collect(Collectors.joining(", ")));
  }

  /**
   * Whom the goods go to.
   *
   * @param contact null: to an address of the document's own, or to the buyer
   * @return null if they go to the buyer
   */
  public TradeParty deliverTo(Contact contact) {
    TradeParty party = contact == null ? null : contact.asTradeParty();
    return delivery == null ? party : delivery.of(party);
  }
}
