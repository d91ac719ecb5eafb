package io.facteur.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facteur.camel.BrokerSettings;
import io.facteur.testing.TestDatabase;
import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

@ExtendWith(OutputCaptureExtension.class)
class StartRefusedTest {

  @Test
  void aDatabaseOfOnesOwnWithoutMailServerIsRefused(CapturedOutput output) {
    assertThatThrownBy(() -> start("--spring.datasource.url=jdbc:mariadb://127.0.0.1:1/x"))
        .isInstanceOf(StartRefusedException.class);

    assertThat(output)
        .contains("APPLICATION FAILED TO START")
        .contains("Description:\n\nNo mail server is configured. With a database of its own")
        .contains("Action:\n\nSet FACTEUR_SMTP_HOST and")
        .doesNotContain("\tat ");
  }

  @Test
  void withoutDatabaseAndWithoutEmbeddedPartsItSaysWhichSettingsToMake(CapturedOutput output) {
    Thread thread = Thread.currentThread();
    ClassLoader all = thread.getContextClassLoader();
    try {
      thread.setContextClassLoader(new WithoutMariaDb(all));
      assertThatThrownBy(() -> start()).isInstanceOf(StartRefusedException.class);
    } finally {
      thread.setContextClassLoader(all);
    }

    assertThat(output)
        .contains("Description:\n\nNo database is configured, and this build carries no embedded")
        .contains("Action:\n\nSet SPRING_DATASOURCE_URL (e.g. jdbc:mariadb://db.example.com")
        .doesNotContain("\tat ");
  }

  @Test
  void anUnreachableDatabaseIsOneMessage(CapturedOutput output) {
    assertThatThrownBy(
            () ->
                start(
                    "--spring.datasource.url=jdbc:mariadb://127.0.0.1:1/office",
                    "--spring.datasource.username=office",
                    "--spring.datasource.password=s3cret",
                    "--facteur.smtp.host=127.0.0.1",
                    "--facteur.database.wait=0s"))
        .hasRootCauseInstanceOf(java.net.ConnectException.class);

    assertThat(output)
        .contains("Description:\n\nThe database at 127.0.0.1:1 cannot be reached: ")
        .contains("Action:\n\nCheck that MariaDB runs there")
        .doesNotContain("s3cret", "\tat ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          jdbc:mariadb://127.0.0.1:1/x;password=s3cret                       | tcp://broker
          jdbc:mysql://office:s3cret@127.0.0.1/x                             | tcp://broker
          jdbc:mariadb://127.0.0.1:1/x?user=office&password=s3cret           | tcp://broker
          jdbc:mariadb://127.0.0.1:1/x?user=office&password=s3cret&sslMode=x | tcp://broker
          jdbc:mariadb://127.0.0.1:1/x                                       | tcp://me:s3cret @broker
          jdbc:mariadb://127.0.0.1:1/x                                       | ://me:s3cret@broker
          """)
  void noPasswordIsToldByAStartThatFails(String database, String broker, CapturedOutput output) {
    assertThatThrownBy(
            () ->
                start(
                    "--spring.datasource.url=" + database,
                    "--facteur.database.wait=0s",
                    "--facteur.smtp.host=127.0.0.1",
                    "--facteur.smtp.username=office",
                    "--facteur.smtp.password=s3cret",
                    "--facteur.broker.url=" + broker,
                    "--facteur.broker.username=office",
                    "--facteur.broker.password=s3cret"))
        .isInstanceOf(Exception.class);

    assertThat(output).contains("APPLICATION FAILED TO START").doesNotContain("s3cret");
  }

  @Test
  void aSchemaOfALaterReleaseIsOneMessage(CapturedOutput output) {
    String url = TestDatabase.freshUrl();
    JdbcClient.create(
            new DriverManagerDataSource(url, TestDatabase.username(), TestDatabase.password()))
        .sql("UPDATE flyway_schema_history SET checksum = 1 WHERE version = '001'")
        .update();

    assertThatThrownBy(
        () ->
            start(
                "--spring.datasource.url="
                    + "%s&user=%s&password=%s"
                        .formatted(url, TestDatabase.username(), TestDatabase.password()),
                "--logging.level.org.flywaydb=debug",
                "--logging.level.com.zaxxer=debug",
                "--facteur.smtp.host=127.0.0.1"));

    assertThat(output)
        .contains("Description:\n\nThe database's schema does not belong to this release")
        .doesNotContain("\tat ", TestDatabase.password());
  }

  private static void start(String... settings) {
    new SpringApplicationBuilder(Parts.class).web(WebApplicationType.NONE).run(settings).close();
  }

  @Configuration(proxyBeanMethods = false)
  @Import({DatabaseConfiguration.class, MailCatcherConfiguration.class})
  @EnableConfigurationProperties({DatabaseSettings.class, BrokerSettings.class})
  @ImportAutoConfiguration({DataSourceAutoConfiguration.class, FlywayAutoConfiguration.class})
  static class Parts {}

  /** The class path of the released jar, as far as MariaDB's programs are concerned. */
  private static final class WithoutMariaDb extends ClassLoader {

    WithoutMariaDb(ClassLoader parent) {
      super(parent);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
      return name.startsWith("ch/vorburger/")
          ? Collections.emptyEnumeration()
          : super.getResources(name);
    }
  }
}
