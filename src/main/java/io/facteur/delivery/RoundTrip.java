package io.facteur.delivery;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Transactions of the ledger that the server carries out in one round trip, from a text that it has
 * parsed once for each session: begin and commit, what switches a connection to transactions and
 * back, and parsing would take more of both sides than the changes themselves. Read committed, as
 * all transactions of the ledger.
 *
 * <p>Parameters become variables of the block. MariaDB parses a single statement of it anew when a
 * table has been changed, and does not know what a question mark in it stands for.
 */
@Component
class RoundTrip {

  private static final String TRANSACTION =
      """
      BEGIN NOT ATOMIC
        DECLARE changed INT DEFAULT 0;
        %s
        SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
        START TRANSACTION;
        %s
        COMMIT;
        SELECT changed;
      END
      """;

  private static final Pattern PARAMETER = Pattern.compile(":([A-Za-z]+)");
  private static final String VARIABLE = "given_";

  /** Longer texts are declared as such. */
  private static final int SHORT = 1_000;

  /** Of a session that has not been given the text yet. */
  private static final int UNKNOWN_STATEMENT = 1243;

  /** What decides the text: a list has a variable for each of its values. */
  private record Shape(String transaction, List<String> variables) {}

  private record Text(String name, String sql) {}

  // Sessions may be shared by whoever is in this process.
  private static final Map<Shape, Text> TEXTS = new ConcurrentHashMap<>();
  private static final Map<String, Set<String>> PARAMETERS = new ConcurrentHashMap<>();
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final JdbcTemplate jdbc;

  RoundTrip(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** Whether it can be taken here: within a transaction it would end that one. */
  static boolean isPossible() {
    return !TransactionSynchronizationManager.isActualTransactionActive();
  }

  /**
   * Carries out statements as a transaction; whether it has changed something.
   *
   * @param statements a constant; each ended by a semicolon, with named parameters; they set {@code
   *     changed}
   * @param parameters numbers and texts, lists of them that are not empty, null
   */
  boolean changes(String statements, Map<String, ?> parameters) {
    if (!isPossible()) {
      throw new IllegalStateException("this would end the caller's transaction");
    }
    List<String> variables = new ArrayList<>();
    List<Object> values = new ArrayList<>();
    for (String name : PARAMETERS.computeIfAbsent(statements, RoundTrip::parameters)) {
      Object value = parameters.get(name);
      List<?> all = value instanceof List<?> list ? list : Collections.singletonList(value);
      for (int i = 0; i < all.size(); i++) {
        variables.add(variable(name, i) + " " + type(all.get(i)));
        values.add(all.get(i));
      }
    }
    Text text = TEXTS.computeIfAbsent(new Shape(statements, variables), RoundTrip::text);
    ConnectionCallback<Boolean> trip = connection -> changed(connection, text, values);
    return Boolean.TRUE.equals(jdbc.execute(trip));
  }

  private static Set<String> parameters(String statements) {
    return PARAMETER
        .matcher(statements)
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static String variable(String parameter, int index) {
    return VARIABLE + parameter + "_" + index;
  }

  private static String type(Object value) {
    if (value instanceof Number) {
      return "BIGINT";
    }
    boolean isLong = value != null && value.toString().length() > SHORT;
    return (isLong ? "LONGTEXT" : "VARCHAR(" + SHORT + ")")
        + " CHARACTER SET utf8mb4 COLLATE utf8mb4_bin";
  }

  private static Text text(Shape shape) {
    String declarations =
        shape.variables().stream()
            .map(variable -> "DECLARE " + variable + " DEFAULT ?;")
            .collect(Collectors.joining("\n  "));
    String statements =
        PARAMETER
            .matcher(shape.transaction())
            .replaceAll(found -> variables(found.group(1), shape.variables()));
    return new Text(
        "facteur_" + NUMBER.incrementAndGet(),
        TRANSACTION.formatted(declarations, statements.indent(2).strip()));
  }

  private static String variables(String parameter, List<String> all) {
    return IntStream.range(0, all.size())
        .mapToObj(i -> variable(parameter, i))
        .filter(name -> all.stream().anyMatch(variable -> variable.startsWith(name + " ")))
        .collect(Collectors.joining(", "));
  }

  private static boolean changed(Connection connection, Text text, List<Object> values)
      throws SQLException {
    try {
      try {
        return execute(connection, text, values);
      } catch (SQLException e) {
        if (e.getErrorCode() != UNKNOWN_STATEMENT) {
          throw e;
        }
        prepare(connection, text);
        return execute(connection, text, values);
      }
    } catch (SQLException | RuntimeException | Error e) {
      undo(connection, e);
      throw e;
    }
  }

  private static void prepare(Connection connection, Text text) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("PREPARE " + text.name() + " FROM ?")) {
      statement.setString(1, text.sql());
      statement.execute();
    }
  }

  private static boolean execute(Connection connection, Text text, List<Object> values)
      throws SQLException {
    String marks = String.join(", ", Collections.nCopies(values.size(), "?"));
    try (PreparedStatement statement =
        connection.prepareStatement("EXECUTE " + text.name() + " USING " + marks)) {
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
