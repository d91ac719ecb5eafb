package io.facteur.document;

import io.facteur.party.PostalAddress;
import io.facteur.party.TradeParty;
import java.util.Objects;

/**
 * A postal address that a document has of its own (ADDR-3), in place of its contact's.
 *
 * @param name null: the contact's name, and its second line
 * @param additionalName a second name line; null if none
 */
public record OwnAddress(String name, String additionalName, PostalAddress address) {

  public OwnAddress {
    Objects.requireNonNull(address, "address");
  }

  /**
   * The party as it stands on the document: what identifies it to authorities and networks stays
   * the contact's.
   *
   * @param contact null if the address belongs to none
   */
  TradeParty of(TradeParty contact) {
    if (contact == null) {
      return new TradeParty(
          name, additionalName, address, null, null, null, null, null, null, null);
    }
    boolean named = name != null;
    return new TradeParty(
        named ? name : contact.name(),
        named || additionalName != null ? additionalName : contact.additionalName(),
        address,
        contact.vatId(),
        contact.registrationId(),
        contact.registrationScheme(),
        contact.endpoint(),
        contact.contactName(),
        contact.phone(),
        contact.email());
  }
}
