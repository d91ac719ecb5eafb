package io.facteur.clock;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;

/**
 * What time it is by the database: all nodes have the same one, and only one machine's clock has to
 * be right. Between two comparisons it goes on by the time that passes, whatever becomes of this
 * machine's clock; before the first it is that clock.
 */
public final class DatabaseClock extends Clock {

  private static final Duration LONGEST_ROUND_TRIP = Duration.ofSeconds(1);

  private record Set(Instant at, long nanos) {}

  private final Clock machine;
  private final LongSupplier nanos;
  private volatile Set set;

  public DatabaseClock() {
    this(Clock.systemUTC(), System::nanoTime);
  }

  DatabaseClock(Clock machine, LongSupplier nanos) {
    this.machine = machine;
    this.nanos = nanos;
  }

  /**
   * Sets it by what the database has answered, unless that took so long that nobody can tell when
   * it was true: the process may have stood still on either way.
   *
   * @param asked {@link #nanos} before it was asked; half of the time since then is taken for the
   *     answer's way
   * @return whether it has been set
   */
  public boolean set(Instant byDatabase, long asked) {
    long now = nanos.getAsLong();
    if (now - asked > LONGEST_ROUND_TRIP.toNanos()) {
      return false;
    }
    set = new Set(byDatabase.plusNanos((now - asked) / 2), now);
    return true;
  }

  /** Time that passes, to be noted before the database is asked. */
  public long nanos() {
    return nanos.getAsLong();
  }

  /** How much this machine's clock is ahead; negative if it is behind. */
  public Duration machineAhead() {
    return Duration.between(instant(), machine.instant());
  }

  @Override
  public Instant instant() {
    Set known = set;
    return known == null
        ? machine.instant()
        : known.at().plusNanos(nanos.getAsLong() - known.nanos());
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return new InZone(this, zone);
  }

  /** The same time, told in another zone. */
  private static final class InZone extends Clock {
    private final Clock clock;
    private final ZoneId zone;

    InZone(Clock clock, ZoneId zone) {
      this.clock = clock;
      this.zone = zone;
    }

    @Override
    public Instant instant() {
      return clock.instant();
    }

    @Override
    public ZoneId getZone() {
      return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
      return new InZone(clock, other);
    }
  }
}
