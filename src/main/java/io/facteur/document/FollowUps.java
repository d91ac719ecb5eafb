package io.facteur.document;

import io.facteur.party.Refusal;
import java.util.List;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Makes the drafts of documents that follow issued ones, by the steps of {@link DocumentChain}
 * (ADDR-4). What is not said otherwise they have from the document that they follow: its parties
 * and postal addresses, references, language, currency, days to pay, print queue, and the e-mail
 * addresses that were set on it by hand.
 */
@Service
public class FollowUps {

  private final Predecessors predecessors;
  private final CarriedOver carriedOver;
  private final CreditNotes creditNotes;
  private final Drafts drafts;

  FollowUps(
      Predecessors predecessors, CarriedOver carriedOver, CreditNotes creditNotes, Drafts drafts) {
    this.predecessors = predecessors;
    this.carriedOver = carriedOver;
    this.creditNotes = creditNotes;
    this.drafts = drafts;
  }

  /**
   * Makes the draft of a document that follows another. Drafts count as followers, as issued
   * documents do; one that is discarded does no longer.
   *
   * @throws Refusal if the document is not issued, the step is none, or less is left than is asked
   *     for
   */
  @Transactional(isolation = Isolation.READ_COMMITTED)
  public DocumentId draft(
      DocumentHead document, DocumentType type, FollowUpRequest request, String actor) {
    String name =
        document.number() == null ? String.valueOf(document.id().value()) : document.number();
    if (!DocumentChain.allows(document.type(), type)) {
      throw Refusal.invalid("type", DocumentChain.refusal(name, document.type(), type));
    }
    request.check(type);
    if (document.state() != DocumentState.ISSUED) {
      throw Refusal.conflict("document", name + " is a draft: issue it first");
    }
    if (type == DocumentType.CREDIT_NOTE) {
      return creditNotes.draftFor(document.id(), request, actor);
    }
    Predecessor predecessor = predecessors.byNumbers(List.of(name)).get(0);
    return drafts.add(
        DocumentChain.statesBill(type)
            ? NewDocument.following(predecessor, type, null, request, CarriedLines.Handed.NOTHING)
            : carriedOver.draft(predecessor, type, request),
        actor);
  }
}
