package io.facteur.party;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.net.IDN;

/**
 * One mailbox, as RFC 5321 takes it: checked when it enters, its domain in ASCII (ADDR-8).
 *
 * @param value {@code local-part@domain} without display name
 */
public record EmailAddress(@JsonValue String value) {

  /**
   * Domain of what stands for addresses that were erased. Nobody has it (RFC 2606), and nothing is
   * sent to it.
   */
  public static final String ERASED_DOMAIN = "erased.invalid";

  @JsonCreator
  public EmailAddress {
    value = checked(value);
  }

  private static String checked(String given) {
    String text = given == null ? "" : given.strip();
    if (text.isEmpty()) {
      throw new IllegalArgumentException("an e-mail address is empty");
    }
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("an e-mail address contains a control character");
    }
    int at = text.lastIndexOf('@');
    if (at < 1 || at == text.length() - 1) {
      throw new IllegalArgumentException("'" + text + "' is not of the form name@domain");
    }
    String local = text.substring(0, at);
    String domain = asciiDomain(text, text.substring(at + 1));
    if (local.length() > 64) {
      throw new IllegalArgumentException(
          "'" + text + "' has more than 64 characters before the @ (RFC 5321 §4.5.3.1.1)");
    }
    String address = local + "@" + domain;
    try {
      InternetAddress parsed = new InternetAddress(address, true);
      if (!address.equals(parsed.getAddress()) || domain.indexOf('.') < 0) {
        throw new IllegalArgumentException("'" + text + "' is not one mailbox");
      }
    } catch (AddressException e) {
      throw new IllegalArgumentException("'" + text + "' is not one mailbox: " + e.getMessage(), e);
    }
    return address;
  }

  private static String asciiDomain(String address, String domain) {
    try {
      return IDN.toASCII(domain, IDN.USE_STD3_ASCII_RULES);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "'" + address + "' has no valid domain: " + e.getMessage(), e);
    }
  }

  public String domain() {
    return value.substring(value.lastIndexOf('@') + 1);
  }

  /** Whether it only stands for an address that was erased. */
  public boolean erased() {
    return domain().equals(ERASED_DOMAIN);
  }

  @Override
  public String toString() {
    return value;
  }
}
