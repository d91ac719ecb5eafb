package io.facteur.api.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.facteur.api.problem.ProblemType;
import io.facteur.api.problem.ProblemWriter;
import io.facteur.party.Counted;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.http.HttpHeaders;

/**
 * How much each of many may do: so much at once, and as much again in a time. Each node counts for
 * itself. Of those that ask for nothing any more, and of more than 10,000, the oldest are
 * forgotten.
 */
final class Buckets<K> {

  private static final int MOST_REMEMBERED = 10_000;

  private final long capacity;
  private final Duration refill;
  private final TimeMeter time;
  private final Cache<K, Bucket> buckets;

  Buckets(long capacity, Duration refill, Clock clock) {
    this.capacity = capacity;
    this.refill = refill;
    this.time = new ClockMeter(clock);
    this.buckets =
        Caffeine.newBuilder()
            .maximumSize(MOST_REMEMBERED)
            .expireAfterAccess(refill)
            .executor(Runnable::run)
            .build();
  }

  private record ClockMeter(Clock clock) implements TimeMeter {

    @Override
    public long currentTimeNanos() {
      return TimeUnit.MILLISECONDS.toNanos(clock.millis());
    }

    @Override
    public boolean isWallClockBased() {
      return true;
    }
  }

  /** Seconds to wait, one or more; 0: nothing to wait for. */
  long secondsToWait(K key) {
    Bucket known = buckets.getIfPresent(key);
    return known == null ? 0 : seconds(known.estimateAbilityToConsume(1).getNanosToWaitForRefill());
  }

  /** As {@link #secondsToWait}, and takes one if there is nothing to wait for. */
  long take(K key) {
    var probe = buckets.get(key, any -> bucket()).tryConsumeAndReturnRemaining(1);
    return probe.isConsumed() ? 0 : seconds(probe.getNanosToWaitForRefill());
  }

  /** Refuses a request. */
  static void refuse(
      HttpServletResponse response, ProblemWriter problems, ProblemType type, String why, long wait)
      throws IOException {
    response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(wait));
    problems.write(response, type.with("%s: wait %s.".formatted(why, Counted.of(wait, "second"))));
  }

  /** Where a request comes from: of an IPv6 address its network, which somebody has as a whole. */
  static String origin(HttpServletRequest request) {
    String address = request.getRemoteAddr();
    String[] groups = address.split(":", -1);
    return groups.length < 6
        ? address
        : String.join(":", groups[0], groups[1], groups[2], groups[3]);
  }

  private Bucket bucket() {
    return Bucket.builder()
        .addLimit(limit -> limit.capacity(capacity).refillGreedy(capacity, refill))
        .withCustomTimePrecision(time)
        .build();
  }

  private static long seconds(long nanos) {
    return nanos == 0 ? 0 : Math.max(1, Duration.ofNanos(nanos).toSeconds());
  }
}
