package io.facteur.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.facteur.channel.SmtpSettings.Security;
import io.facteur.delivery.Receipt;
import io.facteur.delivery.TransmissionFailure;
import io.facteur.testing.ScriptedSmtpServer;
import io.facteur.testing.TestCertificate;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SecuredMailTest {

  private static SSLContext tls;

  private final ScriptedSmtpServer server = new ScriptedSmtpServer();
  private final MailTransports transports =
      new MailTransports(
          new RecordingMarker(), Clock.systemUTC(), bundle -> tls.getSocketFactory());

  @BeforeAll
  static void makeCertificate(@TempDir Path folder) throws Exception {
    tls = TestCertificate.of(folder, "ip:127.0.0.1").context();
  }

  @AfterEach
  void stop() throws IOException {
    transports.close();
    server.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"TLS", "STARTTLS", "STARTTLS_IF_OFFERED"})
  void mailsShareASecuredConnection(Security security) throws Exception {
    server.secured(tls, security == Security.TLS);
    MailSender sender = sender("127.0.0.1", security, "relay");

    sender.send(MailSenderTest.mail("Bonjour", "anna@buyer.example"));
    sender.send(MailSenderTest.mail("Bonjour", "anna@buyer.example"));

    assertThat(server.accepted()).hasSize(2);
    assertThat(server.connections()).isEqualTo(1);
  }

  @Test
  void aSecuredConnectionThatTheServerClosedIsReplacedAtOnce() throws Exception {
    server.secured(tls, true);
    MailSender sender = sender("127.0.0.1", Security.TLS, "relay");
    sender.send(MailSenderTest.mail("Bonjour", "anna@buyer.example"));
    server.closeConnections(null);

    sender.send(MailSenderTest.mail("Bonjour", "anna@buyer.example"));

    assertThat(server.connections()).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource(names = {"TLS", "STARTTLS"})
  void aServerWithAnotherNameThanItsCertificateGetsNothing(Security security) {
    server.secured(tls, security == Security.TLS);

    assertRefused(sender("localhost", security, "relay"));
  }

  @ParameterizedTest
  @EnumSource(names = {"TLS", "STARTTLS"})
  void aServerWithoutATrustedCertificateGetsNothing(Security security) {
    server.secured(tls, security == Security.TLS);

    assertRefused(sender("127.0.0.1", security, null));
  }

  private void assertRefused(MailSender sender) {
    TransmissionFailure failure =
        catchThrowableOfType(
            TransmissionFailure.class,
            () -> sender.send(MailSenderTest.mail("Bonjour", "anna@buyer.example")));

    assertThat(failure.receipt().outcome()).isEqualTo(Receipt.Outcome.FAILED_TEMPORARILY);
    assertThat(failure.receipt().reason()).contains("no TLS that we trust");
    assertThat(server.commands()).noneMatch(command -> command.startsWith("MAIL"));
  }

  private MailSender sender(String host, Security security, String bundle) {
    SmtpSettings account =
        new SmtpSettings(
            host,
            server.port(),
            null,
            null,
            security,
            2,
            "client.example",
            bundle,
            new SmtpSettings.Reuse(100, Duration.ofSeconds(30)),
            new SmtpSettings.Timeouts(
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5)));
    return new MailSender(account, transports);
  }
}
