package io.facteur.clock;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Sets Facteur's clock by the database's, and notices when this machine's own is wrong: what goes
 * by that one, the schedules, is left to other nodes then.
 */
@Component
public class ClockWatch implements MeterBinder {

  private static final Logger log = LoggerFactory.getLogger(ClockWatch.class);

  private final JdbcClient jdbc;
  private final DatabaseClock clock;
  private final Duration tolerance;
  private boolean told;

  ClockWatch(
      JdbcClient jdbc,
      DatabaseClock clock,
      @Value("${facteur.clock-tolerance:5s}") Duration tolerance) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.tolerance = tolerance;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("facteur.clock.ahead", () -> ahead().toMillis() / 1_000.0)
        .description("How much this machine's clock is ahead of the database's; negative: behind")
        .baseUnit("seconds")
        .register(registry);
  }

  /** Asks the database for the time. To be called at the start, and every few seconds. */
  public void compare() {
    long asked = clock.nanos();
    LocalDateTime now = jdbc.sql("SELECT UTC_TIMESTAMP(6)").query(LocalDateTime.class).single();
    clock.set(now.toInstant(ZoneOffset.UTC), asked);
    tell();
  }

  /**
   * Whether this machine's clock is right at this moment, also if it was set since it was asked.
   */
  public boolean isRight() {
    return ahead().abs().compareTo(tolerance) <= 0;
  }

  /** How much this machine's clock is ahead of the database's; negative if it is behind. */
  public Duration ahead() {
    return clock.machineAhead();
  }

  private synchronized void tell() {
    boolean right = isRight();
    if (!right && !told) {
      log.warn(
          "this machine's clock is {} s {} the database's: set it by NTP. Facteur goes by the"
              + " database's, but this node starts no schedules until then",
          ahead().abs().toSeconds(),
          ahead().isNegative() ? "behind" : "ahead of");
    } else if (right && told) {
      log.info("this machine's clock is right again");
    }
    told = !right;
  }
}
