package io.facteur.document;

import java.time.Instant;

/**
 * A run that goes no further: paused, or cancelled.
 *
 * @param by who has stopped it
 * @param cancelledAt null if it is paused
 */
public record StoppedRun(RunId run, String by, Instant cancelledAt) {

  public boolean isCancelled() {
    return cancelledAt != null;
  }

  /** For people, e.g. {@code run 12 paused by alice}. */
  public String reason() {
    return "run %d %s by %s".formatted(run.value(), isCancelled() ? "cancelled" : "paused", by);
  }
}
