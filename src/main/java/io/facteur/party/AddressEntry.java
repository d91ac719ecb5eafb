package io.facteur.party;

import java.util.ArrayList;
import java.util.List;

/** Reads addresses as people write them: several in one entry, with {@code ;} between (ADDR-1). */
public final class AddressEntry {

  private static final int MOST = 100;

  private AddressEntry() {}

  /** One mailbox; null if there is none or it is wrong, which {@code checks} then knows. */
  public static EmailAddress one(Checks checks, String field, String entry) {
    if (entry == null || entry.isBlank()) {
      return null;
    }
    try {
      return new EmailAddress(entry);
    } catch (IllegalArgumentException e) {
      checks.problem(field, e.getMessage());
      return null;
    }
  }

  /** The mailboxes of all entries in their order; wrong ones are left to {@code checks}. */
  public static List<EmailAddress> list(Checks checks, String field, List<String> entries) {
    List<EmailAddress> addresses = new ArrayList<>();
    if (entries == null) {
      return addresses;
    }
    for (int i = 0; i < entries.size(); i++) {
      String place = field + "[" + i + "]";
      String entry = entries.get(i) == null ? "" : entries.get(i);
      checks.rule(!entry.isBlank(), place, "is empty");
      for (String part : entry.split(";", -1)) {
        EmailAddress address = one(checks, place, part);
        if (address != null) {
          addresses.add(address);
        }
      }
    }
    checks.rule(addresses.size() <= MOST, field, "has more than " + MOST + " addresses");
    return addresses;
  }

  /** To, Cc and Bcc; {@link Mailboxes#NONE} if they are wrong, which {@code checks} then knows. */
  public static Mailboxes mailboxes(
      Checks checks, List<String> to, List<String> cc, List<String> bcc) {
    List<EmailAddress> toList = list(checks, "to", to);
    List<EmailAddress> ccList = list(checks, "cc", cc);
    List<EmailAddress> bccList = list(checks, "bcc", bcc);
    if (toList.isEmpty() && ccList.isEmpty()) {
      checks.rule(bccList.isEmpty(), "bcc", "is not enough alone: To or Cc must not be empty");
      return Mailboxes.NONE;
    }
    return new Mailboxes(toList, ccList, bccList);
  }
}
