package io.facteur.api;

import io.facteur.api.idempotency.Idempotent;
import io.facteur.recovery.Finding;
import io.facteur.recovery.Findings;
import io.facteur.recovery.FindingsCsv;
import io.facteur.recovery.Hold;
import io.facteur.recovery.HoldRelease;
import io.facteur.recovery.ReleaseOrder;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A database that is held after a restore, over HTTP. */
@RestController
@RequestMapping("/api/hold")
@Tag(
    name = "Hold",
    description =
        "A database restored from a backup: what may have gone out since, and its release.")
class HoldController {

  private final HoldRelease hold;
  private final Findings findings;
  private final FindingsCsv csv;

  HoldController(HoldRelease hold, Findings findings, FindingsCsv csv) {
    this.hold = hold;
    this.findings = findings;
    this.csv = csv;
  }

  /** How it stands. */
  @Schema(name = "Hold")
  record HoldResource(
      @Schema(description = "Whether nothing is sent, issued or billed.") boolean held,
      Instant since,
      String reason,
      @Schema(description = "About when the backup was made.") Instant restoredTo,
      @Schema(description = "Nodes that have told what they know.") List<NodeResource> nodes,
      @Schema(description = "Nodes that have worked on the database and have not told yet.")
          List<String> notHeard,
      @Schema(description = "What the release has to name.") int findings,
      @Schema(description = "By kind.") Map<Finding.Kind, Integer> counts) {

    private static HoldResource of(Hold hold) {
      return new HoldResource(
          hold.isHeld(),
          hold.since(),
          hold.reason(),
          hold.restoredTo(),
          hold.nodes().stream()
              .map(node -> new NodeResource(node.node(), node.at(), node.complete()))
              .toList(),
          hold.notHeard(),
          hold.findings(),
          hold.counts());
    }
  }

  /** A node. */
  @Schema(name = "HoldNode")
  record NodeResource(
      String node,
      Instant toldAt,
      @Schema(description = "Whether its journal goes back to the backup.") boolean complete) {}

  /** How much was found. */
  @Schema(name = "HoldRelease")
  record ReleaseBody(
      @NotNull
          @Min(0)
          @Schema(description = "The findings, as GET /api/hold counts them.", example = "42")
          Integer count,
      @Schema(
              description =
                  "What becomes of periods that were billed in the lost time (UNKNOWN_DOCUMENT with"
                      + " contract and period): BILL_AGAIN by the next run under new numbers, or"
                      + " KEEP_BILLED by the invoices that customers have. Needed if there are any.")
          ReleaseOrder.LostPeriods lostPeriods,
      @Schema(description = "Numbers of contracts that KEEP_BILLED leaves out.")
          Set<@NotNull String> billAgain,
      @Schema(description = "Nodes of notHeard that are gone for good.")
          Set<@NotNull String> withoutNodes) {

    private ReleaseOrder order() {
      return new ReleaseOrder(count, lostPeriods, billAgain, withoutNodes);
    }
  }

  @Operation(summary = "Shows whether the database is held, since when, why, and what was found")
  @GetMapping
  HoldResource get() {
    return HoldResource.of(hold.show());
  }

  @Operation(
      summary = "Lists what may have gone out, or was numbered, after the backup was made",
      description = "Sorted by kind, subject, document or at.")
  @GetMapping("/findings")
  PageResource<Finding> findings(
      @RequestParam(required = false) Finding.Kind kind, @Valid @ParameterObject ListQuery query) {
    return PageResource.of(findings.list(kind, query.paging()));
  }

  @Operation(summary = "Lists all of it as CSV")
  @GetMapping(path = "/findings.csv", produces = "text/csv")
  void csv(HttpServletResponse response) {
    StreamedAnswer.write(response, "text/csv", "findings.csv", csv::write);
  }

  @Operation(
      summary = "Lets everything go on",
      description =
          "What was handed over in the lost time ends in the ledger as the journals tell it, as"
              + " UNCERTAIN where they do not know, and is not sent again by itself; numbers given"
              + " then are left out. 409 if the count is another, or a node has not told. May be repeated.")
  @Idempotent
  @PostMapping("/release")
  ResponseEntity<HoldResource> release(@Valid @RequestBody ReleaseBody body) {
    return ResponseEntity.ok(HoldResource.of(hold.release(body.order())));
  }
}
