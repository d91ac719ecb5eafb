package io.facteur.clock;

import static org.assertj.core.api.Assertions.assertThat;

import io.facteur.testing.SettableClock;
import io.facteur.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

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
  void aWrongClockIsNoticedByTheDatabaseAndByTheTimeThatPassed() {
    SettableClock wrong = new SettableClock();
    DatabaseClock ofNode = new DatabaseClock(wrong, nanos::get);
    ClockWatch watch =
        new ClockWatch(JdbcClient.create(TestDatabase.fresh()), ofNode, Duration.ofSeconds(5));
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
