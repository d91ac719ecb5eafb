package io.facteur.dispatch;

import io.facteur.addressing.ResolvedMailboxes;
import io.facteur.contract.DocumentFormats;
import io.facteur.contract.Role;
import io.facteur.document.ComputedDraft;
import io.facteur.document.DocumentId;
import io.facteur.party.Refusal;
import java.util.Collection;
import java.util.List;
import org.springframework.stereotype.Service;

/**
 * Plans for people to look at, of issued documents, of drafts and of such that do not exist yet, as
 * things stand now (DISP-6).
 */
@Service
public class DispatchPlans {

  private final PlanRequests requests;
  private final DispatchPlanner planner;
  private final DispatchRoutes routes;
  private final DocumentFormats formats;

  DispatchPlans(
      PlanRequests requests,
      DispatchPlanner planner,
      DispatchRoutes routes,
      DocumentFormats formats) {
    this.requests = requests;
    this.planner = planner;
    this.routes = routes;
    this.formats = formats;
  }

  /**
   * The plan of one document.
   *
   * @throws Refusal if there is no such document
   */
  public DispatchPlan of(DocumentId document) {
    return of(List.of(document)).stream()
        .findFirst()
        .orElseThrow(() -> Refusal.notFound("document", String.valueOf(document.value())));
  }

  /** In the order of the documents' ids; unknown ones are left out. */
  public List<DispatchPlan> of(Collection<DocumentId> documents) {
    return requests.load(documents).stream().map(this::plan).toList();
  }

  /** Of documents that do not exist yet, in the order given: as if they were issued now. */
  public List<DispatchPlan> ofDrafts(List<ComputedDraft> drafts) {
    return requests.ofDrafts(drafts).stream().map(this::plan).toList();
  }

  private DispatchPlan plan(PlanRequest request) {
    return new DispatchPlan(
        request.document(),
        request.company(),
        request.contract(),
        request.domain(),
        planner.plan(request).stream().map(delivery -> way(request, delivery)).toList());
  }

  private DispatchPlan.Way way(PlanRequest request, PlannedDelivery delivery) {
    Need need = routes.channel(delivery.route().channel()).map(Channel::needs).orElse(null);
    boolean chosen = need == Need.EMAIL_ADDRESS && delivery.role() != Role.INDIVIDUAL;
    List<ResolvedMailboxes.Candidate> candidates =
        chosen
            ? request
                .addressee(delivery.role())
                .map(addressee -> addressee.mailboxes().candidates())
                .orElse(List.of())
            : List.of();
    return new DispatchPlan.Way(delivery, need, format(delivery), candidates);
  }

  private String format(PlannedDelivery delivery) {
    RouteKey route = delivery.route();
    String byRoute = routes.format(route.domain(), route.channel(), route.role()).orElse(null);
    Recipient recipient = delivery.recipient();
    return formats.chosen(
        DocumentFormats.wish(delivery.format(), byRoute),
        recipient == null ? null : recipient.postal());
  }
}
