package io.facteur.party;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads addresses as people write them: several in one entry, with {@code ;} between (ADDR-1). One
 * {@code ;} at the end of an entry is taken, as mail programs copy it, and so are blanks around
 * addresses; an empty place between two is not, since an address may be missing there.
 */
public final class AddressEntry {

  private static final int MOST = 100;

  private AddressEntry() {}

  /** One mailbox; null if there is none or it is wrong, which {@code checks} then knows. */
  public static EmailAddress one(Checks checks, String field, String entry) {
    if (Mailbox.isBlank(entry)) {
      return null;
    }
    try {
      return new EmailAddress(entry);
    } catch (NotAMailbox e) {
      checks.problem(field, e.isSeveral() ? "takes one address only" : e.getMessage());
      return null;
    }
  }

  /** The mailboxes of all entries in their order; wrong ones are left to {@code checks}. */
  public static List<EmailAddress> list(Checks checks, String field, List<String> entries) {
    List<EmailAddress> addresses = new ArrayList<>();
    int given = 0;
    for (int i = 0; entries != null && i < entries.size(); i++) {
      String place = field + "[" + i + "]";
      List<String> parts = parts(entries.get(i));
      if (parts.isEmpty()) {
        checks.problem(place, "is empty");
      }
      given += parts.size();
      if (given > MOST) {
        checks.problem(
            field, "has more than " + MOST + " addresses: use the address of a mailing list");
        return addresses;
      }
      for (int n = 1; n <= parts.size(); n++) {
        String which = parts.size() == 1 ? "the address" : "address " + n + " of " + parts.size();
        read(checks, place, which, parts.get(n - 1), addresses);
      }
    }
    return addresses;
  }

  /** To, Cc and Bcc; {@link Mailboxes#NONE} if they are wrong, which {@code checks} then knows. */
  public static Mailboxes mailboxes(
      Checks checks, List<String> to, List<String> cc, List<String> bcc) {
    int before = checks.problems().size();
    List<EmailAddress> toList = list(checks, "to", to);
    List<EmailAddress> ccList = list(checks, "cc", cc);
    List<EmailAddress> bccList = list(checks, "bcc", bcc);
    if (toList.isEmpty() && ccList.isEmpty()) {
      checks.rule(
          bccList.isEmpty() || checks.problems().size() > before,
          "bcc",
          "is not enough alone: To or Cc must not be empty");
      return Mailboxes.NONE;
    }
    return new Mailboxes(toList, ccList, bccList);
  }

  /** What {@code ;} separates outside of quotation marks; nothing if the entry is empty. */
  private static List<String> parts(String entry) {
    if (Mailbox.isBlank(entry)) {
      return List.of();
    }
    List<String> parts = new ArrayList<>();
    boolean quoted = false;
    int from = 0;
    for (int i = 0; i < entry.length() && parts.size() <= MOST; i++) {
      switch (entry.charAt(i)) {
        case '"' -> quoted = !quoted;
        case '\\' -> i += quoted ? 1 : 0;
        case ';' -> {
          if (!quoted) {
            parts.add(entry.substring(from, i));
            from = i + 1;
          }
        }
        default -> {
          // Part of an address.
        }
      }
    }
    String last = entry.substring(Math.min(from, entry.length()));
    if (!Mailbox.isBlank(last) || parts.isEmpty()) {
      parts.add(last);
    }
    return parts;
  }

  private static void read(
      Checks checks, String place, String which, String part, List<EmailAddress> addresses) {
    try {
      addresses.add(new EmailAddress(part));
    } catch (NotAMailbox e) {
      String reason =
          Mailbox.isBlank(part) ? "is empty: leave out the ';' or add the address" : e.reason();
      checks.problem(place, which + " " + reason);
    }
  }
}
