package io.facteur.api;

import com.fasterxml.jackson.annotation.JsonFormat;
import io.facteur.api.DocumentAddressesResource.Recipients;
import io.facteur.api.DocumentAddressesResource.SaveAddress;
import io.facteur.api.idempotency.Idempotent;
import io.facteur.contract.Role;
import io.facteur.delivery.Deliveries;
import io.facteur.delivery.SendingByHand;
import io.facteur.document.DocumentHead;
import io.facteur.document.Documents;
import io.facteur.party.Checks;
import io.facteur.party.CurrentActor;
import io.facteur.party.Mailboxes;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Documents that a person sends (ADDR-6, DISP-8). */
@RestController
@RequestMapping("/api/documents/{number}")
@Tag(name = "Documents")
class SendingController {

  private final Documents documents;
  private final SendingByHand sending;
  private final Deliveries deliveries;
  private final CurrentActor actor;

  SendingController(
      Documents documents, SendingByHand sending, Deliveries deliveries, CurrentActor actor) {
    this.documents = documents;
    this.sending = sending;
    this.deliveries = deliveries;
    this.actor = actor;
  }

  /** What is to be sent, and to whom. */
  @Schema(name = "Sending")
  record Body(
      @Schema(description = "EMAIL if left out.", example = "EMAIL") String channel,
      @Schema(description = "Whose recipient; CONTRACTING_PARTY if left out.") Role role,
      @Schema(description = "Instead of those that the rules name. ';' may separate addresses.")
          @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
          @Size(max = 100)
          List<String> to,
      @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) @Size(max = 100)
          List<String> cc,
      @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) @Size(max = 100)
          List<String> bcc,
      @Schema(description = "Where these addresses are kept; as configured if left out (ADDR-6).")
          SaveAddress saveAddress) {

    private static final Body EMPTY = new Body(null, null, null, null, null, null);
  }

  /** A delivery that waits to be sent. */
  @Schema(name = "SentByHand")
  record Answer(
      DeliveryResource delivery,
      @Schema(description = "What became of the given addresses; left out if none were changed.")
          AddressChangeResource address) {}

  @Operation(
      summary = "Sends an issued document now, to whom the rules name or to given addresses",
      description =
          "Explicit: it goes once for each Idempotency-Key, whatever went before. 409 if it cannot"
              + " be sent so, e.g. because the contact refuses e-mail; then nothing is kept either.")
  @Idempotent
  @PostMapping("/send")
  ResponseEntity<Answer> send(
      @PathVariable String number,
      @RequestHeader(name = "Idempotency-Key", required = false) String key,
      @Valid @RequestBody(required = false) Body wanted) {
    Body body = wanted == null ? Body.EMPTY : wanted;
    DocumentHead document = documents.get(number);
    Checks checks = new Checks();
    Mailboxes given = new Recipients(body.to(), body.cc(), body.bcc()).mailboxes(checks);
    checks
        .code("channel", body.channel(), 40)
        .rule(
            body.role() != Role.INDIVIDUAL,
            "role",
            "an INDIVIDUAL is a definition's: give the address in 'to'")
        .rule(
            body.saveAddress() == null || given != null || !checks.problems().isEmpty(),
            "saveAddress",
            "there is no address to save: give to or cc");
    checks.refuse();
    SendingByHand.Sent sent =
        sending.send(
            new SendingByHand.Order(
                document,
                body.channel() == null ? "EMAIL" : body.channel(),
                body.role() == null ? Role.CONTRACTING_PARTY : body.role(),
                given,
                SaveAddress.reach(body.saveAddress()),
                key == null ? UUID.randomUUID().toString() : key),
            actor.name());
    return ResponseEntity.created(URI.create("/api/deliveries/" + sent.delivery().value()))
        .body(
            new Answer(
                DeliveryResource.of(
                    deliveries.get(sent.delivery()), deliveries.history(sent.delivery())),
                AddressChangeResource.of(sent.address())));
  }
}
