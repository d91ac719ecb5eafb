package io.facteur.api;

import io.facteur.dispatch.PlanDifference;
import io.facteur.dispatch.PlanProblem;
import io.facteur.run.DispatchSummary;
import io.facteur.run.PreviewedDocument;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;

/** How the documents of a run would go out, in JSON. */
@Schema(
    name = "DispatchSummary",
    description = "Every delivery with its reasons: text/csv or application/x-ndjson.")
record DispatchSummaryResource(
    int documents,
    @Schema(description = "Deliveries through each channel.") List<PlanResources.Count> channels,
    @Schema(description = "How many of each kind.") Map<PlanProblem.Kind, Integer> problems,
    @Schema(description = "The first of each kind.") List<Problem> firstProblems,
    @Schema(description = "From the contracts' last documents; how many of each kind.")
        Map<PlanDifference.Kind, Integer> differences,
    @Schema(description = "The first of each kind.") List<Difference> firstDifferences) {

  /** A problem of one of the documents. */
  @Schema(name = "ProblemOfDocument")
  record Problem(
      @Schema(description = "Left out if it does not exist yet.") Long document,
      String number,
      String contract,
      String contact,
      PlanResources.Problem problem) {

    private static Problem of(DispatchSummary.Problem one) {
      PreviewedDocument.Head head = one.document();
      return new Problem(
          head.id() == null ? null : head.id().value(),
          head.number(),
          head.contract(),
          head.contact(),
          PlanResources.Problem.of(one.problem()));
    }
  }

  /** A difference of one of the documents. */
  @Schema(name = "DifferenceOfDocument")
  record Difference(
      @Schema(description = "Left out if it does not exist yet.") Long document,
      String number,
      String contract,
      String contact,
      PlanResources.Difference difference) {

    private static Difference of(DispatchSummary.Difference one) {
      PreviewedDocument.Head head = one.document();
      return new Difference(
          head.id() == null ? null : head.id().value(),
          head.number(),
          head.contract(),
          head.contact(),
          PlanResources.Difference.of(one.difference()));
    }
  }

  static DispatchSummaryResource of(DispatchSummary summary) {
    return new DispatchSummaryResource(
        summary.documents(),
        PlanResources.counts(summary.channels()),
        summary.problemsByKind(),
        summary.problems().stream().map(Problem::of).toList(),
        summary.differencesByKind(),
        summary.differences().stream().map(Difference::of).toList());
  }
}
