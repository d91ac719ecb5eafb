package io.facteur.rendering;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs work of templates aside, so that its caller is not held up when it does not end. At the
 * limit the work is told to stop, which all but a few contrived templates obey. Java cannot kill a
 * thread: a template that goes on is not run again until it has ended or the templates have
 * changed, so that it costs one thread and no more.
 */
final class TimeLimit {

  private static final Logger log = LoggerFactory.getLogger(TimeLimit.class);
  private static final Duration GRACE = Duration.ofSeconds(2);
  private static final AtomicInteger RUNAWAY = new AtomicInteger();
  private static final ExecutorService THREADS =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "rendering");
            thread.setDaemon(true);
            return thread;
          });

  /** Templates whose work goes on although it was told to stop. */
  private final Map<String, Work<?>> overdue = new ConcurrentHashMap<>();

  /** Threads that go on although their time is over; all templates together. */
  static int runaway() {
    return RUNAWAY.get();
  }

  /**
   * Does the work; soon after the limit it is interrupted.
   *
   * @throws TemplateStoppedException if the limit passes, an earlier run with the template has not
   *     ended, or memory does not suffice
   * @throws TemplateFailedException if the stack does not suffice
   */
  <T> T within(Limits limits, String template, Callable<T> task) {
    if (overdue.containsKey(template)) {
      throw new TemplateStoppedException(
          template,
          0,
          "is not run: an earlier run with it has not ended. Look for a loop that does not end;"
              + " correct the template, or restart",
          null);
    }
    Work<T> work = new Work<>(template, task);
    THREADS.execute(work);
    try {
      return work.outcome(limits.time());
    } catch (TimeoutException e) {
      throw tooLong(template, limits, work.stop(), e);
    } catch (InterruptedException e) {
      work.interrupt();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while rendering with template " + template, e);
    } catch (ExecutionException e) {
      throw failure(template, e.getCause());
    }
  }

  private static TemplateStoppedException tooLong(
      String template, Limits limits, TemplateFailedException stopped, TimeoutException e) {
    return new TemplateStoppedException(
        stopped == null ? template : stopped.template(),
        stopped == null ? 0 : stopped.line(),
        "took more than %d ms%s. Look for a loop that does not end"
            .formatted(limits.time().toMillis(), limits.setting("time-limit")),
        e);
  }

  private static RuntimeException failure(String template, Throwable cause) {
    if (cause instanceof RuntimeException failure) {
      return failure;
    }
    if (cause instanceof StackOverflowError) {
      return new TemplateFailedException(
          template, 0, "calls itself without end: look for a macro that uses itself", cause);
    }
    if (cause instanceof OutOfMemoryError) {
      return new TemplateStoppedException(
          template,
          0,
          "needs more memory than there is: look for a text or list that grows in a loop",
          cause);
    }
    if (cause instanceof Error error) {
      throw error;
    }
    return new TemplateFailedException(template, 0, String.valueOf(cause), cause);
  }

  private final class Work<T> implements Runnable {

    private final String template;
    private final Callable<T> task;
    private final CompletableFuture<T> outcome = new CompletableFuture<>();
    private Thread thread;
    private boolean ended;
    private boolean ranAway;

    Work(String template, Callable<T> task) {
      this.template = template;
      this.task = task;
    }

    @Override
    public void run() {
      synchronized (this) {
        thread = Thread.currentThread();
      }
      try {
        outcome.complete(task.call());
      } catch (Throwable e) { // errors too: whoever waits has to learn of them
        outcome.completeExceptionally(e);
      } finally {
        end();
      }
    }

    /**
     * What the work gives. A node that was frozen past the limit gets its chance to end what it was
     * about.
     */
    T outcome(Duration limit) throws InterruptedException, ExecutionException, TimeoutException {
      try {
        return outcome.get(limit.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException perhapsFrozen) {
        long grace = Math.min(limit.toMillis(), GRACE.toMillis());
        return outcome.get(grace, TimeUnit.MILLISECONDS);
      }
    }

    /**
     * Interrupts, and waits a little.
     *
     * @return how the work ended; null if it does not say, or has not ended
     */
    TemplateFailedException stop() {
      interrupt();
      try {
        outcome.get(GRACE.toMillis(), TimeUnit.MILLISECONDS);
      } catch (ExecutionException e) {
        return e.getCause() instanceof TemplateFailedException stopped ? stopped : null;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (TimeoutException e) {
        runAway();
      }
      return null;
    }

    synchronized void interrupt() {
      if (thread != null) {
        thread.interrupt();
      }
    }

    private synchronized void runAway() {
      if (!ended) {
        ranAway = true;
        overdue.put(template, this);
        log.error(
            "Template {} cannot be stopped: one thread is lost to it ({} in all) and it is not run"
                + " again until it is corrected",
            template,
            RUNAWAY.incrementAndGet());
      }
    }

    private synchronized void end() {
      ended = true;
      thread = null;
      Thread.interrupted();
      if (ranAway) {
        RUNAWAY.decrementAndGet();
        overdue.remove(template, this);
      }
    }
  }
}
