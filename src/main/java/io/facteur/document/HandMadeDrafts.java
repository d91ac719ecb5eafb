package io.facteur.document;

import io.facteur.contract.ContractId;
import io.facteur.party.Refusal;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * What must hold of drafts that no run makes: they bill no contract's period twice, unless the
 * first bill is credited in whole, credit no more than was invoiced (BILL-2, BILL-6), and carry
 * over no more than is left of the documents that they follow.
 */
@Component
class HandMadeDrafts {

  private final DocumentLocks locks;
  private final BillingRevisions revisions;
  private final CreditableBills bills;
  private final FollowingDrafts following;
  private final CreditedAmounts creditedAmounts;

  HandMadeDrafts(
      DocumentLocks locks,
      BillingRevisions revisions,
      CreditableBills bills,
      FollowingDrafts following,
      CreditedAmounts creditedAmounts) {
    this.locks = locks;
    this.revisions = revisions;
    this.bills = bills;
    this.following = following;
    this.creditedAmounts = creditedAmounts;
  }

  /**
   * The drafts with their revisions, and with what is open of the bills that they state.
   *
   * @throws Refusal naming the document that stands in the way
   */
  List<DraftRows.Row> admitted(List<DraftRows.Row> rows) {
    locks.lockContracts(
        rows.stream()
            .filter(row -> billed(row) != null)
            .map(row -> row.contract().id().value())
            .distinct()
            .toList());
    Map<DocumentId, DocumentLocks.Held> held =
        locks
            .lockChains(
                rows.stream()
                    .map(DraftRows.Row::preceding)
                    .filter(Objects::nonNull)
                    .map(Predecessor::id)
                    .toList())
            .stream()
            .collect(Collectors.toMap(DocumentLocks.Held::id, Function.identity()));
    refuseTooMuchCredit(rows, held);
    following.refuseTooMuch(rows, held.keySet());
    return withRevisions(following.withOpenAmounts(rows));
  }

  private List<DraftRows.Row> withRevisions(List<DraftRows.Row> rows) {
    Map<BillingRevisions.Billed, BillingRevisions.Next> next =
        revisions.next(rows.stream().map(HandMadeDrafts::billed).filter(Objects::nonNull).toList());
    List<DraftRows.Row> revised = new ArrayList<>(rows.size());
    for (DraftRows.Row row : rows) {
      BillingRevisions.Billed billed = billed(row);
      if (billed == null) {
        revised.add(row);
      } else {
        int revision = next.get(billed).orRefuse("period", row.contract().number(), billed.from());
        revised.add(row.withRevision(revision));
        next.put(billed, new BillingRevisions.Next(revision + 1, "another of these documents"));
      }
    }
    return revised;
  }

  private static BillingRevisions.Billed billed(DraftRows.Row row) {
    NewDocument draft = row.draft();
    return row.contract() == null || draft.period() == null || !draft.type().isBill()
        ? null
        : new BillingRevisions.Billed(
            new ContractId(row.contract().id().value()), draft.type(), draft.period().from());
  }

  private void refuseTooMuchCredit(
      List<DraftRows.Row> rows, Map<DocumentId, DocumentLocks.Held> held) {
    List<DraftRows.Row> creditNotes =
        rows.stream()
            .filter(row -> row.draft().type() == DocumentType.CREDIT_NOTE)
            .filter(row -> row.preceding() != null)
            .toList();
    Map<DocumentId, BigDecimal> left = new HashMap<>();
    creditedAmounts
        .of(creditNotes.stream().map(row -> row.preceding().id()).distinct().toList())
        .forEach(
            (id, credited) ->
                left.put(id, held.get(id).taxInclusive().subtract(credited.taxInclusive())));
    for (DraftRows.Row row : creditNotes) {
      DocumentLocks.Held bill = held.get(row.preceding().id());
      bills.refuseUncreditable(bill);
      BigDecimal wanted = row.amounts().totals().taxInclusive();
      BigDecimal open = left.get(bill.id());
      if (wanted.compareTo(open) > 0) {
        throw Refusal.conflict(
            "lines",
            "come to %s %s with VAT, of %s %s %s is left to credit"
                .formatted(bill.currency(), wanted, bill.number(), bill.currency(), open));
      }
      left.put(bill.id(), open.subtract(wanted));
    }
  }
}
