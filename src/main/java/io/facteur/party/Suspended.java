package io.facteur.party;

import static java.util.stream.Collectors.toUnmodifiableMap;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Which addresses nothing of a company is mailed to, of some that were asked for (DISP-5). */
public final class Suspended {

  public static final Suspended NONE = new Suspended(List.of());

  private final Map<String, SuspendedAddress> byKey;

  public Suspended(Collection<SuspendedAddress> ofOneCompany) {
    byKey =
        ofOneCompany.stream()
            .collect(toUnmodifiableMap(one -> one.address().key(), Function.identity()));
  }

  /**
   * What is left of the recipients of a mail.
   *
   * @param mailboxes {@link Mailboxes#NONE} where neither To nor Cc is left
   * @param leftOut why each of the others is left out, without the address
   */
  public record Remainder(Mailboxes mailboxes, List<String> leftOut) {

    public Remainder {
      leftOut = List.copyOf(leftOut);
    }
  }

  public boolean anyOf(Collection<EmailAddress> addresses) {
    return addresses.stream().anyMatch(address -> byKey.containsKey(address.key()));
  }

  /**
   * Leaves the suspended ones out, in whatever capitals, and those that only stand for an address
   * that was erased.
   */
  public Remainder without(Mailboxes mailboxes) {
    List<String> leftOut = new ArrayList<>();
    List<EmailAddress> to = left(mailboxes.to(), leftOut);
    List<EmailAddress> cc = left(mailboxes.cc(), leftOut);
    List<EmailAddress> bcc = left(mailboxes.bcc(), leftOut);
    boolean nobody = to.isEmpty() && cc.isEmpty();
    return new Remainder(nobody ? Mailboxes.NONE : new Mailboxes(to, cc, bcc), leftOut);
  }

  private List<EmailAddress> left(List<EmailAddress> some, List<String> leftOut) {
    List<EmailAddress> left = new ArrayList<>();
    for (EmailAddress address : some) {
      SuspendedAddress suspended = byKey.get(address.key());
      if (suspended != null) {
        leftOut.add(suspended.words());
      } else if (address.erased()) {
        leftOut.add("erased");
      } else {
        left.add(address);
      }
    }
    return left;
  }
}
