package io.facteur.party;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Finds mailboxes that several customers of a company have: a slip of the keyboard, an accountant,
 * or an address of the company itself that somebody has put in for want of another.
 */
@Repository
public class SharedMailboxes {

  private final JdbcClient jdbc;

  SharedMailboxes(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Those that at least {@code from} customers have as general, document or reminder address, with
   * the number of them. A contact and its people count once. One query, whatever the number.
   */
  public Map<CompanyMailbox, Integer> among(Collection<CompanyMailbox> mailboxes, int from) {
    Map<CompanyMailbox, Integer> shared = new HashMap<>();
    if (mailboxes.isEmpty()) {
      return shared;
    }
    jdbc.sql(
            """
            SELECT company_id, mailbox, COUNT(DISTINCT customer) AS customers
            FROM (
              SELECT company_id, general_email_key AS mailbox, COALESCE(organisation_id, id) AS customer
              FROM contact WHERE company_id IN (:companies) AND general_email_key IN (:mailboxes)
              UNION ALL
              SELECT c.company_id, m.address_key, COALESCE(c.organisation_id, c.id)
              FROM contact_document_mailbox m
              JOIN contact_document_address a ON a.id = m.document_address_id
              JOIN contact c ON c.id = a.contact_id
              WHERE m.address_key IN (:mailboxes) AND c.company_id IN (:companies)
              UNION ALL
              SELECT c.company_id, r.address_key, COALESCE(c.organisation_id, c.id)
              FROM contact_reminder_address r JOIN contact c ON c.id = r.contact_id
              WHERE r.address_key IN (:mailboxes) AND c.company_id IN (:companies)) x
            GROUP BY company_id, mailbox
            HAVING COUNT(DISTINCT customer) >= :from
            """)
        .param(
            "companies", mailboxes.stream().map(one -> one.company().value()).distinct().toList())
        .param("mailboxes", mailboxes.stream().map(CompanyMailbox::key).distinct().toList())
        .param("from", from)
        .query(
            row -> {
              shared.put(
                  new CompanyMailbox(
                      new CompanyId(row.getLong("company_id")), row.getString("mailbox")),
                  row.getInt("customers"));
            });
    return shared;
  }
}
