package io.facteur.api;

import io.facteur.contract.Domain;
import io.facteur.contract.Role;
import io.facteur.delivery.DeliveryEvent;
import io.facteur.delivery.DeliveryState;
import io.facteur.delivery.DeliveryView;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A delivery in JSON. */
@Schema(name = "Delivery")
record DeliveryResource(
    long id,
    @Schema(description = "Number of its document.", example = "EDL-2026-000017") String document,
    long documentId,
    @Schema(description = "What asked for it.", example = "definition:12") String origin,
    @Schema(description = "Rises by each explicit resend.") int revision,
    Domain domain,
    @Schema(example = "EMAIL") String channel,
    Role role,
    @Schema(description = "Address of an INDIVIDUAL.") String individual,
    String format,
    String language,
    String template,
    boolean copy,
    DeliveryState state,
    @Schema(description = "Why it is in its state.") String reason,
    @Schema(description = "FAILED with it will be tried again, FAILED without it is given up.")
        Instant retryAt,
    @Schema(description = "Frozen when sending begins (ADDR-9).") RecipientResource recipient,
    Transmission transmission,
    @Schema(description = "Of the last change.") Map<String, String> evidence,
    Instant createdAt,
    Instant changedAt,
    @Schema(description = "The oldest first; only where one delivery is asked for.")
        List<Event> history) {

  /** What carries it. */
  @Schema(name = "Transmission")
  record Transmission(long id, int attempts, String messageId, String fileName, String sha256) {
    private static Transmission of(DeliveryView.TransmissionView view) {
      return view == null
          ? null
          : new Transmission(
              view.id().value(), view.attempts(), view.messageId(), view.fileName(), view.sha256());
    }
  }

  /** One change (DISP-7). */
  @Schema(name = "DeliveryEvent")
  record Event(
      Instant at,
      DeliveryState state,
      Instant retryAt,
      String actor,
      String reason,
      Map<String, String> evidence) {
    private static Event of(DeliveryEvent event) {
      return new Event(
          event.at(),
          event.state(),
          event.retryAt(),
          event.actor(),
          event.reason(),
          event.evidence());
    }
  }

  static DeliveryResource of(DeliveryView view) {
    return of(view, null);
  }

  /** With its history; null for none. */
  static DeliveryResource of(DeliveryView view, List<DeliveryEvent> history) {
    return new DeliveryResource(
        view.id().value(),
        view.documentNumber(),
        view.document().value(),
        view.origin(),
        view.revision(),
        view.domain(),
        view.channel(),
        view.role(),
        view.individual(),
        view.format(),
        view.language(),
        view.template(),
        view.copy(),
        view.state(),
        view.reason(),
        view.retryAt(),
        RecipientResource.of(view.recipient()),
        Transmission.of(view.transmission()),
        view.evidence(),
        view.createdAt(),
        view.changedAt(),
        history == null ? null : history.stream().map(Event::of).toList());
  }
}
