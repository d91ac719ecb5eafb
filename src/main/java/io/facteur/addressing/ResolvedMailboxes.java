package io.facteur.addressing;

import io.facteur.party.EmailAddress;
import io.facteur.party.Mailboxes;
import java.util.List;

/**
 * To whom a mail goes, and why (ADDR-9).
 *
 * @param mailboxes empty if no rule found any (ADDR-2e)
 * @param rule the one that won, e.g. {@code ADDR-2d general address}
 * @param candidates all that were looked at, highest first
 */
public record ResolvedMailboxes(Mailboxes mailboxes, String rule, List<Candidate> candidates) {

  /**
   * One level of the rule.
   *
   * @param source where the addresses stand, e.g. {@code contact C-1001, reminder addresses}
   * @param mailboxes what was found there
   * @param won whether it decides
   * @param whyNot null for the winner
   */
  public record Candidate(
      String rule, String source, Mailboxes mailboxes, boolean won, String whyNot) {}

  public ResolvedMailboxes {
    candidates = List.copyOf(candidates);
  }

  /** Where the winning addresses stand; null if there are none. */
  public String source() {
    return candidates.stream()
        .filter(Candidate::won)
        .map(Candidate::source)
        .findFirst()
        .orElse(null);
  }

  public List<EmailAddress> to() {
    return mailboxes.to();
  }

  public List<EmailAddress> cc() {
    return mailboxes.cc();
  }

  public List<EmailAddress> bcc() {
    return mailboxes.bcc();
  }

  public boolean isEmpty() {
    return mailboxes.isEmpty();
  }
}
