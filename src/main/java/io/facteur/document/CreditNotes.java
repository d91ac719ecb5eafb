package io.facteur.document;

import io.facteur.party.Companies;
import io.facteur.party.Company;
import io.facteur.party.Refusal;
import java.math.BigDecimal;
import java.util.List;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Corrects issued invoices by credit notes, whole or in part (BILL-6; EN 16931 type code 381). */
@Service
public class CreditNotes {

  private final DocumentLocks locks;
  private final CreditableBills bills;
  private final CreditedRows credited;
  private final CreditNoteRows rows;
  private final Documents documents;
  private final Companies companies;

  CreditNotes(
      DocumentLocks locks,
      CreditableBills bills,
      CreditedRows credited,
      CreditNoteRows rows,
      Documents documents,
      Companies companies) {
    this.locks = locks;
    this.bills = bills;
    this.credited = credited;
    this.rows = rows;
    this.documents = documents;
    this.companies = companies;
  }

  /**
   * Makes the draft of a credit note over all that is left of an invoice: the whole of it, if
   * nothing is credited yet.
   *
   * @throws Refusal if the document cannot be credited, or is credited already
   */
  @Transactional(isolation = Isolation.READ_COMMITTED)
  public DocumentId draftFor(DocumentId invoice, String actor) {
    return draft(invoice, FollowUpRequest.ALL, actor);
  }

  /**
   * Makes the draft of a credit note over parts of an invoice, with positive amounts, and the
   * invoice as its preceding document (BG-3). Drafts count as credited as issued ones do. E-mail
   * addresses that were set by hand on the invoice are inherited (ADDR-4).
   *
   * <p>Read committed, as otherwise those who credit different invoices would lock each other out
   * of the gap between them.
   *
   * @throws Refusal if the document cannot be credited, or if less is left than is asked for
   */
  @Transactional(isolation = Isolation.READ_COMMITTED)
  public DocumentId draftFor(DocumentId invoice, FollowUpRequest request, String actor) {
    return draft(invoice, request, actor);
  }

  private DocumentId draft(DocumentId id, FollowUpRequest request, String actor) {
    request.check(DocumentType.CREDIT_NOTE);
    DocumentLocks.Held bill =
        locks.lock(List.of(id)).stream()
            .findFirst()
            .orElseThrow(() -> Refusal.notFound("document", String.valueOf(id.value())));
    bills.refuseUncreditable(bill);
    Document invoice = documents.load(List.of(id)).get(0);
    CreditedParts before = credited.load(id);
    CreditNoteAmounts amounts = new CreditNoteAmounts(invoice, before, payableRounding(invoice));
    if (!before.creditNotes().isEmpty() && amounts.left().signum() <= 0) {
      throw Refusal.conflict(
          "document",
          "%s is credited already, by %s"
              .formatted(invoice.number(), String.join(", ", before.creditNotes())));
    }
    CreditNoteAmounts.Computed computed =
        request.lines() == null ? amounts.remainder() : amounts.parts(request.lines());
    return rows.insert(id, computed, request.note(), actor);
  }

  private BigDecimal payableRounding(Document invoice) {
    Company company = companies.get(invoice.seller().companyCode());
    return company.currency().equals(invoice.currency()) ? company.payableRounding() : null;
  }
}
