package io.facteur.api;

import io.facteur.api.idempotency.Idempotent;
import io.facteur.contract.Contracts;
import io.facteur.metering.MeteredQuantities;
import io.facteur.metering.QuantityImport;
import io.facteur.metering.QuantityIntake;
import io.facteur.party.Checks;
import io.facteur.party.Refusal;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Quantities of meters over HTTP. */
@RestController
@RequestMapping("/api")
@Tag(name = "Quantities", description = "What meters have counted, for billing.")
class QuantityController {

  private static final String CSV = "text/csv";

  private final Contracts contracts;
  private final MeteredQuantities quantities;
  private final QuantityIntake intake;
  private final QuantityImport files;

  QuantityController(
      Contracts contracts,
      MeteredQuantities quantities,
      QuantityIntake intake,
      QuantityImport files) {
    this.contracts = contracts;
    this.quantities = quantities;
    this.intake = intake;
    this.files = files;
  }

  @Operation(
      summary = "Lists a contract's quantities, replaced ones too",
      description = "Sorted by id, meter, from or receivedAt.")
  @GetMapping("/contracts/{number}/quantities")
  PageResource<QuantityResource> list(
      @PathVariable String number,
      @RequestParam(required = false) String meter,
      @Parameter(description = "That reach to this day or beyond.") @RequestParam(required = false)
          LocalDate from,
      @Parameter(description = "That begin on this day or before.") @RequestParam(required = false)
          LocalDate to,
      @Valid @ParameterObject ListQuery query) {
    Checks checks = new Checks();
    checks.rule(from == null || to == null || !to.isBefore(from), "to", "is before 'from'");
    checks.refuse();
    return PageResource.of(
        quantities
            .list(contracts.get(number).id(), meter, from, to, query.paging())
            .map(QuantityResource::of));
  }

  @Operation(
      summary = "Takes one quantity of a contract, or a list",
      description =
          "Each is taken or refused by itself. The same again is left unchanged, another one for the"
              + " same days takes its place until it is billed, and corrects it after that"
              + " (`correction`). Answers 400 if the only one is refused.")
  @Idempotent
  @PostMapping("/contracts/{number}/quantities")
  ResponseEntity<QuantitiesResource.Results> take(
      @PathVariable String number, @Valid @RequestBody QuantitiesResource.Body body) {
    return ResponseEntity.ok(
        QuantitiesResource.Results.of(body, intake.takeOf(number, body.of(number))));
  }

  @Operation(
      summary = "Takes quantities of many contracts from a CSV file",
      description =
          "Columns contract, meter, from, to, quantity and, if wanted, correction, in any order,"
              + " named in the first line; between them a comma or a semicolon. Broken lines are"
              + " named, the others taken. The same file can be sent again.",
      requestBody =
          @io.swagger.v3.oas.annotations.parameters.RequestBody(
              content =
                  @Content(
                      mediaType = CSV,
                      schema =
                          @Schema(
                              type = "string",
                              example =
                                  "contract,meter,from,to,quantity\nK-1,POWER,2026-01-01,2026-01-31,412.5"))))
  @PostMapping(path = "/quantities", consumes = CSV)
  QuantitiesResource.Report takeFile(
      @Parameter(description = "Whether to report only, and write nothing.")
          @RequestParam(defaultValue = "false")
          boolean dryRun,
      @Parameter(hidden = true) @RequestHeader(HttpHeaders.CONTENT_TYPE) MediaType type,
      @Parameter(hidden = true) InputStream body) {
    Charset charset = type.getCharset();
    if (charset != null && !charset.equals(StandardCharsets.UTF_8)) {
      throw Refusal.invalid(HttpHeaders.CONTENT_TYPE, "must be UTF-8, and not " + charset.name());
    }
    return QuantitiesResource.Report.of(files.take(body, dryRun));
  }
}
