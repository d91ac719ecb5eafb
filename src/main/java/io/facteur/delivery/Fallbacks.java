package io.facteur.delivery;

import io.facteur.contract.Role;
import io.facteur.dispatch.DispatchPlanner;
import io.facteur.dispatch.FallbackPolicy;
import io.facteur.dispatch.FallbackPolicy.Fact;
import io.facteur.dispatch.PlanRequest;
import io.facteur.dispatch.PlanRequests;
import io.facteur.document.DocumentId;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Plans the one fallback of a role that nothing has reached (DISP-5), under the document's lock, so
 * that two deliveries that end at the same time plan one, not none and not two.
 */
@Component
class Fallbacks {

  private static final Logger log = LoggerFactory.getLogger(Fallbacks.class);

  private final DocumentDeliveries deliveries;
  private final PlanRequests requests;
  private final DispatchPlanner planner;
  private final PlannedRows planned;

  Fallbacks(
      DocumentDeliveries deliveries,
      PlanRequests requests,
      DispatchPlanner planner,
      PlannedRows planned) {
    this.deliveries = deliveries;
    this.requests = requests;
    this.planner = planner;
    this.planned = planned;
  }

  /** To be called in the transaction in which the deliveries have ended unsent. */
  void after(List<DeliveryId> ended, String actor) {
    for (DeliveryId delivery : ended) {
      try {
        after(delivery, actor);
      } catch (DataAccessException e) {
        throw e;
      } catch (RuntimeException e) {
        // What became of the delivery must be recorded, whatever is wrong with the master data. The
        // message may hold an address: it is not logged.
        log.error(
            "delivery {} ended unsent and its fallback cannot be planned: {}. Correct what it names,"
                + " then resend the delivery.",
            delivery.value(),
            e.getClass().getSimpleName());
      }
    }
  }

  private void after(DeliveryId ended, String actor) {
    DocumentId document = deliveries.lockDocumentOf(ended);
    if (deliveries.isOfCancelledRun(ended)) {
      return;
    }
    List<DocumentDeliveries.Entry> all = deliveries.latestOf(document);
    Optional<DocumentDeliveries.Entry> own =
        all.stream().filter(entry -> entry.id().equals(ended)).findFirst();
    if (own.isEmpty()) {
      return; // an older revision: a later one speaks for its origin
    }
    PlanRequest request = requests.load(List.of(document)).get(0);
    List<Fact> facts = all.stream().map(DocumentDeliveries.Entry::fact).toList();
    Role role = FallbackPolicy.fallsBackTo(own.get().fact().role());
    // The planner's order, not that of the endings: otherwise routes that fall back to different
    // places would make the outcome a matter of chance.
    for (DocumentDeliveries.Entry entry : all) {
      Fact fact = entry.fact();
      String channel = planner.fallbackChannel(entry.route(), request.fallbackChannel());
      if (fact.endedUnsent()
          && FallbackPolicy.fallsBackTo(fact.role()) == role
          && FallbackPolicy.after(fact, facts, channel).isPresent()) {
        planned.insert(document, List.of(planner.fallback(request, role, channel)), actor);
        log.info("document {}: fallback for {} through {}", document.value(), role, channel);
        return;
      }
    }
  }
}
