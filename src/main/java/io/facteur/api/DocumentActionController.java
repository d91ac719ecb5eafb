package io.facteur.api;

import io.facteur.api.idempotency.Idempotent;
import io.facteur.delivery.Deliveries;
import io.facteur.document.DocumentId;
import io.facteur.document.DocumentType;
import io.facteur.document.Documents;
import io.facteur.document.FollowUpRequest;
import io.facteur.document.FollowUps;
import io.facteur.document.IssuedDocument;
import io.facteur.party.CurrentActor;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What is done with a document: it is issued, or followed by another. */
@RestController
@RequestMapping("/api/documents/{number}")
@Tag(name = "Documents")
class DocumentActionController {

  private final Documents documents;
  private final DraftRelease release;
  private final FollowUps followUps;
  private final Deliveries deliveries;
  private final CurrentActor actor;

  DocumentActionController(
      Documents documents,
      DraftRelease release,
      FollowUps followUps,
      Deliveries deliveries,
      CurrentActor actor) {
    this.documents = documents;
    this.release = release;
    this.followUps = followUps;
    this.deliveries = deliveries;
    this.actor = actor;
  }

  /** How a draft is to be issued. */
  @Schema(name = "Issue")
  record IssueBody(
      @Schema(description = "The draft's if left out.") String printQueue,
      @Schema(
              description =
                  "Today or earlier, in the company's time zone; today if left out. Where a later"
                      + " document of the series exists, its date is taken.")
          LocalDate issueDate) {}

  /** A document that has just been issued. */
  @Schema(name = "IssuedDocument")
  record Issued(
      long id,
      String number,
      LocalDate issueDate,
      LocalDate dueDate,
      List<DeliveryResource> deliveries) {}

  /** Which document is to follow. */
  @Schema(name = "FollowUp")
  record FollowUpBody(
      @NotNull
          @Schema(
              description =
                  "After a QUOTE: ORDER, INVOICE. After an ORDER: DELIVERY_NOTE, INVOICE. After a"
                      + " DELIVERY_NOTE: INVOICE. After a bill: CREDIT_NOTE, REMINDER,"
                      + " PAYMENT_NOTICE.",
              example = "INVOICE")
          DocumentType type,
      @Schema(description = "All that is left of the document if left out.")
          @Valid
          @Size(max = 9_999)
          List<@NotNull Line> lines,
      @Schema(description = "BT-22; the document's own is not taken over.") String note,
      @Schema(description = "BT-13; the document's if left out.") String orderReference) {

    private FollowUpRequest request() {
      return new FollowUpRequest(
          lines == null
              ? null
              : lines.stream()
                  .map(
                      line ->
                          new FollowUpRequest.Line(line.position(), line.quantity(), line.amount()))
                  .toList(),
          note,
          orderReference);
    }
  }

  /** Part of a line that is to be carried over, or credited. */
  @Schema(
      name = "FollowUpLine",
      description = "Without quantity and amount all that is left of the line.")
  record Line(
      @NotNull @Schema(description = "Of the document's line.", example = "1") Integer position,
      @Schema(description = "In the line's unit, with its sign.", example = "2")
          BigDecimal quantity,
      @Schema(
              description =
                  "Credit notes only: without VAT, of the line's net amount, with its sign.")
          BigDecimal amount) {}

  @Operation(summary = "Issues a draft: numbers, freezes and dispatches it (BILL-6)")
  @Idempotent
  @PostMapping("/issue")
  ResponseEntity<Issued> issue(
      @PathVariable String number, @Valid @RequestBody(required = false) IssueBody body) {
    IssueBody wanted = body == null ? new IssueBody(null, null) : body;
    IssuedDocument issued =
        release.release(documents.get(number), wanted.printQueue(), wanted.issueDate());
    return ResponseEntity.ok(
        new Issued(
            issued.id().value(),
            issued.number(),
            issued.issueDate(),
            issued.dueDate(),
            deliveries.of(issued.id()).stream().map(DeliveryResource::of).toList()));
  }

  @Operation(
      summary = "Makes the draft of a document that follows an issued one",
      description =
          "It carries over lines, or parts of them, as long as any are left; a credit note takes"
              + " them back. Drafts count as well. Addresses that were set by hand go along"
              + " (ADDR-4).")
  @Idempotent
  @PostMapping("/follow-ups")
  ResponseEntity<DocumentResource> followUp(
      @PathVariable String number, @Valid @RequestBody FollowUpBody body) {
    DocumentId draft =
        followUps.draft(documents.get(number), body.type(), body.request(), actor.name());
    return ResponseEntity.created(URI.create("/api/documents/" + draft.value()))
        .body(DocumentResource.of(documents.load(List.of(draft)).get(0), List.of()));
  }
}
