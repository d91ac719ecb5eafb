package io.facteur.delivery;

import io.facteur.party.CompanyId;
import io.facteur.party.CompanyMailbox;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The mailboxes that a company has mailed to. The database notes them with each delivery that has
 * been sent.
 */
@Repository
public class UsedMailboxes {

  private final JdbcClient jdbc;

  UsedMailboxes(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Those that are known. One query, whatever the number. */
  public Set<CompanyMailbox> among(Collection<CompanyMailbox> mailboxes) {
    Set<CompanyMailbox> used = new HashSet<>();
    if (mailboxes.isEmpty()) {
      return used;
    }
    jdbc.sql(
            """
            SELECT company_id, mailbox FROM used_mailbox
            WHERE company_id IN (:companies) AND mailbox IN (:mailboxes)
            """)
        .param(
            "companies", mailboxes.stream().map(one -> one.company().value()).distinct().toList())
        .param("mailboxes", mailboxes.stream().map(CompanyMailbox::key).distinct().toList())
        .query(
            row -> {
              used.add(
                  new CompanyMailbox(
                      new CompanyId(row.getLong("company_id")), row.getString("mailbox")));
            });
    return used;
  }
}
