package io.facteur.api;

import io.facteur.api.idempotency.Idempotent;
import io.facteur.billing.BillingDay;
import io.facteur.document.RunId;
import io.facteur.party.Checks;
import io.facteur.party.CompanyId;
import io.facteur.party.CurrentActor;
import io.facteur.party.Page;
import io.facteur.run.Run;
import io.facteur.run.RunFilter;
import io.facteur.run.RunKind;
import io.facteur.run.RunStart;
import io.facteur.run.RunState;
import io.facteur.run.Runs;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Runs over HTTP. Starting one only notes it: the routes take it from there. */
@RestController
@RequestMapping("/api/runs")
@Tag(name = "Runs", description = "What is billed or sent together, and how it came out.")
class RunController {

  private final Runs runs;
  private final RunResources resources;
  private final References references;
  private final BillingDay billingDay;
  private final CurrentActor actor;
  private final RunPreviews previews;

  RunController(
      Runs runs,
      RunResources resources,
      References references,
      BillingDay billingDay,
      CurrentActor actor,
      RunPreviews previews) {
    this.runs = runs;
    this.resources = resources;
    this.references = references;
    this.billingDay = billingDay;
    this.actor = actor;
    this.previews = previews;
  }

  /** What is to be run. */
  @Schema(name = "NewRun")
  record NewRun(
      @NotNull @Schema(description = "BILLING: bills what is due.", example = "BILLING")
          RunKind kind,
      @NotBlank @Schema(description = "Code of a company.", example = "EDL") String company,
      @Schema(description = "Everything that is due by this day; the company's today if left out.")
          LocalDate asOf,
      @Schema(description = "True: only tells what would be billed; nothing is written.")
          Boolean preview) {

    private boolean isPreview() {
      return Boolean.TRUE.equals(preview);
    }
  }

  @Operation(summary = "Lists runs", description = "Sorted by id, startedAt, asOf or state.")
  @GetMapping
  PageResource<RunResource> list(
      @Parameter(description = "Code of a company.") @RequestParam(required = false) String company,
      @RequestParam(required = false) RunKind kind,
      @RequestParam(required = false) RunState state,
      @Valid @ParameterObject ListQuery query) {
    Checks checks = new Checks();
    Set<CompanyId> companies = references.companies(checks, "company", company);
    checks.refuse();
    Page<Run> page = runs.list(new RunFilter(companies, kind, state), query.paging());
    Map<CompanyId, String> codes =
        references.companyCodes(page.items().stream().map(Run::company).distinct().toList());
    return PageResource.of(page.map(run -> RunResource.of(run, codes.get(run.company()))));
  }

  @Operation(summary = "Shows a run with its progress and what of it waits for a confirmation")
  @GetMapping("/{id}")
  RunResource get(@PathVariable long id) {
    return resources.get(new RunId(id));
  }

  @Operation(
      summary = "Starts a run, or previews it",
      description =
          "201. 200 if the same is being run already: then it is that one, and nothing is started."
              + " 409 if that one is paused. A preview answers 200 with a BillingPreview.")
  @ApiResponse(
      responseCode = "201",
      content = @Content(schema = @Schema(implementation = RunResource.class)))
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(oneOf = {RunResource.class, PreviewResource.class})))
  @Idempotent
  @PostMapping(produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<Object> start(@Valid @RequestBody NewRun body) {
    CompanyId company = checked(body);
    LocalDate asOf = asOf(company, body.asOf());
    if (body.isPreview()) {
      return ResponseEntity.ok(previews.summary(body.company(), company, asOf));
    }
    RunStart start = runs.start(body.kind(), company, asOf, actor.name());
    return ResponseEntity.status(start.joined() ? HttpStatus.OK : HttpStatus.CREATED)
        .location(URI.create("/api/runs/" + start.run().value()))
        .body(resources.get(start.run()));
  }

  @Operation(
      summary = "Previews a run as CSV",
      description =
          "view=DOCUMENTS: every document that would be made and every contract that would be held."
              + " view=DELIVERIES: every way in which they would go out, or not, and why.")
  @PostMapping(produces = "text/csv")
  void previewCsv(
      @Valid @RequestBody NewRun body,
      @RequestParam(defaultValue = "DOCUMENTS") RunPreviews.View view,
      HttpServletResponse response) {
    CompanyId company = checkedPreview(body);
    LocalDate asOf = asOf(company, body.asOf());
    StreamedAnswer.write(
        response,
        "text/csv",
        "preview-" + body.company() + "-" + asOf + ".csv",
        writer -> previews.csv(view, company, asOf, writer));
  }

  @Operation(
      summary = "Previews a run as JSON lines",
      description =
          "A PlannedDocument on each line: a document that would be made with every way in which it"
              + " would go out, or a contract that would be held.")
  @PostMapping(produces = MediaType.APPLICATION_NDJSON_VALUE)
  void previewLines(@Valid @RequestBody NewRun body, HttpServletResponse response) {
    CompanyId company = checkedPreview(body);
    LocalDate asOf = asOf(company, body.asOf());
    StreamedAnswer.write(
        response,
        MediaType.APPLICATION_NDJSON_VALUE,
        "preview-" + body.company() + "-" + asOf + ".ndjson",
        writer -> previews.lines(company, asOf, writer));
  }

  private CompanyId checkedPreview(NewRun body) {
    CompanyId company = checked(body);
    new Checks()
        .rule(body.isPreview(), "preview", "must be true: only a preview is answered so")
        .refuse();
    return company;
  }

  private CompanyId checked(NewRun body) {
    Checks checks = new Checks();
    checks.rule(
        body.kind() == RunKind.BILLING,
        "kind",
        body.kind() + " is not available yet: only BILLING is");
    CompanyId company = references.company(checks, "company", body.company());
    checks.refuse();
    return company;
  }

  private LocalDate asOf(CompanyId company, LocalDate wanted) {
    LocalDate today = billingDay.today(company);
    LocalDate asOf = wanted == null ? today : wanted;
    Checks checks = new Checks();
    checks.rule(
        !asOf.isAfter(today.plusYears(1)),
        "asOf",
        "is more than a year after today, which is "
            + today
            + (billingDay.isFixed(company) ? " by the company's fixedBillingDate" : ""));
    checks.refuse();
    return asOf;
  }
}
