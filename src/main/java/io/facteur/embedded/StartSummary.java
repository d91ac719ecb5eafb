package io.facteur.embedded;

import io.facteur.channel.MailDestination;
import io.facteur.recovery.RestoreWatch;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Says, once Facteur is ready, where everything lies. */
@Component
class StartSummary {

  private static final Logger log = LoggerFactory.getLogger(StartSummary.class);

  private static final String HELD =
      "\nHELD       nothing is sent, issued or billed until an admin releases it: /api/hold";

  private final Environment environment;
  private final MailDestination mail;
  private final ObjectProvider<RestoreWatch> restores;
  private final ObjectProvider<EmbeddedMariaDb> embedded;

  StartSummary(
      Environment environment,
      MailDestination mail,
      ObjectProvider<RestoreWatch> restores,
      ObjectProvider<EmbeddedMariaDb> embedded) {
    this.environment = environment;
    this.mail = mail;
    this.restores = restores;
    this.embedded = embedded;
  }

  @EventListener(ApplicationReadyEvent.class)
  void print() {
    log.info("Facteur is ready.\n{}", text().indent(2).stripTrailing());
  }

  String text() {
    return """
          API        %s/api, described at %1$s/swagger-ui.html
          database   %s
          mail       %s
          spool      %s
          outbox     %s
          archive    %s%s"""
        .formatted(
            address(),
            database(),
            mail.description(),
            folder("facteur.spool"),
            folder("facteur.outbox"),
            folder("facteur.archive"),
            restores.stream().anyMatch(RestoreWatch::isHeld) ? HELD : "");
  }

  private String address() {
    boolean tls = environment.getProperty("server.ssl.enabled", Boolean.class, false);
    String host = Optional.ofNullable(environment.getProperty("server.address")).orElse("0.0.0.0");
    String port =
        environment.getProperty(
            "local.server.port", environment.getProperty("server.port", "8080"));
    String path = environment.getProperty("server.servlet.context-path", "");
    return (tls ? "https://" : "http://")
        + (host.equals("0.0.0.0") ? "localhost" : host)
        + ":"
        + port
        + path;
  }

  private String database() {
    EmbeddedMariaDb server = embedded.getIfAvailable();
    if (server == null) {
      return ExternalDatabase.describe(environment.getRequiredProperty("spring.datasource.url"));
    }
    return "embedded MariaDB in %s, port %d of this machine"
        .formatted(server.folder(), server.port());
  }

  private String folder(String property) {
    return Path.of(environment.getRequiredProperty(property))
        .toAbsolutePath()
        .normalize()
        .toString();
  }
}
