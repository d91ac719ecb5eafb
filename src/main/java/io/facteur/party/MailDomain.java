package io.facteur.party;

import java.util.Locale;

/** The domain of a mailbox, in ASCII and small letters, as the name service knows it. */
final class MailDomain {

  private static final int LONGEST_LABEL = 63; // RFC 1035 §2.3.4

  private MailDomain() {}

  static String ascii(String domain) {
    if (domain.isEmpty()) {
      throw new NotAMailbox("has no domain after the @");
    }
    if (domain.charAt(0) == '[') {
      throw new NotAMailbox("names a server by its IP address: give one with a domain");
    }
    String lower = domain.toLowerCase(Locale.ROOT);
    boolean plain = EmailAddress.isAscii(domain) && !lower.contains("xn--");
    String ascii = plain ? lower : InternationalDomain.ascii(domain);
    check(ascii);
    return ascii;
  }

  private static void check(String domain) {
    if (domain.endsWith(".")) {
      throw new NotAMailbox("ends with a dot: complete it, or leave the dot out");
    }
    int from = 0;
    int labels = 0;
    while (from <= domain.length()) {
      int dot = domain.indexOf('.', from);
      int to = dot < 0 ? domain.length() : dot;
      checkLabel(domain, from, to);
      labels++;
      if (dot < 0) {
        checkLast(domain, from, labels);
      }
      from = to + 1;
    }
  }

  private static void checkLabel(String domain, int from, int to) {
    if (from == to) {
      throw new NotAMailbox("has a dot too many in its domain");
    }
    for (int i = from; i < to; i++) {
      char c = domain.charAt(i);
      if (c == ' ') {
        throw new NotAMailbox("contains a blank");
      }
      if (!isDigit(c) && (c < 'a' || c > 'z') && c != '-') {
        throw new NotAMailbox(
            "contains " + c + " in its domain: letters, digits, '-' and '.' are allowed there");
      }
    }
    if (domain.charAt(from) == '-' || domain.charAt(to - 1) == '-') {
      throw new NotAMailbox("has a part of its domain that begins or ends with '-'");
    }
    if (to - from > LONGEST_LABEL) {
      throw new NotAMailbox(
          "has a part of its domain with more than " + LONGEST_LABEL + " characters");
    }
  }

  private static void checkLast(String domain, int from, int labels) {
    if (labels == 1) {
      throw new NotAMailbox("has a domain without a dot: give it in full, e.g. buyer.example");
    }
    boolean number = true;
    for (int i = from; i < domain.length(); i++) {
      number &= isDigit(domain.charAt(i));
    }
    if (number) {
      throw new NotAMailbox("has a domain that ends in a number: give one with a domain name");
    }
    if (domain.length() - from == 1) {
      throw new NotAMailbox("has a domain that ends after one letter: complete it");
    }
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
