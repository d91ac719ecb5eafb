package io.facteur.api;

import io.facteur.document.RunId;
import io.facteur.run.RunCsv;
import io.facteur.run.RunReport;
import io.facteur.run.RunReports;
import io.facteur.run.Runs;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Reports of runs, at any time while they go on and after (MAIL-5). */
@RestController
@RequestMapping("/api/runs/{id}")
@Tag(name = "Runs")
class RunReportController {

  private final Runs runs;
  private final RunReports reports;
  private final RunCsv csv;

  RunReportController(Runs runs, RunReports reports, RunCsv csv) {
    this.runs = runs;
    this.reports = reports;
    this.csv = csv;
  }

  @Operation(
      summary = "Reports what came of a run: counts, and the first of what did not go out",
      description = "The complete list is report.csv.")
  @GetMapping("/report")
  RunReport report(@PathVariable long id) {
    return reports.report(new RunId(id));
  }

  @Operation(summary = "Reports every delivery and problem of a run as CSV")
  @GetMapping(path = "/report.csv", produces = "text/csv")
  void csv(@PathVariable long id, HttpServletResponse response) {
    RunId run = runs.get(new RunId(id)).id();
    StreamedAnswer.write(
        response, "text/csv", "run-" + id + ".csv", writer -> csv.write(run, writer));
  }
}
