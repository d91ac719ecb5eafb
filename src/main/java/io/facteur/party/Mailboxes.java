package io.facteur.party;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.stream.Stream;

/**
 * Recipients of an e-mail. Either nobody at all, or To or Cc are not empty (ADDR-1). A mailbox that
 * is named twice, in whatever case, is kept where it reads most openly: To before Cc before Bcc.
 */
public record Mailboxes(List<EmailAddress> to, List<EmailAddress> cc, List<EmailAddress> bcc) {

  public static final Mailboxes NONE = new Mailboxes(List.of(), List.of(), List.of());

  public Mailboxes {
    to = EmailAddress.distinct(to);
    cc = without(to, EmailAddress.distinct(cc));
    bcc = without(cc, without(to, EmailAddress.distinct(bcc)));
    if (to.isEmpty() && cc.isEmpty() && !bcc.isEmpty()) {
      throw new IllegalArgumentException("Bcc alone is not enough: To or Cc must not be empty");
    }
  }

  public static Mailboxes to(List<EmailAddress> to) {
    return new Mailboxes(to, List.of(), List.of());
  }

  @JsonIgnore
  public boolean isEmpty() {
    return to.isEmpty() && cc.isEmpty();
  }

  /** To, Cc and Bcc. */
  public Stream<EmailAddress> all() {
    return Stream.of(to, cc, bcc).flatMap(List::stream);
  }

  /** These and the others together. */
  public Mailboxes and(Mailboxes others) {
    return new Mailboxes(joined(to, others.to), joined(cc, others.cc), joined(bcc, others.bcc));
  }

  private static List<EmailAddress> without(
      List<EmailAddress> others, List<EmailAddress> addresses) {
    return addresses.stream()
        .filter(address -> others.stream().noneMatch(address::sameMailboxAs))
        .toList();
  }

  private static List<EmailAddress> joined(List<EmailAddress> some, List<EmailAddress> others) {
    return Stream.concat(some.stream(), others.stream()).toList();
  }
}
