package io.facteur.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.facteur.channel.MailDestination;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.spring.boot.CamelAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcClientAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcTemplateAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A start without any settings, on an empty data folder. */
class FirstStartTest {

  private static final List<String> EVENTS = new ArrayList<>();

  @Test
  void itHasADatabaseAndAMailCatcherAndStopsThemAfterAllThatUsesThem() throws Exception {
    Path data = TestFolders.fresh("first-start/mariadb").getParent();
    EVENTS.clear();
    long process;
    try (ConfigurableApplicationContext context = start(data)) {
      EmbeddedMariaDb server = context.getBean(EmbeddedMariaDb.class);
      MailDestination mail = context.getBean(MailDestination.class);
      process = server.pid();

      assertThat(documents(context.getBean(JdbcClient.class))).isZero();
      assertThat(settings(context.getBean(JdbcClient.class)))
          .as("nothing that was committed is lost, all times are UTC")
          .isEqualTo("1 ON READ-COMMITTED +00:00 utf8mb4");
      assertThat(mail.catcher()).isTrue();
      assertThat(mail.folder()).isEqualTo(data.resolve("mail-catcher")).isDirectory();
      assertThat(
              context
                  .getBean(CamelContext.class)
                  .resolvePropertyPlaceholders(
                      "smtp://{{facteur.smtp.host}}:{{facteur.smtp.port}}"))
          .isEqualTo("smtp://127.0.0.1:" + mail.port());
      assertThat(context.getBean(StartSummary.class).text())
          .contains("database   embedded MariaDB in " + data.resolve("mariadb"))
          .contains("mail catcher: nothing leaves this machine, mails lie in " + mail.folder())
          .contains("spool      " + data.resolve("spool"));
    }

    assertThat(EVENTS).containsExactly("routes stop, documents: 0", "last bean goes, documents: 0");
    assertThat(ProcessHandle.of(process)).isEmpty();
    assertThat(data.resolve("mariadb/data")).isDirectory();
    assertThat(Files.size(data.resolve("mariadb/password"))).isPositive();
  }

  private static ConfigurableApplicationContext start(Path data) {
    return new SpringApplicationBuilder(Parts.class)
        .web(WebApplicationType.NONE)
        .run(
            "--facteur.data=" + data,
            "--facteur.smtp.host=",
            "--spring.datasource.url=",
            "--camel.main.routes-include-pattern=false");
  }

  private static int documents(JdbcClient database) {
    return database.sql("SELECT COUNT(*) FROM document").query(Integer.class).single();
  }

  private static String settings(JdbcClient database) {
    return database
        .sql(
            """
            SELECT CONCAT_WS(' ', @@innodb_flush_log_at_trx_commit, @@innodb_doublewrite,
                @@tx_isolation, @@time_zone, @@character_set_server)
            """)
        .query(String.class)
        .single();
  }

  @Configuration(proxyBeanMethods = false)
  @Import({DatabaseConfiguration.class, MailCatcherConfiguration.class, StartSummary.class})
  @EnableConfigurationProperties(DatabaseSettings.class)
  @ImportAutoConfiguration({
    DataSourceAutoConfiguration.class,
    JdbcTemplateAutoConfiguration.class,
    JdbcClientAutoConfiguration.class,
    FlywayAutoConfiguration.class,
    CamelAutoConfiguration.class
  })
  static class Parts {

    /** Stands for the routes: stopped before any bean goes. */
    @Bean
    SmartLifecycle routes(JdbcClient database) {
      return new SmartLifecycle() {
        private boolean running;

        @Override
        public void start() {
          running = true;
        }

        @Override
        public void stop() {
          running = false;
          EVENTS.add("routes stop, documents: " + documents(database));
        }

        @Override
        public boolean isRunning() {
          return running;
        }
      };
    }

    @Bean
    DisposableBean user(DataSource dataSource) {
      return () ->
          EVENTS.add("last bean goes, documents: " + documents(JdbcClient.create(dataSource)));
    }
  }
}
