package io.facteur.delivery;

import io.facteur.delivery.journal.Installation;
import io.facteur.dispatch.DispatchPlanner;
import io.facteur.dispatch.PlanRequest;
import io.facteur.dispatch.PlanRequests;
import io.facteur.dispatch.PlannedDelivery;
import io.facteur.document.DocumentId;
import io.facteur.document.Issue;
import io.facteur.document.IssuedDocument;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Issues drafts (BILL-6): numbers and freezes them and writes all their planned deliveries, in one
 * transaction, so that no document is ever issued without its dispatch.
 */
@Component
public class DocumentIssuing {

  private static final Logger log = LoggerFactory.getLogger(DocumentIssuing.class);

  private final Issue issue;
  private final PlanRequests requests;
  private final DispatchPlanner planner;
  private final PlannedRows planned;
  private final IssueTransaction transaction;
  private final HandOvers handOvers;

  DocumentIssuing(
      Issue issue,
      PlanRequests requests,
      DispatchPlanner planner,
      PlannedRows planned,
      IssueTransaction transaction,
      HandOvers handOvers) {
    this.issue = issue;
    this.requests = requests;
    this.planner = planner;
    this.planned = planned;
    this.transaction = transaction;
    this.handOvers = handOvers;
  }

  /**
   * Issues the drafts of an order. If one of them cannot be issued, the others are none the less;
   * those of a run that is stopped are withheld. Nothing ordered means nothing issued (DISP-8).
   *
   * @throws Installation.Held if the database is held: its next numbers may be used already
   */
  public IssueResult issue(IssueOrder order) {
    if (order.drafts().isEmpty()) {
      return IssueResult.NOTHING;
    }
    try {
      return together(order, order.drafts());
    } catch (Installation.Held held) {
      throw held;
    } catch (RuntimeException e) {
      if (DatabasePatience.isPassing(e)) {
        throw e;
      }
      log.info(
          "{} drafts are issued one by one: {}",
          order.drafts().size(),
          e.getClass().getSimpleName());
      return oneByOne(order);
    }
  }

  private IssueResult oneByOne(IssueOrder order) {
    IssueResult result = IssueResult.NOTHING;
    for (DocumentId draft : order.drafts()) {
      try {
        result = result.and(together(order, List.of(draft)));
      } catch (Installation.Held held) {
        throw held;
      } catch (RuntimeException e) {
        if (DatabasePatience.isPassing(e)) {
          throw e;
        }
        var problem = new IssueResult.Problem(draft, reason(draft, e));
        result = result.and(new IssueResult(List.of(), List.of(problem), List.of()));
      }
    }
    return result;
  }

  /** What the database says is for the log: it holds statements, not words for a clerk. */
  private static String reason(DocumentId draft, RuntimeException e) {
    if (e instanceof DataAccessException) {
      log.error("draft {} cannot be issued", draft.value(), e);
      return "draft %d cannot be issued: the database refused it, the log says why"
          .formatted(draft.value());
    }
    return e.getMessage();
  }

  private IssueResult together(IssueOrder order, List<DocumentId> drafts) {
    return transaction.withoutStopped(
        drafts,
        free -> {
          List<DocumentId> open = open(free, order.meanwhile());
          List<IssuedDocument> issued = issue.issue(open, order.issueDate(), order.actor());
          Map<DocumentId, List<PlannedDelivery>> plans = new LinkedHashMap<>();
          for (PlanRequest request :
              requests.load(issued.stream().map(IssuedDocument::id).toList())) {
            plans.put(request.document(), planner.plan(request));
          }
          planned.insert(plans, order.actor());
          handOvers.numbered(issued);
          return issued;
        });
  }

  private List<DocumentId> open(List<DocumentId> drafts, IssueOrder.Meanwhile meanwhile) {
    return switch (meanwhile) {
      case PROBLEM -> drafts;
      case LEFT -> issue.lockFree(drafts);
      case AWAITED -> issue.lockOpen(drafts);
    };
  }
}
