package io.facteur.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facteur.channel.SmtpSettings.Security;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.io.FileSystemResource;

class SmtpSettingsTest {

  private static final SmtpSettings DEFAULTS =
      new SmtpSettings(
          null,
          25,
          null,
          null,
          Security.STARTTLS_IF_OFFERED,
          4,
          null,
          null,
          new SmtpSettings.Reuse(100, Duration.ofSeconds(30)),
          new SmtpSettings.Timeouts(
              Duration.ofSeconds(10),
              Duration.ofMinutes(5),
              Duration.ofMinutes(10),
              Duration.ofMinutes(2)));

  @Test
  void theFileShowsTheDefaults() throws IOException {
    Map<String, Object> file = new TreeMap<>();
    EnumerablePropertySource<?> yaml =
        (EnumerablePropertySource<?>)
            new YamlPropertySourceLoader()
                .load("application", new FileSystemResource("config/application.yaml"))
                .get(0);
    for (String name : yaml.getPropertyNames()) {
      file.put(name, String.valueOf(yaml.getProperty(name)).replaceAll("\\$\\{[^}]*}", ""));
    }

    assertThat(bound(file)).isEqualTo(DEFAULTS);
    assertThat(bound(Map.of("facteur.smtp.port", "25"))).isEqualTo(DEFAULTS);
  }

  @ParameterizedTest
  @CsvSource({
    "relay.example, 25, mailer, secret, NONE, could send the password in clear",
    "relay.example, 25, mailer, secret, STARTTLS_IF_OFFERED, could send the password in clear",
    "relay.example, 25, mailer,, STARTTLS, belong together",
    "relay.example, 25,, secret, STARTTLS, belong together",
    "relay.example, 70000,,, STARTTLS, lies between 1 and 65535"
  })
  void whatCannotBeRightIsRefused(
      String host, int port, String username, String password, Security security, String reason) {
    assertThatThrownBy(() -> settings(host, port, username, password, security))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, mailer, secret, NONE",
    "relay.example, mailer, secret, STARTTLS",
    "relay.example, mailer, secret, TLS",
    "relay.example,,, NONE"
  })
  void whatIsSafeIsTaken(String host, String username, String password, Security security) {
    assertThat(settings(host, 25, username, password, security).toString())
        .contains(host)
        .doesNotContain("secret");
  }

  private static SmtpSettings settings(
      String host, int port, String username, String password, Security security) {
    return new SmtpSettings(
        host,
        port,
        username,
        password,
        security,
        4,
        null,
        null,
        DEFAULTS.reuse(),
        DEFAULTS.timeouts());
  }

  private static SmtpSettings bound(Map<String, Object> properties) {
    return new Binder(new MapConfigurationPropertySource(properties))
        .bind("facteur.smtp", SmtpSettings.class)
        .get();
  }
}
