package io.facteur.delivery.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.facteur.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

class DatabaseClockTest {

  private static DataSource database;

  private final AtomicLong nanos = new AtomicLong(77);
  // The session's own time, which SET TIMESTAMP moves.
  private final SingleConnectionDataSource session =
      new SingleConnectionDataSource(
          TestDatabase.jdbcUrl(database), TestDatabase.username(), TestDatabase.password(), true);
  private final JdbcClient jdbc = JdbcClient.create(session);
  private final DatabaseClock clock = new DatabaseClock(jdbc, nanos::get);

  @BeforeAll
  static void create() {
    database = TestDatabase.fresh();
  }

  @Test
  void theDatabasesTimeCountsNotThisMachines() {
    Instant longAgo = Instant.parse("2024-02-29T23:59:58.250Z");
    databaseSays(longAgo);

    assertThat(clock.instant()).isEqualTo(longAgo);
    pass(Duration.ofSeconds(3));
    assertThat(clock.instant()).isEqualTo(longAgo.plusSeconds(3));
  }

  @Test
  void itIsAskedAgainAfterAMinute() {
    Instant first = Instant.parse("2026-11-30T10:00:00Z");
    databaseSays(first);
    clock.instant();
    databaseSays(first.plusSeconds(75));
    pass(Duration.ofSeconds(59));
    assertThat(clock.instant()).isEqualTo(first.plusSeconds(59));

    pass(Duration.ofSeconds(2));

    assertThat(clock.instant()).isEqualTo(first.plusSeconds(75));
  }

  @Test
  void whileTheDatabaseIsAwayItIsCountedOn() {
    Instant before = clock.instant();
    session.destroy();
    session.setUrl("jdbc:mariadb://127.0.0.1:1/nothing");
    pass(Duration.ofMinutes(5));

    assertThat(clock.instant()).isCloseTo(before.plusSeconds(300), within(1, ChronoUnit.MILLIS));
  }

  private void databaseSays(Instant time) {
    jdbc.sql("SET TIMESTAMP = " + time.getEpochSecond() + "." + time.getNano() / 1_000_000)
        .update();
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }
}
