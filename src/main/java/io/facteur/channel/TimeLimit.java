package io.facteur.channel;

import freemarker.template.TemplateException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs templates aside, so that one that does not end holds up nobody. */
final class TimeLimit {

  private static final ExecutorService THREADS =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "mail-template");
            thread.setDaemon(true);
            return thread;
          });

  private TimeLimit() {}

  static <T> T within(Duration limit, Callable<T> work)
      throws TimeoutException, TemplateException, IOException {
    Future<T> outcome = THREADS.submit(work);
    try {
      return outcome.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while writing a mail", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TemplateException wrong) {
        throw wrong;
      }
      if (e.getCause() instanceof IOException wrong) {
        throw wrong;
      }
      if (e.getCause() instanceof RuntimeException wrong) {
        throw wrong;
      }
      throw new IllegalStateException("templates of mails", e.getCause());
    } finally {
      outcome.cancel(true);
    }
  }
}
