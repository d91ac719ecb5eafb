package io.facteur.api;

import io.facteur.api.problem.ProblemException;
import io.facteur.api.problem.ProblemType;
import io.facteur.document.RunId;
import io.facteur.run.RunProgress;
import io.facteur.run.Runs;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Tells listeners how runs come along. A run is looked at once for all who listen to it, at most
 * once a second, and less often where counting takes long; a listener that takes its events slowly
 * gets fewer of them and holds up nobody else.
 */
@Component
class RunEvents implements SmartLifecycle {

  static final int MAX_LISTENERS = 200;

  private static final Logger log = LoggerFactory.getLogger(RunEvents.class);

  private static final long LOOK_MILLIS = 1_000;
  private static final long HEARTBEAT_MILLIS = 15_000;

  /** Counting may take up to the n-th part of the time. */
  private static final int SHARE_OF_TIME = 5;

  /** A client that wants more connects again, as an EventSource does by itself. */
  private static final Duration LIFETIME = Duration.ofMinutes(30);

  private static final ThreadFactory THREADS =
      work -> {
        Thread thread = new Thread(work, "run-events");
        thread.setDaemon(true);
        return thread;
      };

  /** Those who listen to one run, and what they were told last. */
  private static final class Watched {
    private final Set<RunListener> listeners = new HashSet<>();
    private RunProgress told;
    private long toldAt = System.nanoTime();
  }

  private final Runs runs;
  private final Map<RunId, Watched> watched = new HashMap<>();
  private boolean running;
  private final ScheduledExecutorService looking =
      Executors.newSingleThreadScheduledExecutor(THREADS);
  private final ExecutorService sending = Executors.newFixedThreadPool(2, THREADS);

  RunEvents(Runs runs) {
    this.runs = runs;
  }

  /**
   * Begins to tell of a run.
   *
   * @throws io.facteur.party.Refusal if there is no such run
   * @throws ProblemException if too many listen already
   */
  SseEmitter listen(RunId id) {
    RunId run = runs.get(id).id();
    SseEmitter emitter = new SseEmitter(LIFETIME.toMillis());
    RunListener listener = new RunListener(emitter, sending);
    emitter.onCompletion(() -> leave(run, listener));
    emitter.onError(e -> leave(run, listener));
    emitter.onTimeout(listener::close);
    join(run, listener);
    return emitter;
  }

  private synchronized void join(RunId run, RunListener listener) {
    if (!running
        || watched.values().stream().mapToInt(w -> w.listeners.size()).sum() >= MAX_LISTENERS) {
      throw new ProblemException(
          ProblemType.TOO_MANY_LISTENERS.with(
              "At most %d can listen at once: ask GET /api/runs/%d instead."
                  .formatted(MAX_LISTENERS, run.value())));
    }
    Watched known = watched.get(run);
    if (known == null) {
      known = new Watched();
      watched.put(run, known);
      looking.execute(() -> look(run));
    } else if (known.told != null) {
      listener.progress(known.told);
    }
    known.listeners.add(listener);
  }

  private synchronized void leave(RunId run, RunListener listener) {
    listener.leave();
    Watched known = watched.get(run);
    if (known != null) {
      known.listeners.remove(listener);
    }
  }

  private void look(RunId run) {
    long began = System.nanoTime();
    RunProgress progress = null;
    try {
      progress = runs.progress(run);
    } catch (RuntimeException e) {
      log.warn("run {}: its progress cannot be told now: {}", run.value(), e.getMessage());
    }
    if (tell(run, progress)) {
      long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
      var unused =
          looking.schedule(
              () -> look(run), Math.max(LOOK_MILLIS, took * SHARE_OF_TIME), TimeUnit.MILLISECONDS);
    }
  }

  /** Whether anybody still listens. */
  private synchronized boolean tell(RunId run, RunProgress progress) {
    Watched known = watched.get(run);
    if (known == null) {
      return false;
    }
    known.listeners.removeIf(RunListener::isGone);
    if (known.listeners.isEmpty()) {
      watched.remove(run);
      return false;
    }
    if (progress != null && progress.state().isEnded()) {
      known.listeners.forEach(listener -> listener.finished(progress));
      watched.remove(run);
      return false;
    }
    if (progress != null && !progress.equals(known.told)) {
      known.told = progress;
      known.toldAt = System.nanoTime();
      known.listeners.forEach(listener -> listener.progress(progress));
    } else if (System.nanoTime() - known.toldAt > TimeUnit.MILLISECONDS.toNanos(HEARTBEAT_MILLIS)) {
      known.toldAt = System.nanoTime();
      known.listeners.forEach(RunListener::heartbeat);
    }
    return true;
  }

  @Override
  public synchronized void start() {
    running = true;
  }

  /** In the first phase of all: the server waits for requests that are still being answered. */
  @Override
  public void stop() {
    looking.shutdownNow();
    List<RunListener> listeners;
    synchronized (this) {
      running = false;
      listeners = watched.values().stream().flatMap(w -> w.listeners.stream()).toList();
      watched.clear();
    }
    listeners.forEach(RunListener::close);
    sending.shutdownNow();
  }

  @Override
  public synchronized boolean isRunning() {
    return running;
  }
}
