package io.facteur.chaos;

import io.facteur.embedded.EmbeddedMariaDb;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A MariaDB server of its own that can be killed and started again. */
final class DatabaseServer implements AutoCloseable {

  private final Path folder;
  private EmbeddedMariaDb server;
  private final DataSource source;

  /** Starts it with the product's tables. */
  DatabaseServer(Path folder) {
    this.folder = folder;
    start();
    source = new DriverManagerDataSource(jdbcUrl(), EmbeddedMariaDb.USER, server.password());
    Flyway.configure().dataSource(source).locations("classpath:db/migration").load().migrate();
  }

  String jdbcUrl() {
    return server.jdbcUrl();
  }

  String password() {
    return server.password();
  }

  JdbcClient jdbc() {
    return JdbcClient.create(source);
  }

  /** SIGKILL; returns when it is dead. */
  void kill9() {
    ProcessHandle process = ProcessHandle.of(server.pid()).orElseThrow();
    process.destroyForcibly();
    process.onExit().join();
  }

  /** On the same port as before. */
  void restart() {
    String url = jdbcUrl();
    server.close();
    start();
    if (!jdbcUrl().equals(url)) {
      throw new IllegalStateException("the database is at " + jdbcUrl() + ", no longer at " + url);
    }
  }

  @Override
  public void close() {
    server.close();
  }

  private void start() {
    server = EmbeddedMariaDb.start(folder, EmbeddedMariaDb.DURABLE, step -> {});
  }
}
