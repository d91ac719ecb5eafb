package io.facteur.party;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;

/**
 * One mailbox in the form that is kept. What people write is read by RFC 5321 §4.1.2, without
 * domain literals, with RFC 6531 §3.3. What else a mail's header could hold (names, comments,
 * groups, routes) is refused with a word on what to give instead.
 */
record Mailbox(String text) {

  // RFC 5321 §4.5.3.1: in octets.
  private static final int LONGEST_LOCAL_PART = 64;
  private static final int LONGEST = 254;

  private static final String ATOM_SYMBOLS = "!#$%&'*+-/=?^_`{|}~";

  static Mailbox read(String given) {
    String text = given == null ? "" : withoutBlanksAround(given);
    if (text.isEmpty()) {
      throw new NotAMailbox("is empty");
    }
    refuseControlCharacters(text);
    boolean ascii = EmailAddress.isAscii(text);
    if (!ascii) {
      InternationalText.check(text);
    }
    refuseMoreThanAMailbox(text);
    int at = at(text);
    String local = localPart(text.substring(0, at), ascii);
    String mailbox = local + "@" + MailDomain.ascii(text.substring(at + 1));
    if (octets(mailbox) > LONGEST) {
      throw new NotAMailbox("has more than " + LONGEST + " bytes (RFC 5321 §4.5.3.1.3)");
    }
    return new Mailbox(mailbox);
  }

  /** What was checked by the rules of its time, unless it could break a mail. */
  static Mailbox kept(String value) {
    int at = value.lastIndexOf('@');
    boolean oneLine = value.chars().noneMatch(Character::isISOControl);
    if (at < 1 || at == value.length() - 1 || !oneLine) {
      throw new IllegalArgumentException("what was kept as an e-mail address is none");
    }
    return new Mailbox(value);
  }

  /** Whether there is nothing to be read. */
  static boolean isBlank(String text) {
    return text == null || withoutBlanksAround(text).isEmpty();
  }

  /** As a copy from a table has them, also such as do not break a line; line breaks stay. */
  private static String withoutBlanksAround(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isBlank(text.charAt(from))) {
      from++;
    }
    while (to > from && isBlank(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  private static boolean isBlank(char c) {
    return c == ' ' || (c > 126 && Character.getType(c) == Character.SPACE_SEPARATOR);
  }

  private static void refuseControlCharacters(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isISOControl(c)) {
        throw new NotAMailbox(
            "contains a control character (U+%04X %s, character %d): type it anew"
                .formatted((int) c, Character.getName(c), i + 1));
      }
    }
  }

  private static void refuseMoreThanAMailbox(String text) {
    boolean quoted = false;
    boolean blank = false;
    int ats = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == '\\') {
        i++;
      } else if (!quoted) {
        ats += c == '@' ? 1 : 0;
        blank |= isBlank(c);
        switch (c) {
          case '<', '>' ->
              throw new NotAMailbox(
                  "has a name or angle brackets: give only the mailbox, e.g. anna@buyer.example");
          case '(', ')' ->
              throw new NotAMailbox("has a comment in brackets: give only the mailbox");
          case ',', ';' -> throw NotAMailbox.several();
          default -> {
            // Judged by where it stands.
          }
        }
      }
    }
    if (ats > 1) {
      throw blank ? NotAMailbox.several() : new NotAMailbox("has more than one @");
    }
    if (text.regionMatches(true, 0, "mailto:", 0, 7)) {
      throw new NotAMailbox("begins with mailto: which is no part of it: leave it out");
    }
  }

  private static int at(String text) {
    int at = text.charAt(0) == '"' ? endOfQuoted(text) + 1 : text.indexOf('@');
    if (at == 0) {
      throw new NotAMailbox("has nothing before the @");
    }
    if (at < 0 || at >= text.length() || text.charAt(at) != '@') {
      throw new NotAMailbox("is not of the form name@domain");
    }
    return at;
  }

  private static int endOfQuoted(String text) {
    for (int i = 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        return i;
      }
      if (c == '\\') {
        i++;
      }
    }
    throw new NotAMailbox("opens a quotation mark and does not close it");
  }

  private static String localPart(String given, boolean ascii) {
    String text = ascii ? given : Normalizer.normalize(given, Normalizer.Form.NFC);
    String local = text;
    if (text.charAt(0) == '"') {
      String content = unquoted(text);
      local = isDotAtom(content) ? content : quoted(content);
    } else {
      checkDotAtom(local);
    }
    if (octets(local) > LONGEST_LOCAL_PART) {
      throw new NotAMailbox(
          "has more than "
              + LONGEST_LOCAL_PART
              + " bytes before the @ (RFC 5321 §4.5.3.1.1; a letter beyond ASCII has several)");
    }
    return local;
  }

  private static void checkDotAtom(String local) {
    if (local.charAt(0) == '.' || local.endsWith(".")) {
      throw new NotAMailbox("has a dot at the beginning or end of what is before the @");
    }
    if (local.contains("..")) {
      throw new NotAMailbox("has two dots in a row");
    }
    for (int i = 0; i < local.length(); i++) {
      char c = local.charAt(i);
      if (isBlank(c)) {
        throw new NotAMailbox("contains a blank");
      }
      if (c != '.' && !isAtomCharacter(c)) {
        throw new NotAMailbox("contains " + c + " before the @, which is not allowed there");
      }
    }
  }

  private static boolean isDotAtom(String local) {
    for (int i = 0; i < local.length(); i++) {
      char c = local.charAt(i);
      boolean separates = c == '.' && i > 0 && i < local.length() - 1 && local.charAt(i - 1) != '.';
      if (!separates && !isAtomCharacter(c)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isAtomCharacter(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || (c > 126 && !isBlank(c))
        || ATOM_SYMBOLS.indexOf(c) >= 0;
  }

  /** What stands between the quotation marks; RFC 5321 §4.1.2 wants the least quoting sent. */
  private static String unquoted(String text) {
    StringBuilder content = new StringBuilder();
    for (int i = 1; i < text.length() - 1; i++) {
      if (text.charAt(i) == '\\') {
        i++;
      }
      content.append(text.charAt(i));
    }
    if (content.isEmpty()) {
      throw new NotAMailbox("has nothing before the @");
    }
    return content.toString();
  }

  private static String quoted(String content) {
    return '"' + content.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static int octets(String text) {
    return EmailAddress.isAscii(text)
        ? text.length()
        : text.getBytes(StandardCharsets.UTF_8).length;
  }
}
