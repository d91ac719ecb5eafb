package io.facteur.addressing;

import static java.util.stream.Collectors.joining;

import io.facteur.addressing.OnDocument.Source;
import io.facteur.addressing.OnDocument.Stand;
import io.facteur.document.DocumentType;
import io.facteur.party.AddressUse;
import io.facteur.party.ContactAddresses;
import io.facteur.party.DocumentAddresses;
import io.facteur.party.EmailAddress;
import io.facteur.party.Mailboxes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Addresses as the tables of {@code docs/address-cases} write them. */
final class AddressText {

  private static final String DOMAIN = "@x.example";
  private static final Instant AT = Instant.parse("2026-05-03T10:00:00Z");
  private static final String EVERYTHING =
      "general info; quotes: q; orders: o; delivery notes: d; invoices: i; reminders: m;"
          + " purchase orders: p; reminder addresses: r";

  private AddressText() {}

  /** {@code anna ben cc carla bcc dora}. */
  static Mailboxes mailboxes(String text) {
    List<EmailAddress> to = new ArrayList<>();
    List<EmailAddress> cc = new ArrayList<>();
    List<EmailAddress> bcc = new ArrayList<>();
    List<EmailAddress> list = to;
    for (String word : isNone(text) ? new String[0] : text.strip().split(" +")) {
      if (word.equals("cc") || word.equals("bcc")) {
        list = word.equals("cc") ? cc : bcc;
      } else {
        list.add(new EmailAddress(word + DOMAIN));
      }
    }
    return new Mailboxes(to, cc, bcc);
  }

  static String text(Mailboxes mailboxes) {
    return Stream.of(
            names(mailboxes.to()),
            mailboxes.cc().isEmpty() ? "" : "cc " + names(mailboxes.cc()),
            mailboxes.bcc().isEmpty() ? "" : "bcc " + names(mailboxes.bcc()))
        .filter(part -> !part.isEmpty())
        .collect(joining(" "));
  }

  private static String names(List<EmailAddress> addresses) {
    return addresses.stream().map(AddressText::name).collect(joining(" "));
  }

  private static String name(EmailAddress address) {
    return address.value().replace(DOMAIN, "");
  }

  /** {@code general info; quotes, orders: sales cc boss; reminder addresses: collector}. */
  static ContactAddresses contact(String text) {
    EmailAddress general = null;
    List<DocumentAddresses> documents = new ArrayList<>();
    List<EmailAddress> reminder = List.of();
    for (String entry : entries(text.equals("everything") ? EVERYTHING : text)) {
      String[] parts = entry.split(": *", 2);
      if (entry.startsWith("general ")) {
        general = mailboxes(entry.substring("general ".length())).to().get(0);
      } else if (parts[0].equals("reminder addresses")) {
        reminder = mailboxes(parts[1]).to();
      } else {
        documents.add(new DocumentAddresses(uses(parts[0]), mailboxes(parts[1])));
      }
    }
    return new ContactAddresses(general, documents, reminder, List.of());
  }

  static String text(ContactAddresses addresses) {
    List<String> entries = new ArrayList<>();
    if (addresses.general() != null) {
      entries.add("general " + name(addresses.general()));
    }
    addresses
        .documents()
        .forEach(set -> entries.add(text(set.uses()) + ": " + text(set.mailboxes())));
    if (!addresses.reminder().isEmpty()) {
      entries.add("reminder addresses: " + names(addresses.reminder()));
    }
    return String.join("; ", entries);
  }

  private static Set<AddressUse> uses(String text) {
    Set<AddressUse> uses = EnumSet.noneOf(AddressUse.class);
    for (String word : text.split(", *")) {
      uses.add(AddressUse.valueOf(constant(word.substring(0, word.length() - 1))));
    }
    return uses;
  }

  private static String text(Set<AddressUse> uses) {
    return uses.stream().map(use -> words(use.name()) + "s").collect(joining(", "));
  }

  static DocumentType type(String words) {
    return DocumentType.valueOf(constant(words));
  }

  static String constant(String words) {
    return words.strip().toUpperCase(Locale.ROOT).replace(' ', '_');
  }

  private static String words(String constant) {
    return constant.toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** {@code by hand anna; reminder kept ben}: what stands on a document. */
  static OnDocument onDocument(String text) {
    OnDocument all = OnDocument.NOTHING;
    for (String entry : entries(text)) {
      boolean reminder = entry.startsWith("reminder ");
      Stand stand = stand(reminder ? entry.substring("reminder ".length()) : entry);
      all = all.and(reminder ? new OnDocument(null, stand) : new OnDocument(stand, null));
    }
    return all;
  }

  private static Stand stand(String text) {
    if (text.startsWith("by hand ")) {
      return new Stand(mailboxes(text.substring(8)), Source.HAND, "clerk", AT);
    }
    if (text.startsWith("inherited ")) {
      return new Stand(mailboxes(text.substring(10)), Source.PREDECESSOR, "clerk", AT);
    }
    if (text.startsWith("kept ")) {
      return new Stand(mailboxes(text.substring(5)), Source.CONTACT, "clerk", AT);
    }
    throw new AssertionError("cannot be read: " + text);
  }

  static List<String> entries(String text) {
    return isNone(text)
        ? List.of()
        : Arrays.stream(text.replace("<br>", "; ").split("; *")).map(String::strip).toList();
  }

  private static boolean isNone(String text) {
    return text == null || text.isBlank() || text.equals("nobody");
  }
}
