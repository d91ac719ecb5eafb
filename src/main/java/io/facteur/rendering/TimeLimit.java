package io.facteur.rendering;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs work of templates aside, so that its caller is not held up when it does not end. */
final class TimeLimit {

  private static final ExecutorService THREADS =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "rendering");
            thread.setDaemon(true);
            return thread;
          });

  private TimeLimit() {}

  /**
   * Does the work; at the limit it is interrupted.
   *
   * @throws TemplateFailedException if the limit passes
   */
  static <T> T within(Duration limit, String template, Callable<T> work) {
    Future<T> outcome = THREADS.submit(work);
    try {
      return outcome.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      outcome.cancel(true);
      throw new TemplateFailedException(
          template,
          0,
          "took more than %d ms (facteur.rendering.time-limit). Look for a loop that does not end"
              .formatted(limit.toMillis()),
          e);
    } catch (InterruptedException e) {
      outcome.cancel(true);
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while rendering with template " + template, e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof StackOverflowError) {
        throw new TemplateFailedException(
            template, 0, "calls itself without end: look for a macro that uses itself", e);
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new TemplateFailedException(template, 0, String.valueOf(e.getCause()), e.getCause());
    }
  }
}
