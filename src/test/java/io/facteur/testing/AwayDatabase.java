package io.facteur.testing;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;

/** A pool whose server refuses all connections, as one that is being restarted does. */
public final class AwayDatabase {

  /** How long each try takes. */
  public static final Duration TRY = Duration.ofMillis(250);

  private AwayDatabase() {}

  /** To be closed by the caller. */
  public static HikariDataSource pool() {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl("jdbc:mariadb://127.0.0.1:1/away");
    config.setConnectionTimeout(TRY.toMillis());
    config.setInitializationFailTimeout(-1);
    return new HikariDataSource(config);
  }
}
