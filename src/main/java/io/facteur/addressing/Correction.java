package io.facteur.addressing;

import io.facteur.party.AddressUse;
import io.facteur.party.ContactAddresses;
import io.facteur.party.DocumentAddresses;
import io.facteur.party.EmailAddress;
import io.facteur.party.Mailboxes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Writes an address that was given on a document back to its contact, where the one that it
 * replaces stands: a customer's old address is then nowhere used any more. Pure.
 */
final class Correction {

  private Correction() {}

  /** The contact's addresses, so that documents of that use are mailed to {@code given}. */
  static ContactAddresses correct(ContactAddresses addresses, AddressUse use, Mailboxes given) {
    boolean one = given.to().size() == 1 && isToOnly(given);
    if (use == AddressUse.REMINDER) {
      return isToOnly(given)
          ? with(addresses, addresses.general(), addresses.documents(), given.to())
          : with(addresses, addresses.general(), marked(addresses, use, given), List.of());
    }
    boolean marked = !addresses.documentsFor(use).isEmpty();
    boolean general =
        !marked && one && (addresses.general() != null || addresses.documents().isEmpty());
    return general
        ? with(addresses, given.to().get(0), addresses.documents(), addresses.reminder())
        : with(addresses, addresses.general(), marked(addresses, use, given), addresses.reminder());
  }

  private static boolean isToOnly(Mailboxes given) {
    return given.cc().isEmpty() && given.bcc().isEmpty();
  }

  /**
   * The one set that is marked for the use is corrected as a whole, for its other uses too; several
   * lose the use to a set of its own, as does one that would drag bills along with a reminder.
   */
  private static List<DocumentAddresses> marked(
      ContactAddresses addresses, AddressUse use, Mailboxes given) {
    List<DocumentAddresses> sets = new ArrayList<>();
    long several = addresses.documents().stream().filter(set -> set.uses().contains(use)).count();
    boolean whole = several == 1 && use != AddressUse.REMINDER;
    for (DocumentAddresses set : addresses.documents()) {
      if (!set.uses().contains(use)) {
        sets.add(set);
      } else if (whole) {
        sets.add(new DocumentAddresses(set.uses(), given));
      } else {
        Set<AddressUse> others = EnumSet.copyOf(set.uses());
        others.remove(use);
        if (!others.isEmpty()) {
          sets.add(new DocumentAddresses(others, set.mailboxes()));
        }
      }
    }
    if (!whole) {
      sets.add(new DocumentAddresses(EnumSet.of(use), given));
    }
    return sets;
  }

  private static ContactAddresses with(
      ContactAddresses addresses,
      EmailAddress general,
      List<DocumentAddresses> documents,
      List<EmailAddress> reminder) {
    return new ContactAddresses(general, documents, reminder, addresses.places());
  }
}
