package io.facteur.api;

import io.facteur.api.idempotency.Idempotent;
import io.facteur.contract.Role;
import io.facteur.delivery.Corrections;
import io.facteur.delivery.Deliveries;
import io.facteur.delivery.DeliveryId;
import io.facteur.delivery.DeliveryQuery;
import io.facteur.delivery.DeliveryState;
import io.facteur.document.DocumentHead;
import io.facteur.document.Documents;
import io.facteur.document.RunId;
import io.facteur.party.Checks;
import io.facteur.party.CompanyId;
import io.facteur.party.CurrentActor;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.Set;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Deliveries over HTTP: who got what, when and why. */
@RestController
@RequestMapping("/api/deliveries")
@Tag(name = "Deliveries", description = "One document to one role or person through one channel.")
class DeliveryController {

  private final Deliveries deliveries;
  private final Corrections corrections;
  private final Documents documents;
  private final References references;
  private final CurrentActor actor;

  DeliveryController(
      Deliveries deliveries,
      Corrections corrections,
      Documents documents,
      References references,
      CurrentActor actor) {
    this.deliveries = deliveries;
    this.corrections = corrections;
    this.documents = documents;
    this.references = references;
    this.actor = actor;
  }

  /** How an uncertain delivery came out. */
  enum Outcome {
    SENT,
    NOT_SENT
  }

  /** How an uncertain delivery came out, and how one knows. */
  @Schema(name = "DeliveryResolution")
  record ResolveBody(
      @NotNull Outcome outcome,
      @NotBlank
          @Size(max = 1000)
          @Schema(description = "What it rests on.", example = "relay log of 3 May, 250 2.0.0 Ok")
          String evidence) {}

  /** Why a delivery is given up. */
  @Schema(name = "DeliveryCancellation")
  record CancelBody(
      @NotBlank @Size(max = 1000) @Schema(example = "the customer has fetched it at the counter")
          String reason) {}

  @Operation(
      summary = "Lists deliveries",
      description = "Sorted by id, document, channel, role, state, createdAt or changedAt.")
  @GetMapping
  PageResource<DeliveryResource> list(
      @Parameter(description = "Number or id of a document.") @RequestParam(required = false)
          String document,
      @RequestParam(required = false) DeliveryState state,
      @RequestParam(required = false) String channel,
      @RequestParam(required = false) Role role,
      @Parameter(description = "Id of the run that made the document.")
          @RequestParam(required = false)
          Long run,
      @Parameter(description = "Code of a company.") @RequestParam(required = false) String company,
      @Valid @ParameterObject ListQuery query) {
    Checks checks = new Checks();
    Set<CompanyId> companies = references.companies(checks, "company", company);
    DocumentHead head =
        document == null
            ? null
            : documents.find(document).filter(one -> actor.sees(one.company())).orElse(null);
    checks.rule(
        document == null || head != null, "document", "there is no document '" + document + "'");
    checks.refuse();
    var wanted =
        new DeliveryQuery(
            head == null ? null : head.id(),
            state,
            channel,
            role,
            run == null ? null : new RunId(run),
            companies);
    return PageResource.of(deliveries.list(wanted, query.paging()).map(DeliveryResource::of));
  }

  @Operation(summary = "Shows a delivery with its history and evidence (DISP-7)")
  @GetMapping("/{id}")
  DeliveryResource get(@PathVariable long id) {
    return whole(new DeliveryId(id));
  }

  @Operation(summary = "Sends a delivery once more, to whom the rules name now (DISP-8)")
  @Idempotent
  @PostMapping("/{id}/resend")
  ResponseEntity<DeliveryResource> resend(@PathVariable long id) {
    DeliveryId again = corrections.resend(new DeliveryId(id), actor.name());
    return ResponseEntity.created(URI.create("/api/deliveries/" + again.value()))
        .body(whole(again));
  }

  @Operation(
      summary = "Gives up a delivery that waits (DISP-8)",
      description =
          "It becomes CANCELLED and has ended unsent, so that the fallback of its role follows where"
              + " one is due; or UNCERTAIN if its consumer may have its file. 409 if it is being sent,"
              + " or has come to another end. May be repeated.")
  @Idempotent
  @PostMapping("/{id}/cancel")
  ResponseEntity<DeliveryResource> cancel(
      @PathVariable long id, @Valid @RequestBody CancelBody body) {
    DeliveryId delivery = new DeliveryId(id);
    corrections.cancel(delivery, body.reason().strip(), actor.name());
    return ResponseEntity.ok(whole(delivery));
  }

  @Operation(summary = "Settles an uncertain delivery by evidence")
  @Idempotent
  @PostMapping("/{id}/resolve")
  ResponseEntity<DeliveryResource> resolve(
      @PathVariable long id, @Valid @RequestBody ResolveBody body) {
    DeliveryId delivery = new DeliveryId(id);
    corrections.resolve(
        delivery, body.outcome() == Outcome.SENT, body.evidence().strip(), actor.name());
    return ResponseEntity.ok(whole(delivery));
  }

  private DeliveryResource whole(DeliveryId id) {
    return DeliveryResource.of(deliveries.get(id), deliveries.history(id));
  }
}
