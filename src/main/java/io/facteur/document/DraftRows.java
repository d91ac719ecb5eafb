package io.facteur.document;

import io.facteur.contract.Contract;
import io.facteur.party.Company;
import io.facteur.party.Contact;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** Writes new drafts with their lines and VAT breakdown: one statement for each table. */
@Repository
class DraftRows {

  /** More would outgrow the driver's buffer of 128 kB; the next one, of 1 MB, strains the heap. */
  private static final int DOCUMENTS_IN_A_STATEMENT = 50;

  /**
   * A draft with nothing left open.
   *
   * @param deliverTo null if the goods go to the contact
   * @param contract null if none
   * @param preceding null if none
   */
  record Row(
      NewDocument draft,
      Company company,
      Contact contact,
      Contact deliverTo,
      Contract contract,
      DocumentHead preceding,
      Currency currency,
      String language,
      int paymentDays,
      String buyerReference,
      String orderReference,
      String printQueue,
      Amounts.Computed amounts) {}

  private static final String INSERT_DOCUMENT =
      """
      INSERT INTO document (company_id, type, state, series, payment_days, contract_id, period_from, period_to,
        contact_id, delivery_contact_id, preceding_document_id, run_id, currency, language, buyer_reference,
        order_reference, note, print_queue, seller, buyer, deliver_to, line_net_total, tax_exclusive_total,
        tax_total, tax_inclusive_total, prepaid_amount, rounding_amount, payable_amount, created_by)
      VALUES (?, ?, 'DRAFT', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private static final String INSERT_LINE =
      """
      INSERT INTO document_line (document_id, position, name, description, quantity, unit_code, unit_price,
        base_quantity, discount_percent, discount_amount, net_amount, vat_category, vat_rate, exemption_reason)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private static final String INSERT_VAT =
      """
      INSERT INTO vat_breakdown (document_id, category, rate, taxable_amount, tax_amount, exemption_reason)
      VALUES (?, ?, ?, ?, ?, ?)
      """;

  private final JdbcTemplate jdbc;

  DraftRows(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** Ids in the order of the rows. */
  List<DocumentId> insert(List<Row> rows, RunId run, String actor) {
    List<DocumentId> ids = insertDocuments(rows, run, actor);
    List<Object[]> lines = new ArrayList<>();
    List<Object[]> vat = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      long document = ids.get(i).value();
      rows.get(i).amounts().lines().forEach(line -> lines.add(values(document, line)));
      rows.get(i).amounts().vatBreakdown().forEach(part -> vat.add(values(document, part)));
    }
    insertAll(INSERT_LINE, lines);
    insertAll(INSERT_VAT, vat);
    return ids;
  }

  void choosePrintQueue(DocumentId draft, String printQueue) {
    jdbc.update(
        """
        UPDATE document SET print_queue = ?, version = version + 1
        WHERE id = ? AND state = 'DRAFT' AND NOT (print_queue <=> ?)
        """,
        printQueue,
        draft.value(),
        printQueue);
  }

  void joinRun(DocumentId draft, RunId run) {
    jdbc.update(
        "UPDATE document SET run_id = ? WHERE id = ? AND state = 'DRAFT'",
        run.value(),
        draft.value());
  }

  /** The server returns the ids in the order in which it inserts, which is that of the values. */
  private List<DocumentId> insertDocuments(List<Row> rows, RunId run, String actor) {
    List<DocumentId> ids = new ArrayList<>(rows.size());
    for (int from = 0; from < rows.size(); from += DOCUMENTS_IN_A_STATEMENT) {
      List<Row> some = rows.subList(from, Math.min(from + DOCUMENTS_IN_A_STATEMENT, rows.size()));
      ids.addAll(
          jdbc.query(
              insertDocuments(some.size()),
              (row, i) -> new DocumentId(row.getLong("id")),
              some.stream().flatMap(row -> Stream.of(values(row, run, actor))).toArray()));
    }
    return ids;
  }

  private static String insertDocuments(int number) {
    String values = INSERT_DOCUMENT.substring(INSERT_DOCUMENT.lastIndexOf('('));
    return INSERT_DOCUMENT + (", " + values).repeat(number - 1) + " RETURNING id";
  }

  private static Object[] values(Row row, RunId run, String actor) {
    NewDocument draft = row.draft();
    BillingPeriod period = draft.period();
    Totals totals = row.amounts().totals();
    return new Object[] {
      row.company().id().value(),
      draft.type().name(),
      NumberSeries.of(draft.type()),
      row.paymentDays(),
      row.contract() == null ? null : row.contract().id().value(),
      period == null ? null : period.from(),
      period == null ? null : period.to(),
      row.contact().id().value(),
      row.deliverTo() == null ? null : row.deliverTo().id().value(),
      row.preceding() == null ? null : row.preceding().id().value(),
      run == null ? null : run.value(),
      row.currency().getCurrencyCode(),
      row.language(),
      row.buyerReference(),
      row.orderReference(),
      draft.note(),
      row.printQueue(),
      DocumentJson.write(Seller.of(row.company())),
      DocumentJson.write(row.contact().asTradeParty()),
      row.deliverTo() == null ? null : DocumentJson.write(row.deliverTo().asTradeParty()),
      totals.lineNet(),
      totals.taxExclusive(),
      totals.tax(),
      totals.taxInclusive(),
      totals.prepaid(),
      totals.rounding(),
      totals.payable(),
      actor
    };
  }

  private static Object[] values(long document, DocumentLine line) {
    return new Object[] {
      document,
      line.position(),
      line.name(),
      line.description(),
      line.quantity(),
      line.unitCode(),
      line.unitPrice(),
      line.baseQuantity(),
      line.discountPercent(),
      line.discountAmount(),
      line.netAmount(),
      line.vatCategory().name(),
      line.vatRate(),
      line.exemptionReason()
    };
  }

  private static Object[] values(long document, VatBreakdown part) {
    return new Object[] {
      document,
      part.category().name(),
      part.rate(),
      part.taxableAmount(),
      part.taxAmount(),
      part.exemptionReason()
    };
  }

  private void insertAll(String sql, List<Object[]> rows) {
    if (!rows.isEmpty()) {
      jdbc.batchUpdate(sql, rows);
    }
  }
}
