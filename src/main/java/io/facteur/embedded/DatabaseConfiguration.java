package io.facteur.embedded;

import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AbstractDependsOnBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.jdbc.DataSourceProperties;
import org.springframework.boot.autoconfigure.jdbc.JdbcConnectionDetails;
import org.springframework.boot.web.servlet.server.ServletWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/**
 * The database: the user's own if {@code spring.datasource.url} is set, else the embedded one. The
 * DataSource depends on the connection details, so that it is made after the database is ready and
 * closed before the embedded one stops.
 */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

  private static final Logger log = LoggerFactory.getLogger(DatabaseConfiguration.class);

  static boolean isExternal(Environment environment) {
    return StringUtils.hasText(environment.getProperty("spring.datasource.url"));
  }

  /** Otherwise the web server's start would bring it up, and report its failures as its own. */
  @Bean
  static BeanFactoryPostProcessor databaseBeforeWebServer() {
    return new AbstractDependsOnBeanFactoryPostProcessor(
        ServletWebServerFactory.class, JdbcConnectionDetails.class) {};
  }

  @Bean
  @Conditional(Embedded.class)
  EmbeddedMariaDb embeddedMariaDb(@Value("${facteur.data}") String dataFolder) {
    long start = System.nanoTime();
    EmbeddedMariaDb server =
        EmbeddedMariaDb.start(
            Path.of(dataFolder, "mariadb"),
            EmbeddedMariaDb.DURABLE,
            step -> log.info("Database: {} ({} s)", step, secondsSince(start)));
    log.info(
        "Database: {} after {} s, process {}, port {}",
        server.adopted() ? "taken over from an earlier run" : "ready",
        secondsSince(start),
        server.pid(),
        server.port());
    return server;
  }

  @Bean
  @Conditional(Embedded.class)
  JdbcConnectionDetails embeddedConnection(EmbeddedMariaDb server) {
    return new Connection(
        server.jdbcUrl(), EmbeddedMariaDb.USER, server.password(), "org.mariadb.jdbc.Driver");
  }

  @Bean
  @Conditional(External.class)
  JdbcConnectionDetails externalConnection(
      DataSourceProperties properties, DatabaseSettings settings) {
    String url = properties.determineUrl();
    new ExternalDatabase(url, properties.getUsername(), properties.getPassword())
        .awaitUsable(settings.patience(), step -> log.info("Database: {}", step));
    return new Connection(
        url,
        properties.determineUsername(),
        properties.determinePassword(),
        properties.determineDriverClassName());
  }

  private static String secondsSince(long start) {
    return "%.1f".formatted((System.nanoTime() - start) / 1e9);
  }

  private record Connection(String url, String username, String password, String driver)
      implements JdbcConnectionDetails {

    @Override
    public String getJdbcUrl() {
      return url;
    }

    @Override
    public String getUsername() {
      return username;
    }

    @Override
    public String getPassword() {
      return password;
    }

    @Override
    public String getDriverClassName() {
      return driver;
    }

    /** Without the password, which may stand in the URL as well. */
    @Override
    public String toString() {
      return "Connection[username=" + username + "]";
    }
  }

  static final class External implements Condition {
    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
      return isExternal(context.getEnvironment());
    }
  }

  static final class Embedded implements Condition {
    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
      return !isExternal(context.getEnvironment());
    }
  }
}
