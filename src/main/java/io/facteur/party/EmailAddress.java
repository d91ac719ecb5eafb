package io.facteur.party;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * One mailbox, as RFC 5321 and RFC 6531 take it: checked when it enters (ADDR-8), then {@code
 * local-part@domain} without display name. The domain is in ASCII (IDNA 2008) and in small letters;
 * the local part is kept as it was written, in NFC and without quotes that it does not need.
 *
 * <p>Equal are addresses that are written alike; {@link #sameMailboxAs} also ignores the case of
 * the local part. RFC 5321 §2.4 lets a server tell {@code Anna} from {@code anna}, so what is sent
 * keeps its case, but no server is known that does: two such addresses in one list are one person
 * who would get the same mail twice.
 *
 * <p>No record, since rows that were kept under earlier rules must stay readable ({@link #kept}).
 */
public final class EmailAddress {

  /**
   * Domain of what stands for addresses that were erased. Nobody has it (RFC 2606), and nothing is
   * sent to it.
   */
  public static final String ERASED_DOMAIN = "erased.invalid";

  private final String value;

  /**
   * An address as somebody gave it.
   *
   * @throws IllegalArgumentException if it is not one mailbox; the message does not repeat it
   */
  @JsonCreator
  public EmailAddress(String given) {
    this(Mailbox.read(given));
  }

  private EmailAddress(Mailbox mailbox) {
    value = mailbox.text();
  }

  /**
   * An address that was checked when it was kept, perhaps by other rules than today's: reading it
   * again must not fail. Only what could break a mail is still refused.
   */
  public static EmailAddress kept(String value) {
    return new EmailAddress(Mailbox.kept(value));
  }

  /** Each mailbox once, as it is written first. */
  public static List<EmailAddress> distinct(Collection<EmailAddress> addresses) {
    Set<String> seen = new HashSet<>();
    List<EmailAddress> first = new ArrayList<>(addresses.size());
    for (EmailAddress address : addresses) {
      if (seen.add(address.key())) {
        first.add(address);
      }
    }
    return List.copyOf(first);
  }

  @JsonValue
  public String value() {
    return value;
  }

  public String domain() {
    return value.substring(value.lastIndexOf('@') + 1);
  }

  /** Whether it only stands for an address that was erased. */
  public boolean erased() {
    return domain().equals(ERASED_DOMAIN);
  }

  /** Whether only a mail server that offers SMTPUTF8 can carry it (RFC 6531). */
  public boolean requiresSmtpUtf8() {
    return !isAscii(value);
  }

  /** The same for all ways to write one mailbox; for comparing, never for sending. */
  public String key() {
    String composed = isAscii(value) ? value : Normalizer.normalize(value, Normalizer.Form.NFC);
    return composed.toLowerCase(Locale.ROOT);
  }

  /** Whether a mail to both would arrive twice. */
  public boolean sameMailboxAs(EmailAddress other) {
    return other != null && key().equals(other.key());
  }

  static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 126) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EmailAddress address && value.equals(address.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return value;
  }
}
