package io.facteur.api;

import io.facteur.run.RunProgress;
import java.io.IOException;
import java.util.concurrent.Executor;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter.SseEventBuilder;

/**
 * One client that listens to a run. Of events that it is too slow to take only the last is kept;
 * the last of all ends the stream.
 */
final class RunListener {

  private final SseEmitter emitter;
  private final Executor sending;
  private SseEventBuilder next;
  private boolean last;
  private boolean busy;
  private volatile boolean gone;

  RunListener(SseEmitter emitter, Executor sending) {
    this.emitter = emitter;
    this.sending = sending;
  }

  void progress(RunProgress progress) {
    offer(event("progress", progress), false);
  }

  void finished(RunProgress progress) {
    offer(event("finished", progress), true);
  }

  /**
   * Keeps connections open that would be closed for being silent, and finds those that are gone.
   */
  void heartbeat() {
    offer(SseEmitter.event().comment("still there"), false);
  }

  boolean isGone() {
    return gone;
  }

  void leave() {
    gone = true;
  }

  void close() {
    gone = true;
    emitter.complete();
  }

  private static SseEventBuilder event(String name, RunProgress progress) {
    return SseEmitter.event()
        .name(name)
        .data(RunResource.Progress.of(progress), MediaType.APPLICATION_JSON);
  }

  private synchronized void offer(SseEventBuilder event, boolean isLast) {
    if (gone || last) {
      return;
    }
    next = event;
    last = isLast;
    if (!busy) {
      busy = true;
      sending.execute(this::send);
    }
  }

  private void send() {
    for (SseEventBuilder event = take(); event != null; event = take()) {
      try {
        emitter.send(event);
      } catch (IOException | IllegalStateException e) {
        gone = true; // the container ends the request by itself
      }
    }
  }

  private synchronized SseEventBuilder take() {
    SseEventBuilder event = gone ? null : next;
    next = null;
    if (event == null) {
      busy = false;
      if (last && !gone) {
        close();
      }
    }
    return event;
  }
}
