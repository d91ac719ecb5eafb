package io.facteur.benchmark;

import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the database server has counted since its start, without this look at it. */
record ServerStatus(long statements, long commits, long syncs, long logBytes, long pageBytes) {

  static ServerStatus of(JdbcClient jdbc) {
    Map<String, Long> values = new HashMap<>();
    jdbc.sql(
            """
            SHOW GLOBAL STATUS WHERE Variable_name IN
              ('Questions', 'Handler_commit', 'Innodb_data_fsyncs', 'Innodb_os_log_written',
               'Innodb_data_written')
            """)
        .query(
            row -> {
              values.put(row.getString(1), row.getLong(2));
            });
    return new ServerStatus(
        values.get("Questions"),
        values.get("Handler_commit"),
        values.get("Innodb_data_fsyncs"),
        values.get("Innodb_os_log_written"),
        values.get("Innodb_data_written"));
  }

  /**
   * What has been counted since then.
   *
   * @param ownStatements those of the observer
   */
  ServerStatus since(ServerStatus before, long ownStatements) {
    return new ServerStatus(
        statements - before.statements - ownStatements,
        commits - before.commits,
        syncs - before.syncs,
        logBytes - before.logBytes,
        pageBytes - before.pageBytes);
  }
}
