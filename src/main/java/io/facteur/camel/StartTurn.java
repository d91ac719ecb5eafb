package io.facteur.camel;

import java.sql.Connection;
import java.time.Duration;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.stereotype.Component;

/**
 * Nodes start their routes one after the other: each stores its schedules then, and of two that
 * store the same one at once Quartz fails one. The turn is a lock of the database's, held by a
 * connection, so that a node that dies while it starts gives it back.
 */
@Component
class StartTurn {

  private static final Logger log = LoggerFactory.getLogger(StartTurn.class);

  private static final Duration STEP = Duration.ofMinutes(1);

  /** Names of locks are of the whole server, and have 64 characters at most. */
  private static final String NAME = "CONCAT('facteur.start.', MD5(DATABASE()))";

  private final DataSource dataSource;
  private final Duration patience;
  private final Duration step;
  private Connection connection;

  @Autowired
  StartTurn(DataSource dataSource, @Value("${facteur.start-patience:PT10M}") Duration patience) {
    this(dataSource, patience, STEP);
  }

  /**
   * For tests.
   *
   * @param step how often the log says whom this node waits for
   */
  StartTurn(DataSource dataSource, Duration patience, Duration step) {
    this.dataSource = dataSource;
    this.patience = patience;
    this.step = step;
  }

  /**
   * Waits for this node's turn.
   *
   * @throws StartTurnMissedException if another node starts for longer than this one may wait
   */
  synchronized void await() {
    connection = DataSourceUtils.getConnection(dataSource);
    Duration waited = Duration.ZERO;
    while (!got(step)) {
      waited = waited.plus(step);
      String holder = holder();
      if (waited.compareTo(patience) >= 0) {
        giveBack();
        throw new StartTurnMissedException(holder, waited);
      }
      log.warn(
          "this node waits for another one to start, since {} s: {}", waited.toSeconds(), holder);
    }
  }

  /** Gives the turn to the next node; may be called again. */
  synchronized void end() {
    if (connection == null) {
      return;
    }
    try {
      jdbc().sql("DO RELEASE_LOCK(" + NAME + ")").update();
    } catch (DataAccessException gone) {
      log.warn("the turn to start has ended with its connection: {}", gone.getMessage());
    } finally {
      giveBack();
    }
  }

  private boolean got(Duration wait) {
    return jdbc()
            .sql("SELECT GET_LOCK(" + NAME + ", :seconds)")
            .param("seconds", wait.toSeconds())
            .query(Integer.class)
            .single()
        == 1;
  }

  /** The node that starts, as the database knows it. */
  private String holder() {
    return jdbc()
        .sql(
            "SELECT CONCAT('connection ', id, ' from ', host) FROM information_schema.processlist"
                + " WHERE id = IS_USED_LOCK("
                + NAME
                + ")")
        .query(String.class)
        .optional()
        .orElse("it has just ended");
  }

  private void giveBack() {
    DataSourceUtils.releaseConnection(connection, dataSource);
    connection = null;
  }

  private JdbcClient jdbc() {
    return JdbcClient.create(new SingleConnectionDataSource(connection, true));
  }
}
