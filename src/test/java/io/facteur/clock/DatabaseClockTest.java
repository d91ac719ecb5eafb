package io.facteur.clock;

import static org.assertj.core.api.Assertions.assertThat;

import io.facteur.testing.SettableClock;
import io.facteur.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** A machine's clock may be wrong, or be set in the midst of everything: the database's counts. */
class DatabaseClockTest {

  private final SettableClock machine = new SettableClock();
  private final AtomicLong nanos = new AtomicLong(1_000);
  private final DatabaseClock clock = new DatabaseClock(machine, nanos::get);
  private final Instant database = machine.instant().minus(Duration.ofDays(1));

  @Test
  void beforeItIsSetItGoesByTheMachine() {
    assertThat(clock.instant()).isEqualTo(machine.instant());
    assertThat(clock.machineAhead()).isZero();
  }

  @Test
  void onceSetItTellsTheDatabasesTime() {
    long asked = clock.nanos();
    pass(Duration.ofMillis(10));
    clock.set(database, asked);

    assertThat(clock.instant()).isEqualTo(database.plusMillis(5));
    assertThat(clock.withZone(ZoneId.of("Europe/Paris")).instant()).isEqualTo(clock.instant());
    assertThat(clock.machineAhead()).isBetween(Duration.ofHours(23), Duration.ofHours(25));
  }

  @Test
  void aMachinesClockThatIsSetMeanwhileChangesNothing() {
    clock.set(database, clock.nanos());

    pass(Duration.ofSeconds(3));
    machine.advance(Duration.ofDays(-2));

    assertThat(clock.instant()).isEqualTo(database.plusSeconds(3));
    assertThat(clock.machineAhead()).isNegative();
  }

  @Test
  void anAnswerThatComesTooLateToTellTheTimeIsIgnored() {
    clock.set(database, clock.nanos());
    long asked = clock.nanos();
    pass(Duration.ofSeconds(29));

    assertThat(clock.set(database, asked)).isFalse();
    assertThat(clock.instant()).as("goes on").isEqualTo(database.plusSeconds(29));
  }

  @Test
  void theWaitForAConnectionIsNotTakenForTheAnswersWay() {
    DataSource database = TestDatabase.fresh();
    DatabaseClock ofNode = new DatabaseClock(machine, nanos::get);
    DataSource busy =
        new DelegatingDataSource(database) {
          @Override
          public Connection getConnection() throws SQLException {
            pass(Duration.ofSeconds(29));
            return super.getConnection();
          }
        };

    new ClockWatch(new JdbcTemplate(busy), ofNode, Duration.ofSeconds(5)).compare();

    assertThat(Duration.between(Instant.now(), ofNode.instant()).abs())
        .isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void aWrongClockIsNoticedByTheDatabaseAndByTheTimeThatPassed() {
    SettableClock wrong = new SettableClock();
    DatabaseClock ofNode = new DatabaseClock(wrong, nanos::get);
    ClockWatch watch =
        new ClockWatch(new JdbcTemplate(TestDatabase.fresh()), ofNode, Duration.ofSeconds(5));
    wrong.advance(Duration.between(wrong.instant(), Instant.now()).plusDays(1));

    watch.compare();
    assertThat(watch.isRight()).isFalse();
    assertThat(watch.ahead()).isBetween(Duration.ofHours(23), Duration.ofHours(25));
    assertThat(Duration.between(Instant.now(), ofNode.instant()).abs())
        .isLessThan(Duration.ofMinutes(1));

    wrong.advance(Duration.ofDays(-1));
    assertThat(watch.isRight()).isTrue();
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }
}
