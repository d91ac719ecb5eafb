package io.facteur.document;

import io.facteur.contract.BillingPeriod;
import io.facteur.party.Refusal;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Decides which lines a document hands down to one that follows it, while it and all that it
 * follows are held.
 */
@Component
class CarriedOver {

  private final Documents documents;
  private final DocumentLocks locks;
  private final CarriedRows carriedRows;

  CarriedOver(Documents documents, DocumentLocks locks, CarriedRows carriedRows) {
    this.documents = documents;
    this.locks = locks;
    this.carriedRows = carriedRows;
  }

  /**
   * The draft that is to be made.
   *
   * @throws Refusal if nothing is left, or there is no such line
   */
  NewDocument draft(Predecessor predecessor, DocumentType type, FollowUpRequest request) {
    List<DocumentId> held =
        locks.lockChains(List.of(predecessor.id())).stream().map(DocumentLocks.Held::id).toList();
    Document whole = documents.load(List.of(predecessor.id())).get(0);
    CarriedLines lines = new CarriedLines(whole, type, carriedRows.load(held));
    // A bill of a contract that is for a period as a whole would count as that period's (BILL-2).
    boolean periodOnLines = type.isBill() && predecessor.contract() != null;
    BillingPeriod ofLines = periodOnLines ? whole.period() : null;
    CarriedLines.Handed handed =
        request.lines() == null ? lines.left(ofLines) : lines.requested(request.lines(), ofLines);
    return NewDocument.following(
        predecessor, type, periodOnLines ? null : whole.period(), request, handed);
  }
}
