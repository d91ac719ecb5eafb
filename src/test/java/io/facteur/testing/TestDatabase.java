package io.facteur.testing;

import com.zaxxer.hikari.HikariDataSource;
import io.facteur.embedded.EmbeddedMariaDb;
import io.facteur.embedded.StartRefusedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.util.FileSystemUtils;

/**
 * Databases for tests: each new, empty, migrated, all on one MariaDB server for each test JVM.
 *
 * <p>Plain tests take {@link #fresh()}. Spring Boot tests take {@code @ContextConfiguration(
 * initializers = TestDatabase.Initializer.class)}, which lets contexts of the same configuration be
 * shared.
 */
public final class TestDatabase {

  /** Tests forget everything anyway: no flushing. */
  private static final List<String> FAST =
      List.of(
          "--innodb-flush-log-at-trx-commit=0",
          "--innodb-flush-method=nosync",
          "--innodb-doublewrite=0",
          "--innodb-log-file-size=32M",
          "--innodb-buffer-pool-size=128M",
          "--max-connections=500");

  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static volatile boolean usedByContexts;
  private static final Queue<HikariDataSource> POOLS = new ConcurrentLinkedQueue<>();

  private TestDatabase() {}

  /** A pool of at most ten connections to a new database with the schema of the product. */
  public static DataSource fresh() {
    return poolOf(freshUrl());
  }

  /** The URL of a new database with the schema of the product. */
  public static String freshUrl() {
    String url = emptyUrl();
    Flyway.configure()
        .dataSource(url, EmbeddedMariaDb.USER, Server.INSTANCE.password())
        .locations("classpath:db/migration")
        .load()
        .migrate();
    return url;
  }

  /** The URL of a new database without any table. */
  public static String emptyUrl() {
    String name = "facteur_test_" + NUMBER.incrementAndGet();
    execute("CREATE DATABASE " + name + " CHARACTER SET utf8mb4");
    return Server.INSTANCE.jdbcUrl(name);
  }

  /** The URL to which a pool given by {@link #fresh()} is connected. */
  public static String jdbcUrl(DataSource dataSource) {
    return ((HikariDataSource) dataSource).getJdbcUrl();
  }

  public static String username() {
    return EmbeddedMariaDb.USER;
  }

  public static String password() {
    return Server.INSTANCE.password();
  }

  /** For {@code @DynamicPropertySource}: a new database; Spring migrates it. */
  public static void properties(DynamicPropertyRegistry registry) {
    springProperties().forEach((name, value) -> registry.add(name, () -> value));
  }

  /** Gives a Spring Boot context a new database, a data folder, and a mail server that refuses. */
  public static final class Initializer
      implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
      MapPropertySource source = new MapPropertySource("test database", springProperties());
      MutablePropertySources sources = context.getEnvironment().getPropertySources();
      // What a test sets itself wins.
      if (sources.contains("Inlined Test Properties")) {
        sources.addAfter("Inlined Test Properties", source);
      } else {
        sources.addFirst(source);
      }
    }
  }

  private static Map<String, Object> springProperties() {
    usedByContexts = true;
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("spring.datasource.url", emptyUrl());
    properties.put("spring.datasource.username", username());
    properties.put("spring.datasource.password", password());
    properties.put("facteur.data", "target/test-data/" + NUMBER.get());
    properties.put("facteur.smtp.host", "127.0.0.1");
    properties.put("facteur.smtp.port", 1);
    return properties;
  }

  private static HikariDataSource poolOf(String url) {
    HikariDataSource pool = new HikariDataSource();
    pool.setJdbcUrl(url);
    pool.setUsername(username());
    pool.setPassword(password());
    pool.setMaximumPoolSize(10);
    pool.setMinimumIdle(0);
    POOLS.add(pool);
    return pool;
  }

  private static void execute(String sql) {
    try (Connection connection =
            DriverManager.getConnection(Server.INSTANCE.jdbcUrl(""), username(), password());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Started by the first test that needs it. */
  private static final class Server {

    static final EmbeddedMariaDb INSTANCE = start();

    private static EmbeddedMariaDb start() {
      EmbeddedMariaDb server = startInFreeFolder();
      // Shutdown hooks run all at once, and contexts would lose their database: where there are
      // any, Spring Boot's own hook stops the server after it has closed them.
      SpringApplication.getShutdownHandlers().add(() -> stop(server));
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    if (!usedByContexts) {
                      stop(server);
                    }
                  }));
      return server;
    }

    private static void stop(EmbeddedMariaDb server) {
      POOLS.forEach(HikariDataSource::close);
      server.close();
      try {
        FileSystemUtils.deleteRecursively(server.folder().resolve("data"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** One folder for each test JVM that runs at the same time. */
    private static EmbeddedMariaDb startInFreeFolder() {
      List<StartRefusedException> failures = new ArrayList<>();
      for (int slot = 1; slot <= 4; slot++) {
        Path folder = Path.of("target", "mariadb", Integer.toString(slot));
        try {
          EmbeddedMariaDb server = EmbeddedMariaDb.start(folder, FAST, step -> {});
          dropLeftovers(server);
          return server;
        } catch (StartRefusedException e) {
          failures.add(e);
        }
      }
      throw failures.get(0);
    }

    /** A killed run leaves its databases, and perhaps its server. */
    private static void dropLeftovers(EmbeddedMariaDb server) {
      try (Connection connection =
              DriverManager.getConnection(
                  server.jdbcUrl(""), EmbeddedMariaDb.USER, server.password());
          Statement statement = connection.createStatement()) {
        List<String> leftovers = new ArrayList<>();
        try (ResultSet names = statement.executeQuery("SHOW DATABASES LIKE 'facteur\\_test\\_%'")) {
          while (names.next()) {
            leftovers.add(names.getString(1));
          }
        }
        for (String name : leftovers) {
          statement.execute("DROP DATABASE " + name);
        }
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
