package io.facteur.camel;

import java.sql.Connection;
import java.time.Duration;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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

  /** Names of locks are of the whole server, and have 64 characters at most. */
  private static final String NAME = "CONCAT('facteur.start.', MD5(DATABASE()))";

  private final DataSource dataSource;
  private final Duration patience;
  private Connection connection;

  StartTurn(DataSource dataSource, @Value("${facteur.start-patience:PT1M}") Duration patience) {
    this.dataSource = dataSource;
    this.patience = patience;
  }

  /** Waits for this node's turn; one that does not come in time is not waited for any longer. */
  synchronized void await() {
    connection = DataSourceUtils.getConnection(dataSource);
    Integer got =
        jdbc()
            .sql("SELECT GET_LOCK(" + NAME + ", :seconds)")
            .param("seconds", patience.toSeconds())
            .query(Integer.class)
            .single();
    if (got != 1) {
      log.warn("another node has been starting for {}; this one goes on", patience);
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
      DataSourceUtils.releaseConnection(connection, dataSource);
      connection = null;
    }
  }

  private JdbcClient jdbc() {
    return JdbcClient.create(new SingleConnectionDataSource(connection, true));
  }
}
