package io.facteur.document;

import io.facteur.party.CompanyId;
import io.facteur.party.ContactId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads the documents that others are to follow. */
@Repository
class Predecessors {

  private final JdbcClient jdbc;

  Predecessors(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Issued documents; unknown numbers are left out. */
  List<Predecessor> byNumbers(Collection<String> numbers) {
    return numbers.isEmpty()
        ? List.of()
        : jdbc.sql(
                """
                SELECT d.id, d.company_id, o.code AS company, d.type, d.number, d.issue_date, d.delivery_date, d.contact_id, d.delivery_contact_id,
                       c.number AS contract, d.currency, d.language, d.payment_days, d.buyer_reference,
                       d.order_reference, d.print_queue, d.own_billing_address, d.own_delivery_address
                FROM document d JOIN company o ON o.id = d.company_id LEFT JOIN contract c ON c.id = d.contract_id
                WHERE d.number IN (:numbers)
                """)
            .param("numbers", numbers)
            .query((row, i) -> predecessor(row))
            .list();
  }

  private static Predecessor predecessor(ResultSet row) throws SQLException {
    Long deliveryContact = row.getObject("delivery_contact_id", Long.class);
    return new Predecessor(
        new DocumentId(row.getLong("id")),
        new CompanyId(row.getLong("company_id")),
        row.getString("company"),
        DocumentType.valueOf(row.getString("type")),
        row.getString("number"),
        row.getObject("issue_date", LocalDate.class),
        row.getObject("delivery_date", LocalDate.class),
        new ContactId(row.getLong("contact_id")),
        deliveryContact == null ? null : new ContactId(deliveryContact),
        row.getString("contract"),
        Currency.getInstance(row.getString("currency")),
        row.getString("language"),
        row.getInt("payment_days"),
        row.getString("buyer_reference"),
        row.getString("order_reference"),
        row.getString("print_queue"),
        DocumentJson.ownAddresses(row));
  }
}
