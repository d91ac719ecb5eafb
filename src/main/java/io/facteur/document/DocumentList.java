package io.facteur.document;

import io.facteur.contract.BillingPeriod;
import io.facteur.party.Listing;
import io.facteur.party.Page;
import io.facteur.party.Paging;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Lists documents, filtered, sorted and in pages. */
@Repository
public class DocumentList {

  private static final Map<String, String> SORTABLE =
      Map.of(
          "id", "d.id",
          "number", "d.number",
          "type", "d.type",
          "issueDate", "d.issue_date",
          "dueDate", "d.due_date",
          "payable", "d.payable_amount",
          "contact", "c.code");

  private static final String COLUMNS =
      """
      d.id, d.number, d.type, d.state, o.code AS company, c.code AS contact,
      JSON_VALUE(d.buyer, '$.name') AS buyer, k.number AS contract, d.issue_date, d.due_date, d.period_from,
      d.period_to, d.currency, d.payable_amount, d.run_id, d.created_at
      """;

  private final JdbcClient jdbc;

  DocumentList(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Sortable by id, number, type, issueDate, dueDate, payable and contact. */
  public Page<DocumentSummary> list(DocumentQuery query, Paging paging) {
    return new Listing(
            """
            document d JOIN company o ON o.id = d.company_id JOIN contact c ON c.id = d.contact_id
            LEFT JOIN contract k ON k.id = d.contract_id
            """,
            "d.id",
            SORTABLE)
        .ofCompanies(query.companies(), "d.company_id")
        .where("d.type = :type", "type", query.type() == null ? null : query.type().name())
        .where("d.state = :state", "state", query.state() == null ? null : query.state().name())
        .where("c.code = :contact", "contact", query.contact())
        .where("k.number = :contract", "contract", query.contract())
        .where("d.issue_date >= :from", "from", query.from())
        .where("d.issue_date <= :to", "to", query.to())
        .where("d.run_id = :run", "run", query.run() == null ? null : query.run().value())
        .page(jdbc, COLUMNS, paging, DocumentList::summary);
  }

  private static DocumentSummary summary(ResultSet row, int index) throws SQLException {
    LocalDate from = row.getObject("period_from", LocalDate.class);
    long run = row.getLong("run_id");
    boolean withoutRun = row.wasNull();
    return new DocumentSummary(
        new DocumentId(row.getLong("id")),
        row.getString("number"),
        DocumentType.valueOf(row.getString("type")),
        DocumentState.valueOf(row.getString("state")),
        row.getString("company"),
        row.getString("contact"),
        row.getString("buyer"),
        row.getString("contract"),
        row.getObject("issue_date", LocalDate.class),
        row.getObject("due_date", LocalDate.class),
        from == null ? null : new BillingPeriod(from, row.getObject("period_to", LocalDate.class)),
        row.getString("currency"),
        row.getBigDecimal("payable_amount"),
        withoutRun ? null : new RunId(run),
        row.getObject("created_at", LocalDateTime.class).toInstant(ZoneOffset.UTC));
  }
}
