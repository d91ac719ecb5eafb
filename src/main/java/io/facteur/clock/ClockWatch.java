package io.facteur.clock;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Sets Facteur's clock by the database's, and notices when this machine's own is wrong: what goes
 * by that one, the schedules, is left to other nodes then.
 */
@Component
public class ClockWatch implements MeterBinder {

  private static final Logger log = LoggerFactory.getLogger(ClockWatch.class);
  private static final int ATTEMPTS = 3;

  private final JdbcTemplate jdbc;
  private final DatabaseClock clock;
  private final Duration tolerance;
  private boolean told;

  ClockWatch(
      JdbcTemplate jdbc,
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

  /**
   * Asks the database for the time. To be called at the start, and every few seconds. An answer
   * that comes late says nothing, so it is asked again; after a few, the clock goes on as it did.
   */
  public void compare() {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (jdbc.execute((ConnectionCallback<Boolean>) this::ask)) {
        tell();
        return;
      }
    }
    log.warn("the time is not compared: the database takes more than a second to answer");
  }

  /** Begins when there is a connection: the wait for one is not the answer's way. */
  private boolean ask(Connection connection) throws SQLException {
    try (PreparedStatement question = connection.prepareStatement("SELECT UTC_TIMESTAMP(6)")) {
      long asked = clock.nanos();
      try (ResultSet answer = question.executeQuery()) {
        answer.next();
        return clock.set(answer.getObject(1, LocalDateTime.class).toInstant(ZoneOffset.UTC), asked);
      }
    }
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
