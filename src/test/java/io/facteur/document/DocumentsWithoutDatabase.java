package io.facteur.document;

import io.facteur.contract.BillingSchedule;
import io.facteur.contract.BillingTerms;
import io.facteur.contract.Contract;
import io.facteur.contract.ContractId;
import io.facteur.party.Checks;
import io.facteur.party.Company;
import io.facteur.party.Contact;
import io.facteur.party.ExchangeRates;
import io.facteur.testing.RecordChange;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Makes and issues documents by the product's own checks, completions and computations, which keep
 * nothing: what {@link Drafts}, {@link CreditNotes} and {@link Issue} do between their statements.
 */
public final class DocumentsWithoutDatabase {

  private static final CreditedParts NOTHING =
      new CreditedParts(
          List.of(),
          Map.of(),
          Map.of(),
          Map.of(),
          BigDecimal.ZERO,
          BigDecimal.ZERO,
          BigDecimal.ZERO,
          BigDecimal.ZERO);

  private final Company company;
  private final List<Contact> contacts;
  private final ExchangeRates.Known rates;
  private final LocalDate issueDate;
  private final long sequence;

  /**
   * For one document, and the credit note on it.
   *
   * @param rates null if it is in the company's own currency
   * @param sequence its id as well
   */
  public DocumentsWithoutDatabase(
      Company company,
      List<Contact> contacts,
      ExchangeRates.Known rates,
      LocalDate issueDate,
      long sequence) {
    this.company = company;
    this.contacts = contacts;
    this.rates = rates;
    this.issueDate = issueDate;
    this.sequence = sequence;
  }

  /**
   * Makes a draft and issues it.
   *
   * @param follows what {@code draft} names as its preceding document; null if nothing
   */
  public Document issued(NewDocument draft, Document follows) {
    Drafts.check(draft);
    Lookups lookups =
        new Lookups(
            List.of(company),
            contacts,
            draft.contract() == null ? List.of() : List.of(contract(draft.contract())),
            follows == null ? List.of() : List.of(predecessor(follows)),
            rates,
            any -> issueDate);
    Checks checks = new Checks();
    lookups.check(checks, draft);
    checks.refuse();
    Document document = ComputedDraft.of(lookups.complete(draft)).document();
    return issue(
        follows == null
            ? document
            : RecordChange.with(document, "precedingDate", follows.issueDate()));
  }

  /** An issued document of another type, to be followed. */
  public Document preceding(DocumentType type, String number, Document like) {
    Document document = RecordChange.with(like, "type", type);
    return RecordChange.with(document, "number", number);
  }

  /**
   * Credits an invoice and issues the credit note.
   *
   * @param parts null: as a whole
   */
  public Document credited(Document invoice, List<FollowUpRequest.Line> parts) {
    CreditNoteAmounts amounts =
        new CreditNoteAmounts(
            invoice,
            NOTHING,
            invoice.currency().equals(company.currency()) ? company.payableRounding() : null);
    CreditNoteAmounts.Computed computed =
        parts == null ? amounts.remainder() : amounts.parts(parts);
    Map<String, Object> own =
        Map.of(
            "type", DocumentType.CREDIT_NOTE,
            "precedingType", invoice.type(),
            "precedingNumber", invoice.number(),
            "precedingDate", invoice.issueDate(),
            "lines", computed.lines().stream().map(CreditLines.Line::line).toList(),
            "allowances", new ArrayList<>(computed.allowances().values()),
            "vatBreakdown", computed.vatBreakdown(),
            "totals", computed.totals(),
            "deducted", List.of());
    Document credit = invoice;
    for (Map.Entry<String, Object> one : own.entrySet()) {
      credit = RecordChange.with(credit, one.getKey(), one.getValue());
    }
    credit = RecordChange.with(credit, "accountingTax", computed.accountingTax());
    credit = RecordChange.with(credit, "mandate", null);
    return issue(RecordChange.with(credit, "note", null));
  }

  private Document issue(Document draft) {
    String number =
        NumberSeries.number(company.numberPrefix(), draft.type(), issueDate.getYear(), sequence);
    LocalDate due =
        Issue.fallsDue(draft.type(), draft.totals().payable())
            ? issueDate.plusDays(draft.paymentDays())
            : null;
    return RecordChange.with(
        draft.issuedAs(number, issueDate, due), "id", new DocumentId(sequence));
  }

  private Contract contract(String number) {
    return new Contract(
        new ContractId(1),
        1,
        company.id(),
        number,
        contacts.get(0).id(),
        null,
        LocalDate.EPOCH,
        null,
        null,
        null,
        null,
        null,
        null,
        (BillingSchedule) null,
        List.of(),
        BillingTerms.NONE);
  }

  private Predecessor predecessor(Document followed) {
    return new Predecessor(
        new DocumentId(sequence + 1000),
        company.id(),
        company.code(),
        followed.type(),
        followed.number(),
        followed.issueDate(),
        followed.deliveryDate(),
        contacts.get(0).id(),
        null,
        followed.contractNumber(),
        followed.currency(),
        followed.language(),
        followed.paymentDays(),
        followed.buyerReference(),
        followed.orderReference(),
        null,
        OwnAddresses.NONE);
  }
}
