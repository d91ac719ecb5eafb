package io.facteur.run;

import io.facteur.dispatch.DispatchPlan;
import io.facteur.dispatch.Need;
import io.facteur.dispatch.PlanProblem;
import io.facteur.dispatch.PlanProblem.Kind;
import io.facteur.document.Document;
import io.facteur.document.DocumentId;
import io.facteur.document.Documents;
import io.facteur.rendering.DocumentRenderer;
import io.facteur.rendering.Format;
import io.facteur.rendering.RuleViolation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
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
   * Checks the deliveries of a plan, each in the format that it would leave in.
   *
   * @param document needed only if it goes out as an e-invoice
   */
  Found check(DispatchPlan plan, Document document) {
    List<PlanProblem> problems = new ArrayList<>();
    Map<Format, List<RuleViolation>> checked = new EnumMap<>(Format.class);
    for (DispatchPlan.Way way : plan.ways()) {
      if (sendsEInvoice(way)) {
        List<RuleViolation> broken =
            checked.computeIfAbsent(
                format(way), format -> renderer.eInvoiceViolations(document, format));
        if (!broken.isEmpty()) {
          problems.add(
              PlanProblem.of(way.delivery(), Kind.INVALID_EINVOICE, null, reason(way, broken)));
        }
      } else if (!way.delivery().isSkipped() && way.format() != null) {
        unknownFormat(problems, way);
      }
    }
    return new Found(problems, checked.values().stream().flatMap(List::stream).distinct().toList());
  }

  /** What goes to a network is an e-invoice, also if nobody says in which format. */
  private static boolean sendsEInvoice(DispatchPlan.Way way) {
    if (way.delivery().isSkipped()) {
      return false;
    }
    return way.format() == null
        ? way.need() == Need.NETWORK_ENDPOINT
        : Format.find(way.format()).map(Format::needsValidEInvoice).orElse(false);
  }

  private static Format format(DispatchPlan.Way way) {
    return way.format() == null ? Format.FACTUR_X : Format.named(way.format());
  }

  private static String reason(DispatchPlan.Way way, List<RuleViolation> broken) {
    return "the e-invoice (%s) would be invalid and not be sent: %s"
        .formatted(format(way), rules(broken));
  }

  private static void unknownFormat(List<PlanProblem> problems, DispatchPlan.Way way) {
    try {
      Format.named(way.format());
    } catch (IllegalArgumentException e) {
      problems.add(PlanProblem.of(way.delivery(), Kind.UNKNOWN_FORMAT, null, e.getMessage()));
    }
  }

  private static String rules(List<RuleViolation> violations) {
    return violations.stream()
        .map(RuleViolation::toString)
        .distinct()
        .collect(Collectors.joining("; "));
  }
}
