package io.facteur.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.facteur.channel.MailDestination;
import io.facteur.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcClientAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcTemplateAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ContextConfiguration;

/** A start on a database server of the user's. */
@SpringBootTest(webEnvironment = WebEnvironment.NONE)
@ContextConfiguration(initializers = TestDatabase.Initializer.class)
class ExternalStartTest {

  @Autowired private JdbcClient database;
  @Autowired private HikariDataSource pool;
  @Autowired private MailDestination mail;
  @Autowired private ObjectProvider<EmbeddedMariaDb> embedded;

  @Test
  void itUsesThatDatabaseInUtcAndStartsNothingOfItsOwn() {
    assertThat(embedded.getIfAvailable()).isNull();
    assertThat(mail).isEqualTo(new MailDestination("127.0.0.1", 1, false, null));
    assertThat(database.sql("SELECT COUNT(*) FROM document").query(Integer.class).single())
        .isZero();
    assertThat(
            database
                .sql("SELECT CONCAT_WS(' ', @@session.time_zone, @@session.tx_isolation)")
                .query(String.class)
                .single())
        .isEqualTo("+00:00 READ-COMMITTED");
    // The URL of a user's server does not say it.
    assertThat(pool.getDataSourceProperties())
        .containsEntry("connectionTimeZone", "UTC")
        .containsEntry("forceConnectionTimeZoneToSession", "true")
        .containsEntry("preserveInstants", "true");
  }

  @Configuration(proxyBeanMethods = false)
  @Import({DatabaseConfiguration.class, MailCatcherConfiguration.class})
  @EnableConfigurationProperties(DatabaseSettings.class)
  @ImportAutoConfiguration({
    DataSourceAutoConfiguration.class,
    JdbcTemplateAutoConfiguration.class,
    JdbcClientAutoConfiguration.class,
    FlywayAutoConfiguration.class
  })
  static class Parts {}
}
