package io.facteur.document;

import io.facteur.party.ContactId;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Currency;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * How much of bills is still to be paid: what they ask for, less what issued credit notes have
 * taken back. Payments are not recorded yet (BILL-5).
 */
@Repository
class OpenAmounts {

  private final JdbcClient jdbc;

  OpenAmounts(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** A contact's account in one currency. */
  record Account(ContactId contact, Currency currency) {}

  /** Of every issued bill of which something is open, by the accounts of contacts. */
  Map<Account, Map<DocumentId, BigDecimal>> ofAccounts(Collection<ContactId> contacts) {
    Map<Account, Map<DocumentId, BigDecimal>> open = new HashMap<>();
    if (!contacts.isEmpty()) {
      jdbc.sql(
              """
              SELECT * FROM (
                SELECT b.id, b.contact_id, b.currency, b.payable_amount - COALESCE((
                    SELECT SUM(c.payable_amount) FROM document c
                    WHERE c.preceding_document_id = b.id AND c.type = 'CREDIT_NOTE' AND c.state = 'ISSUED'), 0) AS open
                FROM document b
                WHERE b.contact_id IN (:contacts) AND b.state = 'ISSUED'
                  AND b.type IN ('INVOICE', 'INSTALMENT', 'SETTLEMENT')) bill
              WHERE open <> 0 ORDER BY id
              """)
          .param("contacts", contacts.stream().map(ContactId::value).toList())
          .query(
              row -> {
                open.computeIfAbsent(
                        new Account(
                            new ContactId(row.getLong("contact_id")),
                            Currency.getInstance(row.getString("currency"))),
                        account -> new LinkedHashMap<>())
                    .put(new DocumentId(row.getLong("id")), row.getBigDecimal("open"));
              });
    }
    return open;
  }

  /** With VAT; negative where it is the customer's. */
  Map<DocumentId, BigDecimal> of(Collection<DocumentId> bills) {
    Map<DocumentId, BigDecimal> open = new HashMap<>();
    if (!bills.isEmpty()) {
      jdbc.sql(
              """
              SELECT b.id, b.payable_amount - COALESCE((
                  SELECT SUM(c.payable_amount) FROM document c
                  WHERE c.preceding_document_id = b.id AND c.type = 'CREDIT_NOTE' AND c.state = 'ISSUED'), 0) AS open
              FROM document b WHERE b.id IN (:ids)
              """)
          .param("ids", bills.stream().map(DocumentId::value).toList())
          .query(
              row -> {
                open.put(new DocumentId(row.getLong("id")), row.getBigDecimal("open"));
              });
    }
    return open;
  }
}
