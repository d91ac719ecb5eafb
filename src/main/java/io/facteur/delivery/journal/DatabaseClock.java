package io.facteur.delivery.journal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionException;

/**
 * The database's clock, asked now and then and counted on in between, whatever this machine's own
 * clock does. By the latter a clock that is set forward would make the journal throw away its days,
 * and one that is set back would break their order.
 */
public final class DatabaseClock extends Clock {

  private static final Duration TRUSTED = Duration.ofMinutes(1);

  private record Seen(Instant time, long nanos) {}

  private final JdbcClient jdbc;
  private final LongSupplier nanos;
  private final AtomicReference<Seen> seen = new AtomicReference<>();

  public DatabaseClock(JdbcClient jdbc) {
    this(jdbc, System::nanoTime);
  }

  DatabaseClock(JdbcClient jdbc, LongSupplier nanos) {
    this.jdbc = jdbc;
    this.nanos = nanos;
  }

  /** While the database is away, what it would say. */
  @Override
  public Instant instant() {
    Seen last = seen.get();
    long now = nanos.getAsLong();
    if (last == null || now - last.nanos() > TRUSTED.toNanos()) {
      try {
        last = new Seen(ask(), now);
        seen.set(last);
      } catch (DataAccessException | TransactionException away) {
        if (last == null) {
          throw away;
        }
      }
    }
    return last.time().plusNanos(now - last.nanos());
  }

  private Instant ask() {
    long micros =
        jdbc.sql("SELECT TIMESTAMPDIFF(MICROSECOND, '1970-01-01', UTC_TIMESTAMP(6))")
            .query(Long.class)
            .single();
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("the database's sessions are in UTC");
  }
}
