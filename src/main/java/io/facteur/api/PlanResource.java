package io.facteur.api;

import io.facteur.addressing.ResolvedMailboxes;
import io.facteur.contract.Role;
import io.facteur.dispatch.DispatchPlan;
import io.facteur.dispatch.PlannedDelivery;
import io.facteur.document.DocumentHead;
import io.facteur.document.DocumentState;
import io.facteur.rendering.RuleViolation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.stream.Stream;

/** Who would get a document, in JSON. */
@Schema(name = "DispatchPlan")
record PlanResource(
    long id,
    @Schema(description = "Drafts have none.") String number,
    DocumentState state,
    List<Delivery> deliveries,
    @Schema(description = "For each channel.") List<Count> counts,
    @Schema(description = "What to look at before sending.") List<Problem> problems,
    @Schema(description = "Rules that its e-invoice breaks; only where one is to be sent (EINV-2).")
        List<Violation> ruleViolations) {

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
          delivery.format(),
          delivery.language(),
          delivery.template(),
          delivery.copy(),
          delivery.reaches(),
          RecipientResource.of(delivery.recipient()),
          delivery.skipReason(),
          way.candidates().isEmpty() ? null : RecipientCandidate.of(way.candidates()));
    }
  }

  /** One level of the rule ADDR-2. */
  @Schema(name = "RecipientCandidate")
  record RecipientCandidate(
      String rule,
      String source,
      List<String> to,
      List<String> cc,
      List<String> bcc,
      boolean won,
      @Schema(description = "Left out for the winner.") String whyNot) {

    static List<RecipientCandidate> of(List<ResolvedMailboxes.Candidate> candidates) {
      return candidates.stream()
          .map(
              one ->
                  new RecipientCandidate(
                      one.rule(),
                      one.source(),
                      AddressesResource.texts(one.mailboxes().to()),
                      AddressesResource.texts(one.mailboxes().cc()),
                      AddressesResource.texts(one.mailboxes().bcc()),
                      one.won(),
                      one.whyNot()))
          .toList();
    }
  }

  /** How many go through one channel, and how many cannot. */
  @Schema(name = "ChannelCount")
  record Count(String channel, long planned, long skipped) {}

  /** Without origin, channel and role it concerns the document as a whole. */
  @Schema(name = "PlanProblem")
  record Problem(String origin, String channel, Role role, String reason) {
    private static Problem of(DispatchPlan.Problem problem) {
      return new Problem(problem.origin(), problem.channel(), problem.role(), problem.reason());
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

  /**
   * A plan together with what only the rendering knows.
   *
   * @param invalid problems of deliveries whose e-invoice or format would not do
   */
  static PlanResource of(
      DocumentHead document,
      DispatchPlan plan,
      List<Problem> invalid,
      List<RuleViolation> violations) {
    return new PlanResource(
        document.id().value(),
        document.number(),
        document.state(),
        plan.ways().stream().map(Delivery::of).toList(),
        plan.counts().stream()
            .map(count -> new Count(count.channel(), count.planned(), count.skipped()))
            .toList(),
        Stream.concat(plan.problems().stream().map(Problem::of), invalid.stream()).toList(),
        violations.stream().map(Violation::of).toList());
  }
}
