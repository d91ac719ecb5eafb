package io.facteur.party;

import java.util.List;

/**
 * Where a contact is reached (ADDR-1).
 *
 * @param general null if none
 * @param documents several may be marked for the same type: all of them apply
 * @param reminder empty if reminders have no addresses of their own
 */
public record ContactAddresses(
    EmailAddress general,
    List<DocumentAddresses> documents,
    List<EmailAddress> reminder,
    List<CommunicationPlace> places) {

  public static final ContactAddresses NONE =
      new ContactAddresses(null, List.of(), List.of(), List.of());

  public ContactAddresses {
    documents = List.copyOf(documents);
    reminder = EmailAddress.distinct(reminder);
    places = places.stream().distinct().toList();
  }

  public static ContactAddresses general(EmailAddress general) {
    return new ContactAddresses(general, List.of(), List.of(), List.of());
  }

  /** All document addresses marked for {@code use}; none at all if nothing is. */
  public Mailboxes documentsFor(AddressUse use) {
    return documents.stream()
        .filter(addresses -> addresses.uses().contains(use))
        .map(DocumentAddresses::mailboxes)
        .reduce(Mailboxes.NONE, Mailboxes::and);
  }
}
