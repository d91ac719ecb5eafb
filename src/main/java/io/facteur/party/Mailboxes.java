package io.facteur.party;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.stream.Stream;

/**
 * Recipients of an e-mail. Either nobody at all, or To or Cc are not empty (ADDR-1). A mailbox that
 * is named twice is kept where it reads most openly: To before Cc before Bcc.
 */
public record Mailboxes(List<EmailAddress> to, List<EmailAddress> cc, List<EmailAddress> bcc) {

  public static final Mailboxes NONE = new Mailboxes(List.of(), List.of(), List.of());

  public Mailboxes {
    List<EmailAddress> first = to.stream().distinct().toList();
    List<EmailAddress> second =
        cc.stream().distinct().filter(mailbox -> !first.contains(mailbox)).toList();
    to = first;
    cc = second;
    bcc =
        bcc.stream()
            .distinct()
            .filter(mailbox -> !first.contains(mailbox) && !second.contains(mailbox))
            .toList();
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

  /** These and the others together. */
  public Mailboxes and(Mailboxes others) {
    return new Mailboxes(joined(to, others.to), joined(cc, others.cc), joined(bcc, others.bcc));
  }

  private static List<EmailAddress> joined(List<EmailAddress> some, List<EmailAddress> others) {
    return Stream.concat(some.stream(), others.stream()).toList();
  }
}
