package io.facteur.api;

import io.facteur.delivery.History;
import io.facteur.party.Checks;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.util.MimeTypeUtils;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The audit trail over HTTP. */
@RestController
@RequestMapping("/api/history")
@Tag(name = "History", description = "Who did what, and what became of every delivery.")
class HistoryController {

  private static final Duration USUAL = Duration.ofHours(24);
  private static final String CSV = "text/csv";

  private final History history;
  private final HistoryLines lines;
  private final Clock clock;

  HistoryController(History history, HistoryLines lines, Clock clock) {
    this.history = history;
    this.lines = lines;
    this.clock = clock;
  }

  @Operation(
      summary = "Gives everything that has happened in a time, as JSON lines or CSV",
      description = "The oldest first. CSV by `Accept: text/csv`. The last 24 hours if left out.")
  @GetMapping(produces = {MediaType.APPLICATION_NDJSON_VALUE, CSV})
  void history(
      @Parameter(description = "Included.") @RequestParam(required = false) Instant from,
      @Parameter(description = "Not included.") @RequestParam(required = false) Instant to,
      @RequestHeader(name = HttpHeaders.ACCEPT, required = false) String accept,
      HttpServletResponse response) {
    Instant end = to == null ? clock.instant() : to;
    Instant start = from == null ? end.minus(USUAL) : from;
    Checks checks = new Checks();
    checks.rule(!end.isBefore(start), "to", "is before 'from'");
    checks.refuse();
    if (wantsCsv(accept)) {
      StreamedAnswer.write(
          response,
          CSV,
          "history.csv",
          writer -> lines.csv(writer, row -> history.read(start, end, row)));
    } else {
      StreamedAnswer.write(
          response,
          MediaType.APPLICATION_NDJSON_VALUE,
          "history.ndjson",
          writer -> history.read(start, end, lines.json(writer)));
    }
  }

  private static boolean wantsCsv(String accept) {
    List<MediaType> wanted = MediaType.parseMediaTypes(accept);
    MimeTypeUtils.sortBySpecificity(wanted);
    return wanted.stream()
        .filter(type -> type.includes(MediaType.valueOf(CSV)) || isJsonLines(type))
        .findFirst()
        .map(type -> !isJsonLines(type))
        .orElse(false);
  }

  private static boolean isJsonLines(MediaType type) {
    return type.includes(MediaType.APPLICATION_NDJSON);
  }
}
