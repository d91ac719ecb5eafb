package io.facteur.api;

import io.facteur.delivery.Deliveries;
import io.facteur.dispatch.DispatchPlan;
import io.facteur.dispatch.DispatchPlans;
import io.facteur.dispatch.Need;
import io.facteur.dispatch.PlannedDelivery;
import io.facteur.document.DocumentHead;
import io.facteur.document.Documents;
import io.facteur.rendering.DocumentRenderer;
import io.facteur.rendering.Format;
import io.facteur.rendering.RuleViolation;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Who would get a document, and who did. */
@RestController
@RequestMapping("/api/documents/{number}")
@Tag(name = "Documents")
class DocumentDispatchController {

  private final Documents documents;
  private final DispatchPlans plans;
  private final Deliveries deliveries;
  private final DocumentRenderer renderer;

  DocumentDispatchController(
      Documents documents, DispatchPlans plans, Deliveries deliveries, DocumentRenderer renderer) {
    this.documents = documents;
    this.plans = plans;
    this.deliveries = deliveries;
    this.renderer = renderer;
  }

  @Operation(
      summary = "Shows who would get a document, through what, and why (DISP-6)",
      description =
          "As it would be planned now, for drafts as for issued documents. What became of an issued"
              + " one is in its deliveries.")
  @GetMapping("/plan")
  PlanResource plan(@PathVariable String number) {
    DocumentHead head = documents.get(number);
    DispatchPlan plan = plans.of(head.id());
    List<PlanResource.Problem> problems = new ArrayList<>();
    List<PlannedDelivery> eInvoices = new ArrayList<>();
    for (DispatchPlan.Way way : plan.ways()) {
      PlannedDelivery delivery = way.delivery();
      if (!delivery.isSkipped()) {
        try {
          if (needsValidEInvoice(way)) {
            eInvoices.add(delivery);
          }
        } catch (IllegalArgumentException unknownFormat) {
          problems.add(problem(delivery, unknownFormat.getMessage()));
        }
      }
    }
    List<RuleViolation> violations =
        eInvoices.isEmpty()
            ? List.of()
            : renderer.eInvoiceViolations(documents.load(List.of(head.id())).get(0));
    if (!violations.isEmpty()) {
      String reason = "the e-invoice would be invalid and not be sent: " + rules(violations);
      eInvoices.forEach(delivery -> problems.add(problem(delivery, reason)));
    }
    return PlanResource.of(head, plan, problems, violations);
  }

  @Operation(summary = "Lists the deliveries of a document, in the order of their planning")
  @GetMapping("/deliveries")
  List<DeliveryResource> deliveries(@PathVariable String number) {
    return deliveries.of(documents.get(number).id()).stream().map(DeliveryResource::of).toList();
  }

  /** What goes to a network is an e-invoice, whatever format its route chooses. */
  private static boolean needsValidEInvoice(DispatchPlan.Way way) {
    String format = way.delivery().format();
    return format == null
        ? way.need() == Need.NETWORK_ENDPOINT
        : Format.named(format).needsValidEInvoice();
  }

  private static PlanResource.Problem problem(PlannedDelivery delivery, String reason) {
    return new PlanResource.Problem(
        delivery.origin(), delivery.route().channel(), delivery.role(), reason);
  }

  private static String rules(List<RuleViolation> violations) {
    return violations.stream()
        .map(RuleViolation::toString)
        .distinct()
        .collect(Collectors.joining("; "));
  }
}
