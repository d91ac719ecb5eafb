package io.facteur.delivery;

import io.facteur.dispatch.DispatchPlanner;
import io.facteur.dispatch.PlanRequest;
import io.facteur.dispatch.PlanRequests;
import io.facteur.dispatch.PlannedDelivery;
import io.facteur.document.DocumentId;
import io.facteur.document.Issue;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Issues drafts (BILL-6): numbers and freezes them and writes all their planned deliveries, in one
 * transaction, so that no document is ever issued without its dispatch.
 */
@Component
public class DocumentIssuing {

  private final Issue issue;
  private final PlanRequests requests;
  private final DispatchPlanner planner;
  private final PlannedRows planned;
  private final LedgerTransaction transaction;

  DocumentIssuing(
      Issue issue,
      PlanRequests requests,
      DispatchPlanner planner,
      PlannedRows planned,
      LedgerTransaction transaction) {
    this.issue = issue;
    this.requests = requests;
    this.planner = planner;
    this.planned = planned;
    this.transaction = transaction;
  }

  /**
   * Issues drafts; those that are issued already are left as they are.
   *
   * @return how many were issued
   */
  public int issue(List<DocumentId> drafts, LocalDate issueDate, String actor) {
    if (drafts.isEmpty()) {
      return 0; // nothing selected, nothing sent (DISP-8)
    }
    return transaction.with(
        tx -> {
          List<DocumentId> issued = issue.issue(drafts, issueDate, actor);
          Map<DocumentId, List<PlannedDelivery>> plans = new LinkedHashMap<>();
          for (PlanRequest request : requests.load(issued)) {
            plans.put(request.document(), planner.plan(request));
          }
          planned.insert(plans, actor);
          return issued.size();
        });
  }
}
