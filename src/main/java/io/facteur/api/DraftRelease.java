package io.facteur.api;

import io.facteur.billing.BillingDay;
import io.facteur.delivery.IssueOrder;
import io.facteur.delivery.IssueResult;
import io.facteur.delivery.IssueRoute;
import io.facteur.document.DocumentHead;
import io.facteur.document.DocumentId;
import io.facteur.document.DocumentState;
import io.facteur.document.Drafts;
import io.facteur.document.IssuedDocument;
import io.facteur.party.CompanyId;
import io.facteur.party.CurrentActor;
import io.facteur.party.Refusal;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Releases drafts on behalf of the current user (BILL-6). */
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
   * Issues a draft, wholly or not at all.
   *
   * @param printQueue null: the draft's
   * @param issueDate null: today, for its company
   * @throws Refusal if it is issued already, or cannot be issued
   */
  @Transactional
  IssuedDocument release(DocumentHead draft, String printQueue, LocalDate issueDate) {
    if (draft.state() == DocumentState.ISSUED) {
      throw Refusal.conflict("document", issuedAlready(draft));
    }
    IssueResult result = issue(List.of(draft), printQueue, issueDate);
    return result.issued().stream().findFirst().orElseThrow(() -> notIssued(draft, result));
  }

  /**
   * Issues a selection in its order, as far as each can be issued.
   *
   * @param documents of one company, drafts or not
   * @param printQueue null: each draft's
   * @param issueDate null: today, for their company
   * @return every one of the documents, in one of its lists
   */
  @Transactional
  IssueResult releaseEach(List<DocumentHead> documents, String printQueue, LocalDate issueDate) {
    List<DocumentHead> open =
        documents.stream().filter(document -> document.state() == DocumentState.DRAFT).toList();
    IssueResult result =
        open.isEmpty()
            ? new IssueResult(List.of(), List.of(), List.of())
            : issue(open, printQueue, issueDate);
    Stream<IssueResult.Problem> issuedBefore =
        documents.stream()
            .filter(document -> document.state() == DocumentState.ISSUED)
            .map(document -> new IssueResult.Problem(document.id(), issuedAlready(document)));
    return new IssueResult(
        result.issued(),
        Stream.concat(result.problems().stream(), issuedBefore).toList(),
        result.withheld());
  }

  private IssueResult issue(List<DocumentHead> open, String printQueue, LocalDate issueDate) {
    CompanyId company = open.get(0).company();
    LocalDate today = billingDay.today(company);
    LocalDate date = issueDate == null ? today : issueDate;
    // A date to come would be the earliest for all that follow (BILL-3).
    if (date.isAfter(today)) {
      throw Refusal.invalid("issueDate", "must not be after today, which is " + today);
    }
    List<DocumentId> ids = open.stream().map(DocumentHead::id).toList();
    if (printQueue != null) {
      drafts.choosePrintQueue(ids, printQueue);
    }
    return route.issue(new IssueOrder(ids, date, actor.name()));
  }

  private static String issuedAlready(DocumentHead document) {
    return "%d is issued already, as %s".formatted(document.id().value(), document.number());
  }

  private static Refusal notIssued(DocumentHead draft, IssueResult result) {
    String reason =
        Stream.concat(result.problems().stream(), result.withheld().stream())
            .findFirst()
            .map(IssueResult.Problem::reason)
            .orElse(draft.id().value() + " was issued by somebody else in the meantime");
    return Refusal.conflict("document", reason);
  }
}
