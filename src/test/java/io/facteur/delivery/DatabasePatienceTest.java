package io.facteur.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.facteur.testing.AwayDatabase;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

class DatabasePatienceTest {

  @Test
  void theWaitForAConnectionIsPartOfThePatience() {
    AtomicInteger tries = new AtomicInteger();
    try (HikariDataSource away = AwayDatabase.pool()) {
      JdbcClient jdbc = JdbcClient.create(away);
      DatabasePatience patience = patience(AwayDatabase.TRY.multipliedBy(2));

      assertThatThrownBy(
              () ->
                  patience.persist(
                      "record",
                      () -> {
                        tries.incrementAndGet();
                        return jdbc.sql("DO 1").update();
                      }))
          .isInstanceOf(DataAccessException.class);
    }

    assertThat(tries).hasValueBetween(1, 2);
  }

  private static DatabasePatience patience(Duration patience) {
    LedgerSettings usual = LedgerOffice.SETTINGS;
    return new DatabasePatience(
        new LedgerSettings(usual.claimLease(), usual.sendLease(), usual.handOutAgain(), patience));
  }
}
