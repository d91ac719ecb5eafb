package io.facteur.api;

import io.facteur.contract.Role;
import io.facteur.dispatch.Destination;
import io.facteur.dispatch.DispatchPlan;
import io.facteur.dispatch.PlanDifference;
import io.facteur.dispatch.PlanProblem;
import io.facteur.dispatch.PlannedDelivery;
import io.facteur.rendering.RuleViolation;
import io.facteur.run.ReviewedPlan;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** What plans of one document and of many consist of, in JSON. */
final class PlanResources {

  private PlanResources() {}

  /** One delivery that is planned, or that cannot be carried out. */
  @Schema(name = "PlannedDelivery")
  record Delivery(
      @Schema(description = "What asks for it.", example = "definition:12") String origin,
      String channel,
      Role role,
      @Schema(description = "Address of an INDIVIDUAL.") String individual,
      String format,
      String language,
      String template,
      boolean copy,
      @Schema(description = "Whether, sent, it reaches its role: a copy does not.") boolean reaches,
      @Schema(description = "As it would be now (ADDR-9).") RecipientResource recipient,
      @Schema(description = "Why it cannot go.") String skipped,
      @Schema(description = "Addresses that were looked at, highest rule first.")
          List<RecipientCandidate> candidates) {

    private static Delivery of(DispatchPlan.Way way) {
      PlannedDelivery delivery = way.delivery();
      return new Delivery(
          delivery.origin(),
          delivery.route().channel(),
          delivery.role(),
          delivery.individual() == null ? null : delivery.individual().value(),
          way.format(),
          delivery.language(),
          delivery.template(),
          delivery.copy(),
          delivery.reaches(),
          RecipientResource.of(delivery.recipient()),
          delivery.skipReason(),
          way.candidates().isEmpty() ? null : RecipientCandidate.of(way.candidates()));
    }
  }

  /** How many go through one channel, and how many cannot. */
  @Schema(name = "ChannelCount")
  record Count(String channel, long planned, long skipped) {}

  /** Without origin, channel and role it concerns the document as a whole. */
  @Schema(name = "PlanProblem")
  record Problem(
      PlanProblem.Kind kind,
      String origin,
      String channel,
      Role role,
      @Schema(description = "The mailbox that it is about.") String address,
      String reason,
      @Schema(description = "What to do about it.") String advice) {

    static Problem of(PlanProblem problem) {
      return new Problem(
          problem.kind(),
          problem.origin(),
          problem.channel(),
          problem.role(),
          problem.address() == null ? null : problem.address().value(),
          problem.reason(),
          problem.kind().advice());
    }
  }

  /** Without origin, channel and role it concerns the document as a whole. */
  @Schema(name = "PlanDifference")
  record Difference(
      PlanDifference.Kind kind,
      String origin,
      String channel,
      Role role,
      @Schema(description = "Address of an INDIVIDUAL.") String individual,
      @Schema(description = "Where the last one went.") Place before,
      @Schema(description = "Where this one would go.") Place after,
      @Schema(description = "Why it is skipped now.") String reason) {

    static Difference of(PlanDifference difference) {
      return new Difference(
          difference.kind(),
          difference.origin(),
          difference.channel(),
          difference.role(),
          difference.individual(),
          Place.of(difference.before()),
          Place.of(difference.after()),
          difference.reason());
    }
  }

  /** Where something went or would go. */
  @Schema(name = "Destination")
  record Place(
      List<String> to,
      List<String> cc,
      List<String> bcc,
      @Schema(description = "Name and postal address.") String postal,
      @Schema(description = "Address in an e-invoice network.", example = "0225:404833048")
          String endpoint) {

    private static Place of(Destination destination) {
      return destination == null
          ? null
          : new Place(
              destination.to(),
              destination.cc(),
              destination.bcc(),
              destination.postal(),
              destination.endpoint());
    }
  }

  /** A rule of EN 16931 that is broken. */
  @Schema(name = "RuleViolation")
  record Violation(
      @Schema(example = "BR-10") String rule,
      @Schema(example = "BG-8") String term,
      @Schema(example = "buyer's postal address") String field,
      String text) {
    private static Violation of(RuleViolation violation) {
      return new Violation(
          violation.ruleId(),
          violation.businessTerm().isEmpty() ? null : violation.businessTerm(),
          violation.ourField(),
          violation.officialText());
    }
  }

  static List<Delivery> deliveries(ReviewedPlan review) {
    return review.plan().ways().stream().map(Delivery::of).toList();
  }

  static List<Count> counts(List<DispatchPlan.ChannelCount> counts) {
    return counts.stream()
        .map(count -> new Count(count.channel(), count.planned(), count.skipped()))
        .toList();
  }

  static List<Problem> problems(ReviewedPlan review) {
    return review.problems().stream().map(Problem::of).toList();
  }

  static List<Difference> differences(ReviewedPlan review) {
    return review.differences().stream().map(Difference::of).toList();
  }

  static List<Violation> violations(ReviewedPlan review) {
    return review.violations().stream().map(Violation::of).toList();
  }
}
