package io.facteur.run;

import io.facteur.dispatch.DispatchPlan;
import io.facteur.dispatch.Need;
import io.facteur.dispatch.PlanProblem;
import io.facteur.dispatch.PlanProblem.Kind;
import io.facteur.dispatch.PlannedDelivery;
import io.facteur.document.Document;
import io.facteur.document.DocumentId;
import io.facteur.document.Documents;
import io.facteur.rendering.DocumentRenderer;
import io.facteur.rendering.Format;
import io.facteur.rendering.RuleViolation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Finds deliveries whose e-invoice or format would not do (EINV-2). */
@Component
class EInvoiceReview {

  private final Documents documents;
  private final DocumentRenderer renderer;

  EInvoiceReview(Documents documents, DocumentRenderer renderer) {
    this.documents = documents;
    this.renderer = renderer;
  }

  /** What is wrong with one document's deliveries, and the rules that its e-invoice breaks. */
  record Found(List<PlanProblem> problems, List<RuleViolation> violations) {}

  /** The documents that go out as an e-invoice. */
  Map<DocumentId, Document> load(Collection<DispatchPlan> plans) {
    List<DocumentId> needed =
        plans.stream()
            .filter(plan -> plan.ways().stream().anyMatch(EInvoiceReview::sendsEInvoice))
            .map(DispatchPlan::document)
            .toList();
    return documents.load(needed).stream()
        .collect(Collectors.toMap(Document::id, Function.identity()));
  }

  /**
   * Checks the deliveries of a plan.
   *
   * @param document needed only if it goes out as an e-invoice
   */
  Found check(DispatchPlan plan, Document document) {
    List<PlanProblem> problems = new ArrayList<>();
    List<PlannedDelivery> eInvoices = new ArrayList<>();
    for (DispatchPlan.Way way : plan.ways()) {
      if (sendsEInvoice(way)) {
        eInvoices.add(way.delivery());
      } else if (!way.delivery().isSkipped() && way.delivery().format() != null) {
        unknownFormat(problems, way.delivery());
      }
    }
    List<RuleViolation> violations =
        eInvoices.isEmpty() ? List.of() : renderer.eInvoiceViolations(document, Format.FACTUR_X);
    if (!violations.isEmpty()) {
      String reason = "the e-invoice would be invalid and not be sent: " + rules(violations);
      for (PlannedDelivery delivery : eInvoices) {
        problems.add(PlanProblem.of(delivery, Kind.INVALID_EINVOICE, null, reason));
      }
    }
    return new Found(problems, violations);
  }

  /** What goes to a network is an e-invoice, whatever format its route chooses. */
  private static boolean sendsEInvoice(DispatchPlan.Way way) {
    PlannedDelivery delivery = way.delivery();
    if (delivery.isSkipped()) {
      return false;
    }
    return delivery.format() == null
        ? way.need() == Need.NETWORK_ENDPOINT
        : Format.find(delivery.format()).map(Format::needsValidEInvoice).orElse(false);
  }

  private static void unknownFormat(List<PlanProblem> problems, PlannedDelivery delivery) {
    try {
      Format.named(delivery.format());
    } catch (IllegalArgumentException e) {
      problems.add(PlanProblem.of(delivery, Kind.UNKNOWN_FORMAT, null, e.getMessage()));
    }
  }

  private static String rules(List<RuleViolation> violations) {
    return violations.stream()
        .map(RuleViolation::toString)
        .distinct()
        .collect(Collectors.joining("; "));
  }
}
