package io.facteur.api;

import io.facteur.billing.BillingDay;
import io.facteur.delivery.IssueOrder;
import io.facteur.delivery.IssueResult;
import io.facteur.delivery.IssueRoute;
import io.facteur.document.DocumentHead;
import io.facteur.document.DocumentState;
import io.facteur.document.Drafts;
import io.facteur.document.IssuedDocument;
import io.facteur.party.CurrentActor;
import io.facteur.party.Refusal;
import java.time.LocalDate;
import java.util.List;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Releases one draft on behalf of the current user, wholly or not at all (BILL-6). */
@Service
class DraftRelease {

  private final Drafts drafts;
  private final BillingDay billingDay;
  private final IssueRoute route;
  private final CurrentActor actor;

  DraftRelease(Drafts drafts, BillingDay billingDay, IssueRoute route, CurrentActor actor) {
    this.drafts = drafts;
    this.billingDay = billingDay;
    this.route = route;
    this.actor = actor;
  }

  /**
   * Issues a draft.
   *
   * @param printQueue null: the draft's
   * @param issueDate null: today, for its company
   * @throws Refusal if it is issued already, or cannot be issued
   */
  @Transactional
  IssuedDocument release(DocumentHead draft, String printQueue, LocalDate issueDate) {
    if (draft.state() == DocumentState.ISSUED) {
      throw Refusal.conflict(
          "document", "%d is issued already, as %s".formatted(draft.id().value(), draft.number()));
    }
    LocalDate today = billingDay.today(draft.company());
    LocalDate date = issueDate == null ? today : issueDate;
    // A date to come would be the earliest for all that follow (BILL-3).
    if (date.isAfter(today)) {
      throw Refusal.invalid("issueDate", "must not be after today, which is " + today);
    }
    if (printQueue != null) {
      drafts.choosePrintQueue(draft.id(), printQueue);
    }
    IssueResult result = route.issue(new IssueOrder(List.of(draft.id()), date, actor.name()));
    return result.issued().stream().findFirst().orElseThrow(() -> notIssued(draft, result));
  }

  private static Refusal notIssued(DocumentHead draft, IssueResult result) {
    String reason =
        result.problems().stream()
            .findFirst()
            .map(IssueResult.Problem::reason)
            .orElse(draft.id().value() + " was issued by somebody else in the meantime");
    return Refusal.conflict("document", reason);
  }
}
