package io.facteur.api;

import io.facteur.run.Run;
import io.facteur.run.RunKind;
import io.facteur.run.RunProgress;
import io.facteur.run.RunState;
import io.facteur.run.WaitsForConfirmation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.LocalDate;

/** A run in JSON. */
@Schema(name = "Run")
record RunResource(
    long id,
    RunKind kind,
    @Schema(description = "Code of the company.") String company,
    @Schema(description = "The day for which it bills or sends.") LocalDate asOf,
    @Schema(
            description =
                "RUNNING makes documents, DISPATCHING issues and delivers them, PAUSED does nothing"
                    + " until it is resumed, COMPLETED: every delivery is at rest.")
        RunState state,
    String startedBy,
    Instant startedAt,
    Instant finishedAt,
    @Schema(description = "Who paused, resumed or cancelled it last.") String controlledBy,
    @Schema(description = "Only where one run is asked for.") Progress progress,
    @Schema(description = "Only where one run is asked for.") Waiting waiting) {

  /** How far it has come. */
  @Schema(name = "RunProgress")
  record Progress(
      RunState state,
      @Schema(description = "Contracts with something due when it began; null before that.")
          Integer due,
      @Schema(description = "Contracts that it has made documents for.") long billed,
      @Schema(description = "Documents that are not issued.") long drafts,
      long issued,
      @Schema(description = "Contracts that were not billed, and other open problems.") long held,
      @Schema(description = "Deliveries that wait, are being sent, or will be tried again.")
          long underWay,
      @Schema(description = "Deliveries with nothing more to come by itself.") long atRest) {
    static Progress of(RunProgress progress) {
      return new Progress(
          progress.state(),
          progress.due(),
          progress.billed(),
          progress.drafts(),
          progress.issued(),
          progress.held(),
          progress.underWay(),
          progress.atRest());
    }
  }

  /** What waits for a confirmation. */
  @Schema(name = "RunWaiting")
  record Waiting(
      @Schema(description = "Contracts with more than one missed period.") int contracts,
      @Schema(description = "Invoices that confirming them makes: the count of MISSED_PERIODS.")
          int missedPeriods,
      @Schema(description = "Drafts to release: the count of DRAFTS.") int drafts) {
    private static Waiting of(WaitsForConfirmation waiting) {
      return new Waiting(waiting.contracts(), waiting.periods(), waiting.drafts());
    }
  }

  static RunResource of(Run run, String company) {
    return of(run, company, null, null);
  }

  /** With its progress and what waits; null for none. */
  static RunResource of(
      Run run, String company, RunProgress progress, WaitsForConfirmation waiting) {
    return new RunResource(
        run.id().value(),
        run.kind(),
        company,
        run.asOf(),
        run.state(),
        run.startedBy(),
        run.startedAt(),
        run.finishedAt(),
        run.controlledBy(),
        progress == null ? null : Progress.of(progress),
        waiting == null ? null : Waiting.of(waiting));
  }
}
