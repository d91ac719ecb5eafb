package io.facteur.delivery;

import java.time.Duration;

/**
 * How often a transmission is tried, as its route says.
 *
 * @param attempts how often it is begun at most, the first time included
 * @param firstDelay before the second attempt; each further delay is twice the one before it
 */
public record RetryTerms(int attempts, Duration firstDelay) {

  private static final Duration LONGEST_DELAY = Duration.ofHours(6);

  /** For transmissions whose route could not say. */
  public static final RetryTerms DEFAULT = new RetryTerms(8, Duration.ofMinutes(1));

  public RetryTerms {
    if (attempts < 1) {
      throw new IllegalArgumentException("attempts is " + attempts + ": at least 1 is needed");
    }
    if (firstDelay.isNegative() || firstDelay.isZero()) {
      throw new IllegalArgumentException("retryDelay is " + firstDelay + ": it must be positive");
    }
  }

  /** Whether another attempt follows the given one. */
  public boolean allowAfter(int attempt) {
    return attempt < attempts;
  }

  /** How long to wait after the given attempt. */
  public Duration delayAfter(int attempt) {
    int doublings = Math.min(Math.max(attempt - 1, 0), 30);
    Duration delay = firstDelay.multipliedBy(1L << doublings);
    return delay.compareTo(LONGEST_DELAY) > 0 ? LONGEST_DELAY : delay;
  }
}
