package io.facteur.testing;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Stops whoever is about to change a certain row, in the middle of the transaction, until it is
 * closed: a trigger that waits for a lock which the test holds.
 */
public final class DatabaseHold implements AutoCloseable {

  private static final String TRIGGER = "test_hold";

  private final JdbcClient jdbc;
  private final Connection holder;

  /**
   * Holds from now on.
   *
   * @param change e.g. {@code UPDATE ON transmission}
   * @param condition on {@code NEW}, e.g. {@code NEW.state = 'ENDED'}
   */
  public DatabaseHold(DataSource database, String change, String condition) throws SQLException {
    jdbc = JdbcClient.create(database);
    holder = database.getConnection();
    try (Statement statement = holder.createStatement()) {
      statement.execute("DO GET_LOCK(CONCAT(DATABASE(), '.hold'), 0)");
      statement.execute(
          """
          CREATE TRIGGER %s BEFORE %s FOR EACH ROW
          BEGIN
            IF %s THEN
              SET @held = GET_LOCK(CONCAT(DATABASE(), '.hold'), 600);
              SET @held = RELEASE_LOCK(CONCAT(DATABASE(), '.hold'));
            END IF;
          END
          """
              .formatted(TRIGGER, change, condition));
    }
  }

  /** Waits until somebody is stopped. */
  public void awaitSomebodyHeld() {
    awaitHeld(1);
  }

  /** Waits until so many are stopped. */
  public void awaitHeld(int number) {
    Awaitility.await("held sessions")
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> sessions().size() >= number);
  }

  /**
   * Nothing of those who were stopped, and have been killed, is carried out any more: as if they
   * had died before the server got their statement, which otherwise it might finish and commit.
   */
  @Override
  public void close() throws SQLException {
    try {
      sessions().forEach(session -> jdbc.sql("KILL ?").param(session).update());
      Awaitility.await("the killed sessions to be given up")
          .atMost(Duration.ofSeconds(30))
          .pollInterval(Duration.ofMillis(20))
          .until(() -> sessions().isEmpty());
    } finally {
      try (Statement statement = holder.createStatement()) {
        statement.execute("DO RELEASE_ALL_LOCKS()");
      }
      holder.close();
      jdbc.sql("DROP TRIGGER " + TRIGGER).update();
    }
  }

  private List<Long> sessions() {
    return jdbc.sql(
            """
            SELECT id FROM information_schema.processlist
            WHERE db = DATABASE() AND state = 'User lock'
            """)
        .query(Long.class)
        .list();
  }
}
