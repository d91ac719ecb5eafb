package io.facteur.dispatch;

import io.facteur.party.EmailAddress;
import io.facteur.party.PostalAddress;
import io.facteur.party.TradeParty;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where a delivery goes or went, as far as it can be compared with another. Plain texts: what was
 * sent long ago need not be an address by today's rules.
 *
 * @param postal name and postal address on one line; null if it does not go by post
 * @param endpoint scheme and address in a network; null if it goes to none
 */
public record Destination(
    List<String> to, List<String> cc, List<String> bcc, String postal, String endpoint) {

  public Destination {
    to = List.copyOf(to);
    cc = List.copyOf(cc);
    bcc = List.copyOf(bcc);
  }

  /** Of a planned delivery. */
  public static Destination of(Recipient recipient) {
    TradeParty.Endpoint endpoint = recipient.endpoint();
    return new Destination(
        texts(recipient.to()),
        texts(recipient.cc()),
        texts(recipient.bcc()),
        endpoint == null && recipient.postal() != null ? line(recipient.postal()) : null,
        endpoint == null ? null : endpoint.scheme() + ":" + endpoint.id());
  }

  private static String line(TradeParty party) {
    PostalAddress address = party.address();
    return line(
        address == null
            ? Stream.of(party.name(), party.additionalName())
            : Stream.of(
                party.name(),
                party.additionalName(),
                address.street(),
                address.postcode(),
                address.city(),
                address.country()));
  }

  /** Name and postal address on one line; parts that are not there may be null. */
  public static String line(Stream<String> parts) {
    return parts.filter(part -> part != null && !part.isEmpty()).collect(Collectors.joining(", "));
  }

  /** Whether both reach the same; order and capitals of mailboxes make no difference. */
  boolean isSameAs(Destination other) {
    return keys(to).equals(keys(other.to))
        && keys(cc).equals(keys(other.cc))
        && keys(bcc).equals(keys(other.bcc))
        && String.valueOf(postal).equals(String.valueOf(other.postal))
        && String.valueOf(endpoint).equals(String.valueOf(other.endpoint));
  }

  /** For people, on one line. */
  @Override
  public String toString() {
    Stream<String> mailboxes =
        Stream.of(to.stream(), cc.stream().map("cc "::concat), bcc.stream().map("bcc "::concat))
            .flatMap(one -> one);
    return Stream.concat(mailboxes, Stream.of(text(postal), text(endpoint)))
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining("; "));
  }

  private static String text(String value) {
    return value == null ? "" : value;
  }

  private static List<String> texts(List<EmailAddress> addresses) {
    return addresses.stream().map(EmailAddress::value).toList();
  }

  private static Set<String> keys(List<String> mailboxes) {
    return mailboxes.stream()
        .map(mailbox -> mailbox.toLowerCase(Locale.ROOT))
        .collect(Collectors.toSet());
  }
}
