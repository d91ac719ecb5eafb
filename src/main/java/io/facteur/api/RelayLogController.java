package io.facteur.api;

import io.facteur.api.idempotency.Idempotent;
import io.facteur.delivery.Settlement;
import io.facteur.party.CurrentActor;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Settles uncertain mails by what the mail server has logged. */
@RestController
@RequestMapping("/api/deliveries/resolve")
@Tag(name = "Deliveries")
class RelayLogController {

  private final Settlement settlement;
  private final CurrentActor actor;

  RelayLogController(Settlement settlement, CurrentActor actor) {
    this.settlement = settlement;
    this.actor = actor;
  }

  /** What a log has proved. */
  @Schema(name = "RelayLogResult")
  record ResultResource(
      List<SettledResource> settled,
      @Schema(description = "Uncertain mails of which the log proves nothing.") int left) {}

  /** One delivery. */
  @Schema(name = "SettledDelivery")
  record SettledResource(
      long delivery,
      DeliveryController.Outcome outcome,
      @Schema(description = "The lines of the log; kept as its evidence.") String proof) {

    private static SettledResource of(Settlement.Settled one) {
      return new SettledResource(
          one.delivery().value(),
          one.sent() ? DeliveryController.Outcome.SENT : DeliveryController.Outcome.NOT_SENT,
          one.proof());
    }
  }

  @Operation(
      summary = "Settles uncertain mails by lines of a mail server's log",
      description =
          "Postfix's format. A mail whose Message-ID is followed by status=sent for any recipient was"
              + " SENT; by status=bounced or expired for all of them, NOT_SENT, and the fallback"
              + " follows. Whatever the log does not prove stays UNCERTAIN.")
  @Idempotent
  @PostMapping(consumes = MediaType.TEXT_PLAIN_VALUE)
  ResponseEntity<ResultResource> resolve(@RequestBody String log) {
    Settlement.Result result = settlement.byRelayLog(log, actor.name());
    return ResponseEntity.ok(
        new ResultResource(
            result.settled().stream().map(SettledResource::of).toList(), result.left()));
  }
}
