package io.facteur.delivery;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterUtils;
import org.springframework.jdbc.core.namedparam.ParsedSql;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Transactions of the ledger that the server carries out in one round trip, from a text that it has
 * parsed once for each session: begin and commit, what switches a connection to transactions and
 * back, and parsing would take more of both sides than the changes themselves. Read committed, as
 * all transactions of the ledger.
 */
@Component
class RoundTrip {

  private static final String TRANSACTION =
      """
      BEGIN NOT ATOMIC
        DECLARE changed INT DEFAULT 0;
        SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
        START TRANSACTION;
        %s
        COMMIT;
        SELECT changed;
      END
      """;

  /** Of a session that has not been given the text yet. */
  private static final int UNKNOWN_STATEMENT = 1243;

  // Sessions may be shared by whoever is in this process.
  private static final Map<String, String> NAMES = new ConcurrentHashMap<>();
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final JdbcTemplate jdbc;
  private final Map<String, ParsedSql> parsed = new ConcurrentHashMap<>();

  RoundTrip(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Makes a transaction of statements.
   *
   * @param statements each ended by a semicolon; they set {@code changed}
   */
  static String transaction(String statements) {
    return TRANSACTION.formatted(statements.indent(2).strip());
  }

  /** Whether it can be taken here: within a transaction it would end that one. */
  static boolean isPossible() {
    return !TransactionSynchronizationManager.isActualTransactionActive();
  }

  /**
   * Carries out a {@link #transaction}, a constant; whether it has changed something.
   *
   * @param parameters as for a named statement of Spring, lists included
   */
  boolean changes(String transaction, Map<String, ?> parameters) {
    if (!isPossible()) {
      throw new IllegalStateException("this would end the caller's transaction");
    }
    ParsedSql sql = parsed.computeIfAbsent(transaction, NamedParameterUtils::parseSqlStatement);
    MapSqlParameterSource source = new MapSqlParameterSource(parameters);
    String text = NamedParameterUtils.substituteNamedParameters(sql, source);
    List<Object> values = flat(NamedParameterUtils.buildValueArray(sql, source, null));
    ConnectionCallback<Boolean> trip = connection -> changed(connection, text, values);
    return Boolean.TRUE.equals(jdbc.execute(trip));
  }

  private static List<Object> flat(Object[] values) {
    List<Object> flat = new ArrayList<>();
    for (Object value : values) {
      if (value instanceof Collection<?> list) {
        flat.addAll(list);
      } else {
        flat.add(value);
      }
    }
    return flat;
  }

  private static boolean changed(Connection connection, String text, List<Object> values)
      throws SQLException {
    String name = NAMES.computeIfAbsent(text, unknown -> "facteur_" + NUMBER.incrementAndGet());
    try {
      try {
        return execute(connection, name, values);
      } catch (SQLException e) {
        if (e.getErrorCode() != UNKNOWN_STATEMENT) {
          throw e;
        }
        prepare(connection, name, text);
        return execute(connection, name, values);
      }
    } catch (SQLException | RuntimeException | Error e) {
      undo(connection, e);
      throw e;
    }
  }

  private static void prepare(Connection connection, String name, String text) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement("PREPARE " + name + " FROM ?")) {
      statement.setString(1, text);
      statement.execute();
    }
  }

  private static boolean execute(Connection connection, String name, List<Object> values)
      throws SQLException {
    String marks = String.join(", ", Collections.nCopies(values.size(), "?"));
    try (PreparedStatement statement =
        connection.prepareStatement("EXECUTE " + name + " USING " + marks)) {
      for (int i = 0; i < values.size(); i++) {
        statement.setObject(i + 1, values.get(i));
      }
      try (ResultSet row = statement.executeQuery()) {
        return row.next() && row.getInt(1) > 0;
      }
    }
  }

  /** What was broken off may be open still: whoever uses the connection next must not be in it. */
  private static void undo(Connection connection, Throwable reason) {
    try (Statement statement = connection.createStatement()) {
      statement.execute("ROLLBACK");
    } catch (SQLException e) {
      reason.addSuppressed(e);
      abort(connection, reason);
    }
  }

  /** The server ends the transaction of a session that ends. */
  private static void abort(Connection connection, Throwable reason) {
    try {
      connection.abort(Runnable::run);
    } catch (SQLException e) {
      reason.addSuppressed(e);
    }
  }
}
