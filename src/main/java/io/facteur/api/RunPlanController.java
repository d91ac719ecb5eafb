package io.facteur.api;

import io.facteur.document.RunId;
import io.facteur.run.DeliveriesCsv;
import io.facteur.run.DispatchPreview;
import io.facteur.run.DispatchSummary;
import io.facteur.run.Runs;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Who would get the documents of a run. */
@RestController
@RequestMapping("/api/runs/{id}/plan")
@Tag(name = "Runs")
class RunPlanController {

  private static final String CSV = "text/csv";

  private final Runs runs;
  private final DispatchPreview preview;
  private final PlanLines lines;

  RunPlanController(Runs runs, DispatchPreview preview, PlanLines lines) {
    this.runs = runs;
    this.preview = preview;
    this.lines = lines;
  }

  @Operation(
      summary = "Shows how the documents of a run would go out, and what to look at (DISP-6)",
      description =
          "As they would be planned now, drafts as issued ones. What became of issued ones is in"
              + " the run's report.")
  @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
  DispatchSummaryResource plan(@PathVariable long id) {
    DispatchSummary summary = new DispatchSummary();
    preview.ofRun(new RunId(id), summary);
    return DispatchSummaryResource.of(summary);
  }

  @Operation(summary = "Shows how the documents of a run would go out: every delivery as CSV")
  @GetMapping(produces = CSV)
  void csv(@PathVariable long id, HttpServletResponse response) {
    RunId run = runs.get(new RunId(id)).id();
    StreamedAnswer.write(
        response,
        CSV,
        "run-" + id + "-plan.csv",
        writer -> preview.ofRun(run, new DeliveriesCsv(writer)));
  }

  @Operation(
      summary = "Shows how the documents of a run would go out: a PlannedDocument on each line")
  @GetMapping(produces = MediaType.APPLICATION_NDJSON_VALUE)
  void lines(@PathVariable long id, HttpServletResponse response) {
    RunId run = runs.get(new RunId(id)).id();
    StreamedAnswer.write(
        response,
        MediaType.APPLICATION_NDJSON_VALUE,
        "run-" + id + "-plan.ndjson",
        writer -> preview.ofRun(run, lines.to(writer)));
  }
}
