package io.facteur.rendering;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Something that takes seconds to make: whoever needs it first makes it, the others wait for that
 * one only, and what has failed once fails for good.
 */
final class Prepared<T> {

  private static final Logger log = LoggerFactory.getLogger(Prepared.class);

  private final String title;
  private final Callable<T> recipe;
  private final FutureTask<T> task = new FutureTask<>(this::make);

  Prepared(String title, Callable<T> recipe) {
    this.title = title;
    this.recipe = recipe;
  }

  /**
   * What was made.
   *
   * @throws IllegalStateException if it could not be made
   */
  T get() {
    task.run();
    try {
      return task.get();
    } catch (ExecutionException e) {
      throw unavailable(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable(e);
    }
  }

  private T make() throws Exception {
    long start = System.nanoTime();
    try {
      T made = recipe.call();
      log.info("{} made ready in {} ms", title, (System.nanoTime() - start) / 1_000_000);
      return made;
    } catch (Exception | LinkageError e) {
      log.error("{} cannot be made ready: nothing that has to keep them can leave", title, e);
      throw e;
    }
  }

  private IllegalStateException unavailable(Throwable cause) {
    return new IllegalStateException(
        "%s are not available: %s".formatted(title, cause.getMessage()), cause);
  }
}
