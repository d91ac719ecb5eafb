package io.facteur.api;

import io.facteur.party.Refusal;
import io.facteur.rendering.TemplateProblem;
import io.facteur.rendering.Templates;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.util.List;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Templates over HTTP: what is in force, and what an edit would give. */
@RestController
@RequestMapping("/api/templates")
@Tag(name = "Templates", description = "Files that documents, e-invoices and mails are made from.")
class TemplateController {

  private final Templates templates;
  private final TemplatePreviews previews;

  TemplateController(Templates templates, TemplatePreviews previews) {
    this.templates = templates;
    this.previews = previews;
  }

  @Operation(summary = "Lists the templates in force")
  @GetMapping
  TemplatesResource list() {
    return new TemplatesResource(
        templates.version(),
        templates.files().entrySet().stream()
            .map(file -> new TemplatesResource.File(file.getKey(), file.getValue()))
            .toList(),
        findings(templates.problems()));
  }

  @Operation(summary = "Gives the text of a template or of labels that is in force")
  @GetMapping(path = "/files/{*path}", produces = MediaType.TEXT_PLAIN_VALUE)
  ResponseEntity<String> source(@PathVariable String path) {
    String file = path.substring(1);
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noStore())
        .contentType(MediaType.parseMediaType("text/plain;charset=UTF-8"))
        .body(templates.source(file).orElseThrow(() -> Refusal.notFound("template", file)));
  }

  @Operation(
      summary = "Prints a made-up document, with edited templates",
      description = "Nothing is saved or sent. Few are made at a time (429 beyond that).")
  @ApiResponse(
      responseCode = "200",
      description = "The file, as application/pdf, application/xml or message/rfc822.",
      content = @Content(schema = @Schema(type = "string", format = "binary")))
  @ApiResponse(
      responseCode = "422",
      description = "A problem whose `findings` name file, line and reason.",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE,
              schema = @Schema(ref = "#/components/schemas/Problem")))
  @PostMapping(path = "/preview", produces = MediaType.ALL_VALUE)
  ResponseEntity<byte[]> preview(@Valid @RequestBody TemplatePreviewRequest body) {
    TemplatePreviews.Preview preview = previews.make(body);
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noStore())
        .contentType(MediaType.parseMediaType(preview.mediaType()))
        .body(preview.bytes());
  }

  static List<TemplatesResource.Finding> findings(List<TemplateProblem> problems) {
    return problems.stream()
        .map(
            problem ->
                new TemplatesResource.Finding(
                    problem.file(), problem.line() > 0 ? problem.line() : null, problem.reason()))
        .toList();
  }
}
