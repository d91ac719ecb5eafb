package io.facteur.party;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Finds the addresses that a document is mailed to, highest rule first (ADDR-2). Each level takes
 * over as a whole: the To of one is never mixed with the Cc of another.
 */
public final class RecipientResolution {

  /** The rule that wins where no level has an address (ADDR-2e). */
  public static final String NO_ADDRESS = "ADDR-2e no address";

  private RecipientResolution() {}

  /**
   * Resolves for a document.
   *
   * @param contact for whose role it is resolved
   * @param use the document's type as address sets know it
   * @param onDocument addresses that do not come from the contact's own data; null if none
   */
  public static ResolvedMailboxes resolve(
      Contact contact, AddressUse use, HandSetMailboxes onDocument) {
    ContactAddresses addresses = contact.addresses();
    String source = "contact " + contact.code();
    var levels = new Levels();
    if (onDocument == null) {
      levels.add("ADDR-2a on the document", "the document", Mailboxes.NONE);
    } else {
      levels.add("ADDR-2a " + onDocument.words(), "the document", onDocument.mailboxes());
    }
    if (use == AddressUse.REMINDER) {
      levels.add(
          "ADDR-2b reminder addresses",
          source + ", reminder addresses",
          Mailboxes.to(addresses.reminder()));
      levels.documents("ADDR-2b", source, addresses, AddressUse.REMINDER);
      levels.documents("ADDR-2b", source, addresses, AddressUse.INVOICE);
    } else {
      levels.documents("ADDR-2c", source, addresses, use);
    }
    levels.general("ADDR-2d general address", source + ", general address", addresses.general());
    return levels.decide();
  }

  /**
   * Resolves for a mail that is written from a contact rather than from a document.
   *
   * @param primaryPerson null if the contact has none
   */
  public static ResolvedMailboxes resolveForMailFrom(Contact contact, Contact primaryPerson) {
    var levels = new Levels();
    if (primaryPerson != null) {
      levels.general(
          "ADDR-2 primary person's address",
          "contact " + primaryPerson.code() + ", general address",
          primaryPerson.addresses().general());
    }
    levels.general(
        "ADDR-2 the contact's own address",
        "contact " + contact.code() + ", general address",
        contact.addresses().general());
    return levels.decide();
  }

  private record Level(String rule, String source, Mailboxes mailboxes) {}

  private static final class Levels {
    private final List<Level> levels = new ArrayList<>();

    private void add(String rule, String source, Mailboxes mailboxes) {
      levels.add(new Level(rule, source, mailboxes));
    }

    private void documents(String rule, String source, ContactAddresses addresses, AddressUse use) {
      String name = "document addresses for " + words(use);
      add(rule + " " + name, source + ", " + name, addresses.documentsFor(use));
    }

    private void general(String rule, String source, EmailAddress general) {
      add(rule, source, general == null ? Mailboxes.NONE : Mailboxes.to(List.of(general)));
    }

    private ResolvedMailboxes decide() {
      Level winner =
          levels.stream().filter(level -> !level.mailboxes().isEmpty()).findFirst().orElse(null);
      List<ResolvedMailboxes.Candidate> candidates =
          levels.stream()
              .map(
                  level ->
                      new ResolvedMailboxes.Candidate(
                          level.rule(),
                          level.source(),
                          level.mailboxes(),
                          level.equals(winner),
                          whyNot(level, winner)))
              .toList();
      return winner == null
          ? new ResolvedMailboxes(Mailboxes.NONE, NO_ADDRESS, candidates)
          : new ResolvedMailboxes(winner.mailboxes(), winner.rule(), candidates);
    }

    private static String whyNot(Level level, Level winner) {
      if (level.equals(winner)) {
        return null;
      }
      return level.mailboxes().isEmpty()
          ? "no address there"
          : "'" + winner.rule() + "' goes before it";
    }

    private static String words(AddressUse use) {
      return use.name().toLowerCase(Locale.ROOT).replace('_', ' ') + "s";
    }
  }
}
