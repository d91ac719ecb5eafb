package io.facteur.dispatch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.facteur.contract.ContractId;
import io.facteur.document.DocumentId;
import io.facteur.document.DocumentType;
import io.facteur.document.OwnAddress;
import io.facteur.document.OwnAddresses;
import io.facteur.party.CompanyId;
import io.facteur.party.ContactId;
import io.facteur.party.TradeParty;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads what of documents decides their dispatch. */
@Repository
class PlanHeads {

  private final JdbcClient jdbc;
  private final ObjectMapper json;

  PlanHeads(JdbcClient jdbc, ObjectMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /** In the order of their ids; unknown ones are left out. One query, whatever the number. */
  List<PlanHead> of(Collection<DocumentId> documents) {
    return jdbc.sql(
            """
            SELECT id, type, company_id, contract_id, contact_id, delivery_contact_id, issue_date,
                   buyer, deliver_to, own_billing_address, own_delivery_address
            FROM document
            WHERE id IN (:ids)
            ORDER BY id
            """)
        .param("ids", documents.stream().map(DocumentId::value).toList())
        .query((row, n) -> head(row))
        .list();
  }

  private PlanHead head(ResultSet row) throws SQLException {
    LocalDate issueDate = row.getObject("issue_date", LocalDate.class);
    Long contract = row.getObject("contract_id", Long.class);
    Long deliveryContact = row.getObject("delivery_contact_id", Long.class);
    return new PlanHead(
        new DocumentId(row.getLong("id")),
        DocumentType.valueOf(row.getString("type")),
        new CompanyId(row.getLong("company_id")),
        contract == null ? null : new ContractId(contract),
        new ContactId(row.getLong("contact_id")),
        deliveryContact == null ? null : new ContactId(deliveryContact),
        new OwnAddresses(
            read(row.getString("own_billing_address"), OwnAddress.class),
            read(row.getString("own_delivery_address"), OwnAddress.class)),
        issueDate == null
            ? null
            : new PlanHead.Frozen(
                issueDate,
                read(row.getString("buyer"), TradeParty.class),
                read(row.getString("deliver_to"), TradeParty.class)));
  }

  private <T> T read(String text, Class<T> type) {
    try {
      return text == null ? null : json.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a document's party cannot be read", e);
    }
  }
}
