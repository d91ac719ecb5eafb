package io.facteur.party;

/**
 * A mailbox as one of a company's own customers has it.
 *
 * @param key the same for all ways to write one mailbox
 */
public record CompanyMailbox(CompanyId company, String key) {

  public static CompanyMailbox of(CompanyId company, EmailAddress address) {
    return new CompanyMailbox(company, address.key());
  }
}
