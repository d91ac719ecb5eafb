package io.facteur.api;

import io.facteur.document.DocumentHead;
import io.facteur.document.DocumentState;
import io.facteur.run.ReviewedPlan;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** Who would get a document, in JSON. */
@Schema(name = "DispatchPlan")
record PlanResource(
    long id,
    @Schema(description = "Drafts have none.") String number,
    DocumentState state,
    List<PlanResources.Delivery> deliveries,
    @Schema(description = "For each channel.") List<PlanResources.Count> counts,
    @Schema(description = "What to look at before sending.") List<PlanResources.Problem> problems,
    @Schema(description = "From the way in which the contract's last document went out.")
        List<PlanResources.Difference> differences,
    @Schema(description = "Number of that document; left out if there is none.")
        String comparedWith,
    @Schema(description = "Rules that its e-invoice breaks; only where one is to be sent (EINV-2).")
        List<PlanResources.Violation> ruleViolations) {

  static PlanResource of(DocumentHead document, ReviewedPlan review) {
    return new PlanResource(
        document.id().value(),
        document.number(),
        document.state(),
        PlanResources.deliveries(review),
        PlanResources.counts(review.plan().counts()),
        PlanResources.problems(review),
        PlanResources.differences(review),
        review.comparedWith(),
        PlanResources.violations(review));
  }
}
