package io.facteur.api;

import io.facteur.document.RunId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** The progress of runs as it happens. */
@RestController
@RequestMapping("/api/runs/{id}")
@Tag(name = "Runs")
class RunEventsController {

  private final RunEvents events;

  RunEventsController(RunEvents events) {
    this.events = events;
  }

  @Operation(
      summary = "Tells of a run's progress while it goes on (server-sent events)",
      description =
          "Event 'progress' whenever something has changed, at most once a second; at the end"
              + " 'finished', after which the stream ends. Data: as the run's progress.")
  @GetMapping(path = "/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  ResponseEntity<SseEmitter> events(@PathVariable long id) {
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noStore())
        .body(events.listen(new RunId(id)));
  }
}
