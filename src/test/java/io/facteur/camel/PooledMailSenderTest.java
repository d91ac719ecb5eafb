package io.facteur.camel;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.facteur.channel.MailComposer;
import io.facteur.channel.MailReceipts;
import io.facteur.channel.MailSender;
import io.facteur.channel.MailTemplates;
import io.facteur.channel.MailTransports;
import io.facteur.channel.RecordingMarker;
import io.facteur.channel.Samples;
import io.facteur.channel.SmtpSettings;
import io.facteur.delivery.Receipt;
import io.facteur.delivery.Shipment;
import io.facteur.delivery.TransmissionFailure;
import io.facteur.document.DocumentType;
import io.facteur.rendering.Templates;
import jakarta.mail.internet.MimeMessage;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PooledMailSenderTest {

  private static final String ROUTE =
      """
      - route:
          id: deliver-email
          from:
            uri: direct:email
            steps:
              - bean: {ref: mailComposer, method: compose}
              - to:
                  uri: smtp://mail.example:25
                  parameters: {javaMailSender: "#mailSender"}
              - bean: {ref: mailReceipts, method: sent}
      - route:
          id: mail-report
          from:
            uri: direct:report
            steps:
              - to:
                  uri: smtp://mail.example:25
                  parameters: {javaMailSender: "#mailSender", from: bills@seller.example, to: clerk@seller.example, subject: Report}
      """;

  private final GreenMail greenMail =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
  private final RecordingMarker marker = new RecordingMarker();
  private MailTransports transports;
  private CamelContext camel;
  private ProducerTemplate routes;

  @BeforeEach
  void start() throws Exception {
    greenMail.start();
    transports = new MailTransports(marker, Clock.systemUTC(), bundle -> null);
    MailSender sender = new MailSender(account(greenMail.getSmtp().getPort()), transports);
    MailComposer composer =
        new MailComposer(
            id -> Samples.document(DocumentType.INVOICE, "NL-2026-000012", "fr"),
            (document, item) -> Samples.attachment(),
            new MailTemplates(new Templates(Path.of("templates"))),
            "facteur",
            Clock.systemUTC());
    camel =
        YamlRoutes.start(
            ROUTE,
            Map.of(
                "mailComposer", composer,
                "mailSender", new PooledMailSender(sender),
                "mailReceipts", new MailReceipts()));
    routes = camel.createProducerTemplate();
  }

  @AfterEach
  void stop() {
    camel.stop();
    transports.close();
    greenMail.stop();
  }

  @Test
  void aRouteSendsAShipmentAndGetsItsReceipt() throws Exception {
    Receipt receipt = routes.requestBody("direct:email", shipment(), Receipt.class);

    assertThat(receipt.outcome()).isEqualTo(Receipt.Outcome.SENT);
    assertThat(receipt.evidence().get("smtpReply")).startsWith("250");
    assertThat(marker.marked()).containsExactly("<t42.r2.facteur@seller.example>");
    MimeMessage[] received = greenMail.getReceivedMessages();
    assertThat(received).hasSize(2); // GreenMail keeps one for each recipient.
    assertThat(received[0].getMessageID()).isEqualTo("<t42.r2.facteur@seller.example>");
    assertThat(received[0].getSubject()).isEqualTo("Énergie & Söhne AG, Facture n° NL-2026-000012");
    assertThat(received[0].getHeader("Bcc")).isNull();
  }

  @Test
  void aFailureReachesTheRoutesErrorHandlerWithItsReceipt() {
    marker.refuse();

    Exchange exchange = routes.request("direct:email", e -> e.getMessage().setBody(shipment()));

    assertThat(exchange.getException(TransmissionFailure.class).receipt().outcome())
        .isEqualTo(Receipt.Outcome.CLAIM_LOST);
    assertThat(greenMail.getReceivedMessages()).isEmpty();
  }

  @Test
  void aMailThatIsNoTransmissionIsSentUnmarked() throws Exception {
    routes.sendBody("direct:report", "3 of 3 sent");

    assertThat(greenMail.getReceivedMessages())
        .singleElement()
        .satisfies(mail -> assertThat(mail.getSubject()).isEqualTo("Report"));
    assertThat(marker.marked()).isEmpty();
  }

  private static Shipment shipment() {
    return Samples.shipment(
        "EMAIL",
        Samples.recipient(
            List.of("anna@buyer.example"), List.of(), List.of("secret@buyer.example")),
        Samples.item("NL-2026-000012", false));
  }

  private static SmtpSettings account(int port) {
    return new SmtpSettings(
        "127.0.0.1",
        port,
        null,
        null,
        SmtpSettings.Security.NONE,
        2,
        "client.example",
        null,
        new SmtpSettings.Reuse(100, Duration.ofSeconds(30)),
        new SmtpSettings.Timeouts(
            Duration.ofSeconds(2),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5)));
  }
}
