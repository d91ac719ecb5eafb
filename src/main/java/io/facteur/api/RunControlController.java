package io.facteur.api;

import io.facteur.api.idempotency.Idempotent;
import io.facteur.document.DocumentId;
import io.facteur.document.RunId;
import io.facteur.run.Confirmation;
import io.facteur.run.RunConfirmations;
import io.facteur.run.RunControl;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What a person decides about a run. */
@RestController
@RequestMapping("/api/runs/{id}")
@Tag(name = "Runs")
class RunControlController {

  private final RunControl control;
  private final RunConfirmations confirmations;
  private final RunResources resources;

  RunControlController(RunControl control, RunConfirmations confirmations, RunResources resources) {
    this.control = control;
    this.confirmations = confirmations;
    this.resources = resources;
  }

  /** What of a run is confirmed. */
  @Schema(name = "Confirmation")
  record ConfirmationBody(
      @Schema(description = "May be left out if only one of them waits.") Confirmation.What what,
      @NotNull
          @Schema(
              description =
                  "How many invoices it makes (one for each missed period), or how many drafts it"
                      + " releases. Any other number is refused.",
              example = "3")
          Integer count,
      @Schema(description = "Numbers of contracts; all that wait if left out.")
          List<@NotNull String> contracts,
      @Schema(description = "Ids of drafts; all that wait if left out.")
          List<@NotNull Long> documents) {

    private Confirmation confirmation() {
      return new Confirmation(
          what,
          count,
          contracts,
          documents == null ? null : documents.stream().map(DocumentId::new).toList());
    }
  }

  @Operation(
      summary = "Confirms that missed periods are billed (BILL-2), or releases drafts (BILL-6)",
      description =
          "What waits, and how much of it, stands in the run's 'waiting'. The run makes or issues"
              + " exactly what was confirmed, and is reported once more. 409 if the count is another.")
  @Idempotent
  @PostMapping("/confirm")
  ResponseEntity<RunResource> confirm(
      @PathVariable long id, @Valid @RequestBody ConfirmationBody body) {
    confirmations.confirm(new RunId(id), body.confirmation());
    return ResponseEntity.ok(resources.get(new RunId(id)));
  }

  @Operation(
      summary = "Pauses a run",
      description =
          "After the answer no draft, number or transmission of it begins; what had begun comes to"
              + " its outcome. Deliveries that wait become PLANNED. May be repeated.")
  @PostMapping("/pause")
  RunResource pause(@PathVariable long id) {
    control.pause(new RunId(id));
    return resources.get(new RunId(id));
  }

  @Operation(
      summary = "Lets a paused run go on where it was",
      description = "Deliveries wait as they did before, with the same times. May be repeated.")
  @PostMapping("/resume")
  RunResource resume(@PathVariable long id) {
    control.resume(new RunId(id));
    return resources.get(new RunId(id));
  }

  @Operation(
      summary = "Ends a run",
      description =
          "Its drafts are discarded, so that their periods can be billed again; deliveries that have"
              + " not begun are cancelled, without a fallback. Issued documents stay, and settlements"
              + " whose instalments no other would deduct: as drafts of no run. May be repeated; there"
              + " is no way back.")
  @PostMapping("/cancel")
  RunResource cancel(@PathVariable long id) {
    control.cancel(new RunId(id));
    return resources.get(new RunId(id));
  }
}
