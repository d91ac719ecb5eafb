package io.facteur.dispatch;

import io.facteur.party.CompanyId;
import io.facteur.party.CompanyMailbox;
import io.facteur.party.EmailAddress;
import java.util.Map;
import java.util.Set;

/**
 * What is known of mailboxes that a plan would send to.
 *
 * @param used those that the company has mailed to before
 * @param shared those that so many customers have that people should look; with their number
 */
public record MailboxFacts(Set<CompanyMailbox> used, Map<CompanyMailbox, Integer> shared) {

  boolean isUsed(CompanyId company, EmailAddress address) {
    return used.contains(CompanyMailbox.of(company, address));
  }

  /** 0 unless they are remarkably many. */
  int customers(CompanyId company, EmailAddress address) {
    return shared.getOrDefault(CompanyMailbox.of(company, address), 0);
  }
}
