package io.facteur.upgrade;

import io.facteur.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * A database as an earlier version has left it: migrated so far, and filled with what that version
 * wrote when it billed and sent its sample companies, read out by {@code mariadb-dump}. The tables
 * of Quartz are left out: they follow the routes.
 */
final class OldDatabase {

  private final String url = TestDatabase.emptyUrl();
  private final DriverManagerDataSource source =
      new DriverManagerDataSource(url, TestDatabase.username(), TestDatabase.password());
  private final JdbcClient jdbc = JdbcClient.create(source);

  /** Of that version of the schema. */
  static OldDatabase of(String version) {
    OldDatabase database = new OldDatabase();
    database.migrateTo(version);
    database.load(Path.of("src/test/resources/upgrade/v0" + version + ".sql"));
    return database;
  }

  String url() {
    return url;
  }

  JdbcClient jdbc() {
    return jdbc;
  }

  void migrateTo(String version) {
    Flyway.configure()
        .dataSource(source)
        .locations("classpath:db/migration")
        .target(version)
        .load()
        .migrate();
  }

  /** Names of tables with their columns, those that are computed left out. */
  Map<String, List<String>> columns() {
    Map<String, List<String>> columns = new TreeMap<>();
    jdbc.sql(
            """
            SELECT c.table_name AS t, c.column_name AS c FROM information_schema.columns c
            WHERE c.table_schema = DATABASE() AND c.generation_expression IS NULL
              AND c.table_name NOT LIKE 'QRTZ%' AND c.table_name <> 'flyway_schema_history'
            ORDER BY c.table_name, c.ordinal_position
            """)
        .query(
            row -> {
              columns
                  .computeIfAbsent(row.getString("t"), table -> new ArrayList<>())
                  .add(row.getString("c"));
            });
    return columns;
  }

  /** All rows of a table in some of its columns, each as one text, in the order of their texts. */
  List<String> rows(String table, List<String> columns) {
    String values =
        columns.stream()
            .map(column -> "COALESCE(CAST(`" + column + "` AS CHAR), 'NULL')")
            .collect(Collectors.joining(", "));
    return jdbc
        .sql("SELECT CONCAT_WS('|', %s) FROM `%s`".formatted(values, table))
        .query(String.class)
        .stream()
        .sorted()
        .toList();
  }

  /** Triggers would refuse lines of issued documents, and write events once more. */
  private void load(Path dump) {
    Map<String, String> triggers = new TreeMap<>();
    for (String name : jdbc.sql("SHOW TRIGGERS").query((row, i) -> row.getString(1)).list()) {
      triggers.put(
          name,
          jdbc.sql("SHOW CREATE TRIGGER " + name).query((row, i) -> row.getString(3)).single());
    }
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      // As mariadb-dump sets it: values of computed columns are in the dump and are ignored.
      statement.execute("SET FOREIGN_KEY_CHECKS = 0, SQL_MODE = 'NO_AUTO_VALUE_ON_ZERO'");
      for (String name : triggers.keySet()) {
        statement.execute("DROP TRIGGER " + name);
      }
      // Each statement of the dump begins on a line of its own.
      for (String insert :
          Files.readString(dump, StandardCharsets.UTF_8).split(";\n(?=INSERT INTO|$)")) {
        statement.execute(insert);
      }
      for (String trigger : triggers.values()) {
        statement.execute(trigger);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
