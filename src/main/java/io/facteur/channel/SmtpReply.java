package io.facteur.channel;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the mail server answered (RFC 5321 §4.2).
 *
 * @param code three digits; -1 if the connection ended or the answer was none
 * @param text the whole answer on one line; may contain addresses, so it is evidence, never logged
 */
record SmtpReply(int code, String text) {

  private static final Pattern ENHANCED =
      Pattern.compile("^\\d{3}[ -]([245]\\.\\d{1,3}\\.\\d{1,3})\\b");
  private static final int LONGEST = 500;

  /** RFC 3463 in words that a billing clerk understands; the class digit is left out. */
  private static final Map<String, String> MEANINGS =
      Map.ofEntries(
          Map.entry("1.0", "address refused"),
          Map.entry("1.1", "mailbox unknown"),
          Map.entry("1.2", "mail domain unknown"),
          Map.entry("1.3", "address not valid"),
          Map.entry("1.6", "mailbox has moved"),
          Map.entry("1.7", "sender address not valid"),
          Map.entry("1.8", "sender's mail domain unknown"),
          Map.entry("1.10", "recipient's domain takes no mail"),
          Map.entry("2.1", "mailbox disabled"),
          Map.entry("2.2", "mailbox full"),
          Map.entry("2.3", "mail too large for the mailbox"),
          Map.entry("3.2", "mail server does not accept mail at present"),
          Map.entry("3.4", "mail too large"),
          Map.entry("4.1", "recipient's mail server does not answer"),
          Map.entry("4.4", "no route to the recipient's mail server"),
          Map.entry("5.3", "too many recipients"),
          Map.entry("6.7", "the address needs SMTPUTF8, which a mail server lacks"),
          Map.entry("7.0", "refused by the mail server's policy"),
          Map.entry("7.1", "refused by the mail server's policy"),
          Map.entry("7.8", "user name or password refused"),
          Map.entry("7.26", "sender's domain failed authentication checks"));

  SmtpReply {
    String oneLine = text == null ? "" : text.strip().replaceAll("\\s*\\R\\s*", " ");
    text = oneLine.length() > LONGEST ? oneLine.substring(0, LONGEST) : oneLine;
  }

  boolean positive() {
    return code >= 200 && code <= 299;
  }

  boolean temporary() {
    return code >= 400 && code <= 499;
  }

  boolean permanent() {
    return code >= 500 && code <= 599;
  }

  /** The server says that it closes the connection (RFC 5321 §3.8). */
  boolean closing() {
    return code == 421;
  }

  /** Our account or its settings are at fault, not the recipient (RFC 4954 §6). */
  boolean blamesAccount() {
    return code == 454 || code == 530 || code == 534 || code == 535 || code == 538;
  }

  /** E.g. {@code mailbox unknown (550 5.1.1)}; without addresses. */
  String meaning() {
    Matcher enhanced = ENHANCED.matcher(text);
    if (!enhanced.find()) {
      return inWords() + " (" + code + ")";
    }
    String status = enhanced.group(1);
    return MEANINGS.getOrDefault(status.substring(2), inWords()) + " (" + code + " " + status + ")";
  }

  private String inWords() {
    return switch (code) {
      case 421 -> "mail server closes the connection";
      case 450, 550 -> "mailbox not available";
      case 451 -> "error in the mail server";
      case 452 -> "mail server is out of space";
      case 552 -> "mail too large or mailbox full";
      case 553 -> "address refused";
      default -> temporary() ? "not accepted at present" : "refused by the mail server";
    };
  }
}
