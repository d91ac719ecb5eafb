package io.facteur.addressing;

import io.facteur.addressing.OnDocument.Stand;
import io.facteur.party.AddressUse;
import io.facteur.party.Contact;
import io.facteur.party.ContactAddresses;
import io.facteur.party.EmailAddress;
import io.facteur.party.Mailboxes;
import java.time.ZoneOffset;
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
   * @param contact for whose role it is resolved; null for an address of the document's own, which
   *     belongs to no contact
   * @param use the document's type as address sets know it
   * @param onDocument what the document says itself
   */
  public static ResolvedMailboxes resolve(Contact contact, AddressUse use, OnDocument onDocument) {
    var levels = new Levels();
    if (use == AddressUse.REMINDER) {
      levels.byHand("reminder addresses", onDocument.reminder());
      levels.byHand("To, Cc and Bcc", onDocument.document());
      // One that is kept for an invoice does not bind its reminders: they follow the contact.
      levels.kept("reminder addresses", onDocument.reminder());
    } else {
      levels.byHand("To, Cc and Bcc", onDocument.document());
      levels.kept("To, Cc and Bcc", onDocument.document());
    }
    if (contact != null) {
      masterData(levels, contact, use);
    }
    return levels.decide();
  }

  /** Resolves from the contact's own data alone, as for a document that says nothing itself. */
  public static ResolvedMailboxes resolve(Contact contact, AddressUse use) {
    return resolve(contact, use, OnDocument.NOTHING);
  }

  /**
   * What holds for one sending alone, whatever the rules say (ADDR-6: while sending, "nothing").
   *
   * @param byRules what would hold otherwise
   */
  public static ResolvedMailboxes forThisSending(Mailboxes given, ResolvedMailboxes byRules) {
    String rule = "ADDR-6 given for this sending alone";
    List<ResolvedMailboxes.Candidate> candidates = new ArrayList<>();
    candidates.add(new ResolvedMailboxes.Candidate(rule, "the sender", given, true, null));
    for (ResolvedMailboxes.Candidate one : byRules.candidates()) {
      String whyNot = one.won() ? "'" + rule + "' goes before it" : one.whyNot();
      candidates.add(
          new ResolvedMailboxes.Candidate(
              one.rule(), one.source(), one.mailboxes(), false, whyNot));
    }
    return new ResolvedMailboxes(given, rule, candidates);
  }

  /** Whether the contact has an address that is for reminders. */
  static boolean hasReminderAddress(Contact contact) {
    return !contact.addresses().reminder().isEmpty()
        || !contact.addresses().documentsFor(AddressUse.REMINDER).isEmpty();
  }

  private static void masterData(Levels levels, Contact contact, AddressUse use) {
    ContactAddresses addresses = contact.addresses();
    String source = "contact " + contact.code();
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

  /** One level; a document can be kept without address, which then decides as well. */
  private record Level(String rule, String source, Mailboxes mailboxes, boolean decides) {}

  private static final class Levels {
    private final List<Level> levels = new ArrayList<>();

    private void add(String rule, String source, Mailboxes mailboxes) {
      levels.add(new Level(rule, source, mailboxes, !mailboxes.isEmpty()));
    }

    private void byHand(String name, Stand stand) {
      if (stand == null || !stand.isByHand()) {
        add("ADDR-2a on the document", "the document, " + name, Mailboxes.NONE);
        return;
      }
      boolean inherited = stand.source() == OnDocument.Source.PREDECESSOR;
      add(
          inherited
              ? "ADDR-2a inherited from the preceding document"
              : "ADDR-2a set by hand on the document",
          "the document, %s, %s".formatted(name, since(stand)),
          stand.mailboxes());
    }

    private void kept(String name, Stand stand) {
      if (stand != null && !stand.isByHand()) {
        levels.add(
            new Level(
                "ADDR-6 kept when the contact's addresses changed",
                "the document, %s, %s".formatted(name, since(stand)),
                stand.mailboxes(),
                true));
      }
    }

    private static String since(Stand stand) {
      return "by %s on %s".formatted(stand.by(), stand.at().atZone(ZoneOffset.UTC).toLocalDate());
    }

    private void documents(String rule, String source, ContactAddresses addresses, AddressUse use) {
      String name = "document addresses for " + words(use);
      add(rule + " " + name, source + ", " + name, addresses.documentsFor(use));
    }

    private void general(String rule, String source, EmailAddress general) {
      add(rule, source, general == null ? Mailboxes.NONE : Mailboxes.to(List.of(general)));
    }

    private ResolvedMailboxes decide() {
      Level winner = levels.stream().filter(Level::decides).findFirst().orElse(null);
      boolean found = winner != null && !winner.mailboxes().isEmpty();
      List<ResolvedMailboxes.Candidate> candidates =
          levels.stream()
              .map(
                  level ->
                      new ResolvedMailboxes.Candidate(
                          level.rule(),
                          level.source(),
                          level.mailboxes(),
                          found && level.equals(winner),
                          found && level.equals(winner) ? null : whyNot(level, winner)))
              .toList();
      return new ResolvedMailboxes(
          found ? winner.mailboxes() : Mailboxes.NONE,
          found ? winner.rule() : NO_ADDRESS,
          candidates);
    }

    private static String whyNot(Level level, Level winner) {
      return level.mailboxes().isEmpty()
          ? "no address there"
          : "'" + winner.rule() + "' goes before it";
    }

    private static String words(AddressUse use) {
      return use.name().toLowerCase(Locale.ROOT).replace('_', ' ') + "s";
    }
  }
}
