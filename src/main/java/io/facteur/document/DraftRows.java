package io.facteur.document;

import io.facteur.contract.BillingPeriod;
import io.facteur.contract.Contract;
import io.facteur.party.Company;
import io.facteur.party.Contact;
import io.facteur.party.Mandate;
import io.facteur.party.StoredJson;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
   * @param own postal addresses of the document's own
   * @param accountingTax null where the currency is the company's own
   * @param stated bills that it states, with what is open of each
   */
  record Row(
      NewDocument draft,
      Company company,
      Contact contact,
      Contact deliverTo,
      Contract contract,
      Predecessor preceding,
      Currency currency,
      String language,
      int paymentDays,
      String buyerReference,
      String orderReference,
      String printQueue,
      OwnAddresses own,
      Amounts.Computed amounts,
      AccountingTax accountingTax,
      Map<DocumentId, BigDecimal> stated) {

    /** The same, as a later bill of its period. */
    Row withRevision(int revision) {
      return with(draft.withRevision(revision), amounts, stated);
    }

    /** The same, asking for what is open of the bills that it states. */
    Row stating(Map<DocumentId, BigDecimal> open) {
      BigDecimal payable = open.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
      return with(
          draft,
          new Amounts.Computed(
              List.of(), List.of(), List.of(), amounts.totals().withPayable(payable)),
          open);
    }

    /** BT-72: a delivery note that it follows says when. */
    LocalDate deliveryDate() {
      return draft.deliveryDate() != null || preceding == null
          ? draft.deliveryDate()
          : preceding.deliveryDateOfFollowers();
    }

    /** By which its amount due is collected; null if it is transferred. */
    Mandate mandate() {
      return draft.type().isBill() ? contact.mandate() : null;
    }

    private Row with(
        NewDocument otherDraft,
        Amounts.Computed otherAmounts,
        Map<DocumentId, BigDecimal> otherStated) {
      return new Row(
          otherDraft,
          company,
          contact,
          deliverTo,
          contract,
          preceding,
          currency,
          language,
          paymentDays,
          buyerReference,
          orderReference,
          printQueue,
          own,
          otherAmounts,
          accountingTax,
          otherStated);
    }
  }

  private static final String INSERT_DOCUMENT =
      """
      INSERT INTO document (company_id, type, state, series, payment_days, contract_id, period_from, period_to,
        delivery_date, contact_id, delivery_contact_id, preceding_document_id, run_id, currency, language, buyer_reference,
        order_reference, note, print_queue, seller, buyer, deliver_to, mandate, own_billing_address, own_delivery_address,
        line_net_total, allowance_total, charge_total, tax_exclusive_total, tax_total, tax_currency, exchange_rate,
        accounting_tax, tax_inclusive_total, prepaid_amount, rounding_amount, payable_amount, created_by,
        billing_revision, released_by, released_at)
      VALUES (?, ?, 'DRAFT', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
        ?, IF(?, UTC_TIMESTAMP(6), NULL))
      """;

  private static final String INSERT_LINE =
      """
      INSERT INTO document_line (document_id, position, name, description, quantity, unit_code, unit_price,
        base_quantity, discount_percent, discount_amount, net_amount, vat_category, vat_rate, exemption_reason,
        period_from, period_to, preceding_line, preceding_quantity)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private static final String INSERT_VAT =
      """
      INSERT INTO vat_breakdown (document_id, category, rate, taxable_amount, tax_amount, exemption_reason)
      VALUES (?, ?, ?, ?, ?, ?)
      """;

  private static final String INSERT_ALLOWANCE =
      """
      INSERT INTO document_allowance (document_id, line_position, position, is_charge, percent, base_amount, amount,
        reason, reason_code, vat_category, vat_rate, exemption_reason)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private static final String INSERT_DEDUCTION =
      """
      INSERT INTO settled_instalment (settlement_id, instalment_id, amount, billing_revision)
      VALUES (?, ?, ?, ?)
      """;

  private static final String INSERT_STATED =
      "INSERT INTO stated_bill (document_id, bill_id, open_amount) VALUES (?, ?, ?)";

  private final InheritedAddresses addresses;
  private final JdbcTemplate jdbc;

  DraftRows(InheritedAddresses addresses, JdbcTemplate jdbc) {
    this.addresses = addresses;
    this.jdbc = jdbc;
  }

  /** Ids in the order of the rows. */
  List<DocumentId> insert(List<Row> rows, RunId run, String actor) {
    holdContacts(rows);
    List<DocumentId> ids = insertDocuments(rows, run, actor);
    List<Object[]> lines = new ArrayList<>();
    List<Object[]> vat = new ArrayList<>();
    List<Object[]> allowances = new ArrayList<>();
    List<Object[]> deductions = new ArrayList<>();
    List<Object[]> stated = new ArrayList<>();
    List<DocumentId> followers = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      long document = ids.get(i).value();
      Row row = rows.get(i);
      Amounts.Computed amounts = row.amounts();
      for (DocumentLine line : amounts.lines()) {
        NewLine given = row.draft().lines().get(line.position() - 1);
        boolean carried = given.precedingLine() != null;
        lines.add(values(document, line, given.precedingLine(), carried ? line.quantity() : null));
        addAll(allowances, document, line.position(), line.allowances());
      }
      addAll(allowances, document, 0, amounts.allowances());
      amounts.vatBreakdown().forEach(part -> vat.add(values(document, part)));
      if (row.preceding() != null) {
        followers.add(ids.get(i));
      }
      row.stated().forEach((bill, open) -> stated.add(new Object[] {document, bill.value(), open}));
      NewDocument.Billing billing = row.draft().billing();
      for (DeductedInstalment instalment : billing.settles()) {
        deductions.add(
            new Object[] {
              document, instalment.instalment().value(), instalment.amount(), billing.revision()
            });
      }
    }
    insertAll(INSERT_LINE, lines);
    insertAll(INSERT_VAT, vat);
    insertAll(INSERT_ALLOWANCE, allowances);
    insertAll(INSERT_DEDUCTION, deductions);
    insertAll(INSERT_STATED, stated);
    addresses.inherit(followers, actor);
    return ids;
  }

  /**
   * Of a draft that stands already.
   *
   * @param ofDocument allowances and charges of the document as a whole, by position
   */
  void insertAmounts(
      DocumentId draft,
      List<CreditLines.Line> lines,
      Map<Integer, DocumentAllowance> ofDocument,
      List<VatBreakdown> vatBreakdown) {
    long document = draft.value();
    List<Object[]> allowances = new ArrayList<>();
    lines.forEach(
        one -> addAll(allowances, document, one.line().position(), one.line().allowances()));
    ofDocument.forEach((position, one) -> allowances.add(values(document, 0, position, one)));
    insertAll(
        INSERT_LINE,
        lines.stream()
            .map(one -> values(document, one.line(), one.creditedLine(), one.creditedQuantity()))
            .toList());
    insertAll(INSERT_VAT, vatBreakdown.stream().map(part -> values(document, part)).toList());
    insertAll(INSERT_ALLOWANCE, allowances);
  }

  void choosePrintQueue(Collection<DocumentId> drafts, String printQueue) {
    jdbc.batchUpdate(
        """
        UPDATE document SET print_queue = ?, version = version + 1
        WHERE id = ? AND state = 'DRAFT' AND NOT (print_queue <=> ?)
        """,
        drafts.stream()
            .map(draft -> new Object[] {printQueue, draft.value(), printQueue})
            .toList());
  }

  void joinRun(DocumentId draft, RunId run) {
    jdbc.update(
        "UPDATE document SET run_id = ? WHERE id = ? AND state = 'DRAFT'",
        run.value(),
        draft.value());
  }

  void leaveRun(Collection<DocumentId> drafts) {
    jdbc.batchUpdate(
        "UPDATE document SET run_id = NULL WHERE id = ? AND state = 'DRAFT'",
        drafts.stream().map(draft -> new Object[] {draft.value()}).toList());
  }

  /**
   * Before the new rows, which are held as soon as they stand there: whoever changes a contact
   * holds that while it looks at the contact's documents, and both would wait for each other.
   */
  private void holdContacts(List<Row> rows) {
    List<Long> contacts =
        rows.stream()
            .flatMap(row -> Stream.of(row.contact(), row.deliverTo()))
            .filter(Objects::nonNull)
            .map(contact -> contact.id().value())
            .distinct()
            .sorted()
            .toList();
    if (!contacts.isEmpty()) {
      jdbc.query(
          "SELECT id FROM contact WHERE id IN (%s) ORDER BY id LOCK IN SHARE MODE"
              .formatted("?" + ", ?".repeat(contacts.size() - 1)),
          row -> {},
          contacts.toArray());
    }
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
    String values = INSERT_DOCUMENT.substring(INSERT_DOCUMENT.indexOf("VALUES") + 6);
    return INSERT_DOCUMENT + (", " + values).repeat(number - 1) + " RETURNING id";
  }

  private static Object[] values(Row row, RunId run, String actor) {
    NewDocument draft = row.draft();
    BillingPeriod period = draft.period();
    Totals totals = row.amounts().totals();
    AccountingTax tax = row.accountingTax();
    return new Object[] {
      row.company().id().value(),
      draft.type().name(),
      NumberSeries.of(draft.type()),
      row.paymentDays(),
      row.contract() == null ? null : row.contract().id().value(),
      period == null ? null : period.from(),
      period == null ? null : period.to(),
      row.deliveryDate(),
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
      StoredJson.write(Seller.of(row.company())),
      StoredJson.write(row.own().buyer(row.draft().type(), row.contact())),
      StoredJson.write(row.own().deliverTo(row.deliverTo())),
      StoredJson.write(row.mandate()),
      StoredJson.write(row.own().billing()),
      StoredJson.write(row.own().delivery()),
      totals.lineNet(),
      totals.allowances(),
      totals.charges(),
      totals.taxExclusive(),
      totals.tax(),
      tax == null ? null : tax.currency().getCurrencyCode(),
      tax == null ? null : tax.exchangeRate(),
      tax == null ? null : tax.tax(),
      totals.taxInclusive(),
      totals.prepaid(),
      totals.rounding(),
      totals.payable(),
      actor,
      draft.billing().revision(),
      draft.billing().released() ? actor : null,
      draft.billing().released()
    };
  }

  private static Object[] values(
      long document, DocumentLine line, Integer precedingLine, BigDecimal precedingQuantity) {
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
      line.exemptionReason(),
      line.period() == null ? null : line.period().from(),
      line.period() == null ? null : line.period().to(),
      precedingLine,
      precedingQuantity
    };
  }

  private static void addAll(
      List<Object[]> rows, long document, int line, List<DocumentAllowance> allowances) {
    int position = 1;
    for (DocumentAllowance allowance : allowances) {
      rows.add(values(document, line, position++, allowance));
    }
  }

  private static Object[] values(
      long document, int line, int position, DocumentAllowance allowance) {
    return new Object[] {
      document,
      line,
      position,
      allowance.charge(),
      allowance.percent(),
      allowance.baseAmount(),
      allowance.amount(),
      allowance.reason(),
      allowance.reasonCode(),
      allowance.vatCategory() == null ? null : allowance.vatCategory().name(),
      allowance.vatRate(),
      allowance.exemptionReason()
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
