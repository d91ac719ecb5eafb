package io.facteur.api;

import io.facteur.run.Run;
import io.facteur.run.RunKind;
import io.facteur.run.RunProgress;
import io.facteur.run.RunState;
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
                "RUNNING makes documents, DISPATCHING issues and delivers them, COMPLETED: every"
                    + " delivery is at rest.")
        RunState state,
    String startedBy,
    Instant startedAt,
    Instant finishedAt,
    @Schema(description = "Only where one run is asked for.") Progress progress) {

  /** How far it has come. */
  @Schema(name = "RunProgress")
  record Progress(
      @Schema(description = "Documents that are not issued.") long drafts,
      long issued,
      @Schema(description = "Contracts that were not billed, and other problems.") long held,
      @Schema(description = "Deliveries that wait, are being sent, or will be tried again.")
          long underWay,
      @Schema(description = "Deliveries with nothing more to come by itself.") long atRest) {
    private static Progress of(RunProgress progress) {
      return new Progress(
          progress.drafts(),
          progress.issued(),
          progress.held(),
          progress.underWay(),
          progress.atRest());
    }
  }

  static RunResource of(Run run, String company) {
    return of(run, company, null);
  }

  /** With its progress; null for none. */
  static RunResource of(Run run, String company, RunProgress progress) {
    return new RunResource(
        run.id().value(),
        run.kind(),
        company,
        run.asOf(),
        run.state(),
        run.startedBy(),
        run.startedAt(),
        run.finishedAt(),
        progress == null ? null : Progress.of(progress));
  }
}
