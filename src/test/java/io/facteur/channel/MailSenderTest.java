package io.facteur.channel;

import static io.facteur.testing.ScriptedSmtpServer.ACCEPT_AND_HANG_UP;
import static io.facteur.testing.ScriptedSmtpServer.HANG_UP;
import static io.facteur.testing.ScriptedSmtpServer.HANG_UP_IN_CONTENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.facteur.channel.SmtpSettings.Security;
import io.facteur.delivery.Claim;
import io.facteur.delivery.Receipt;
import io.facteur.delivery.Receipt.Outcome;
import io.facteur.delivery.TransmissionFailure;
import io.facteur.delivery.TransmissionId;
import io.facteur.party.EmailAddress;
import io.facteur.testing.ScriptedSmtpServer;
import io.facteur.testing.SettableClock;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MailSenderTest {

  private static final String MESSAGE_ID = "<t42.r1.facteur@seller.example>";

  private final ScriptedSmtpServer server = new ScriptedSmtpServer();
  private final SettableClock clock = new SettableClock();
  private final RecordingMarker marker = new RecordingMarker();
  private final MailTransports transports = new MailTransports(marker, clock, bundle -> null);
  private final MailSender sender = new MailSender(account(server.port(), null), transports);

  @AfterEach
  void stop() throws IOException {
    transports.close();
    server.close();
  }

  @Test
  void aMailIsMarkedThenAcceptedAndKeepsTheReplyAsEvidence() throws Exception {
    TransmissionMessage mail = mail("Bonjour", "anna@buyer.example");
    marker.meanwhile(() -> assertThat(server.accepted()).isEmpty());

    sender.send(mail);

    assertThat(marker.marked()).containsExactly(MESSAGE_ID);
    assertThat(server.accepted())
        .singleElement()
        .satisfies(
            accepted -> {
              assertThat(accepted.recipients()).containsExactly("anna@buyer.example");
              assertThat(accepted.content())
                  .contains("Message-ID: " + MESSAGE_ID)
                  .contains("Bonjour");
            });
    assertThat(new MailReceipts().sent(mail))
        .isEqualTo(
            Receipt.sent(
                Map.of(
                    "host",
                    "127.0.0.1:" + server.port(),
                    "messageId",
                    MESSAGE_ID,
                    "smtpReply",
                    "250 2.0.0 queued")));
  }

  @ParameterizedTest(name = "{1} to {0}: {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      # command  | answer                               | outcome            | marked | reason
      GREETING   | 421 4.3.2 too busy                   | FAILED_TEMPORARILY | false  | mail server 127.0.0.1
      GREETING   | 554 5.7.1 no service                 | FAILED_TEMPORARILY | false  | mail server 127.0.0.1
      GREETING   | HANG UP                              | FAILED_TEMPORARILY | false  | mail server 127.0.0.1
      GREETING   | SILENCE                              | FAILED_TEMPORARILY | false  | time-out
      MAIL       | 421 4.3.2 shutting down              | FAILED_TEMPORARILY | false  | mail server does not accept mail at present (421 4.3.2)
      MAIL       | 451 4.3.0 try later                  | FAILED_TEMPORARILY | false  | error in the mail server (451 4.3.0)
      MAIL       | 530 5.7.0 authentication required    | FAILED_TEMPORARILY | false  | OUR MAIL ACCOUNT
      MAIL       | 550 5.1.8 sender unknown             | FAILED_FOR_GOOD    | false  | sender's mail domain unknown (550 5.1.8)
      MAIL       | HANG UP                              | FAILED_TEMPORARILY | false  | connection closed
      MAIL       | SILENCE                              | FAILED_TEMPORARILY | false  | time-out
      RCPT       | 421 4.7.0 too many                   | FAILED_TEMPORARILY | false  | (421 4.7.0)
      RCPT       | 450 4.2.0 greylisted                 | FAILED_TEMPORARILY | false  | mailbox not available (450 4.2.0)
      RCPT       | 451 no code                          | FAILED_TEMPORARILY | false  | error in the mail server (451)
      RCPT       | 550 5.1.1 <anna@buyer.example> gone  | FAILED_FOR_GOOD    | false  | mailbox unknown (550 5.1.1)
      RCPT       | 550 no such user                     | FAILED_FOR_GOOD    | false  | mailbox not available (550)
      RCPT       | 552 5.5.3 too many recipients        | FAILED_TEMPORARILY | false  | too many recipients (552 5.5.3)
      RCPT       | 554 5.7.1 blocked                    | FAILED_FOR_GOOD    | false  | refused by the mail server's policy (554 5.7.1)
      RCPT       | HANG UP                              | FAILED_TEMPORARILY | false  | connection closed
      DATA       | 451 4.3.0 later                      | FAILED_TEMPORARILY | false  | (451 4.3.0)
      DATA       | 554 5.5.1 no valid recipients        | FAILED_FOR_GOOD    | false  | refused by the mail server (554 5.5.1)
      DATA       | HANG UP                              | FAILED_TEMPORARILY | false  | connection closed
      DOT        | 421 4.3.2 shutting down              | FAILED_TEMPORARILY | true   | (421 4.3.2)
      DOT        | 451 4.7.1 greylisted                 | FAILED_TEMPORARILY | true   | (451 4.7.1)
      DOT        | 550 5.7.1 spam                       | FAILED_FOR_GOOD    | true   | refused by the mail server's policy (550 5.7.1)
      DOT        | 552 5.3.4 too large                  | FAILED_FOR_GOOD    | true   | mail too large (552 5.3.4)
      DOT        | HANG UP                              | UNCERTAIN          | true   | connection closed
      DOT        | SILENCE                              | UNCERTAIN          | true   | time-out
      DOT        | 999 nonsense                         | UNCERTAIN          | true   | final dot
      """)
  void anAnswerIsJudged(
      String command, String answer, Outcome outcome, boolean marked, String reason)
      throws Exception {
    server.answers(command, answer);

    Receipt receipt = failure(mail("Bonjour", "anna@buyer.example"));

    assertThat(receipt.outcome()).isEqualTo(outcome);
    assertThat(receipt.reason()).contains(reason).doesNotContain("buyer.example");
    assertThat(receipt.evidence()).containsEntry("messageId", MESSAGE_ID);
    assertThat(marker.marked()).hasSize(marked ? 1 : 0);
    assertThat(server.accepted()).isEmpty();
  }

  @Test
  void aServerThatAcceptsButWhoseAnswerIsLostLeavesTheMailUncertain() throws Exception {
    server.answers("DOT", ACCEPT_AND_HANG_UP);

    Receipt receipt = failure(mail("Bonjour", "anna@buyer.example"));

    assertThat(receipt.outcome()).isEqualTo(Outcome.UNCERTAIN);
    assertThat(server.accepted()).hasSize(1);
  }

  @Test
  void aServerThatHangsUpInALargeMailHasCertainlyNotAcceptedIt() throws Exception {
    server.answers("DATA", HANG_UP_IN_CONTENT);

    Receipt receipt =
        failure(mail("x".repeat(76).concat("\r\n").repeat(200_000), "a@buyer.example"));

    assertThat(receipt.outcome()).isEqualTo(Outcome.FAILED_TEMPORARILY);
    assertThat(marker.marked()).isEmpty();
  }

  @Test
  void aServerThatHangsUpWhileTheMarkIsCommittedLeavesTheMailUncertain() throws Exception {
    marker.meanwhile(this::closeConnections);

    Receipt receipt = failure(mail("Bonjour", "anna@buyer.example"));

    assertThat(receipt.outcome()).isEqualTo(Outcome.UNCERTAIN);
    assertThat(server.accepted()).isEmpty();
  }

  @Test
  void withoutTheClaimTheFinalDotIsNeverSent() throws Exception {
    marker.refuse();

    Receipt receipt = failure(mail("Bonjour", "anna@buyer.example"));

    assertThat(receipt.outcome()).isEqualTo(Outcome.CLAIM_LOST);
    await().until(() -> server.unfinished().size() == 1);
    assertThat(server.accepted()).isEmpty();
  }

  @Test
  void withoutTheDatabaseTheFinalDotIsNeverSent() throws Exception {
    marker.meanwhile(
        () -> {
          throw new IllegalStateException("the database does not answer");
        });

    Receipt receipt = failure(mail("Bonjour", "anna@buyer.example"));

    assertThat(receipt.outcome()).isEqualTo(Outcome.FAILED_TEMPORARILY);
    assertThat(receipt.reason()).contains("nothing was sent: the database does not answer");
    await().until(() -> server.unfinished().size() == 1);
    assertThat(server.accepted()).isEmpty();
  }

  @Test
  void oneRecipientRefusedForGoodDoesNotKeepTheOthersFromTheirMail() throws Exception {
    server.answersTo("gone@buyer.example", "550 5.1.1 unknown");
    TransmissionMessage mail = mail("Bonjour", "anna@buyer.example", "gone@buyer.example");

    sender.send(mail);

    Receipt receipt = new MailReceipts().sent(mail);
    assertThat(receipt.outcome()).isEqualTo(Outcome.SENT);
    assertThat(receipt.reason()).isEqualTo("1 of 2 recipients refused for good");
    assertThat(receipt.evidence())
        .containsEntry("refused", "gone@buyer.example: 550 5.1.1 unknown");
    assertThat(server.accepted().get(0).recipients()).containsExactly("anna@buyer.example");
  }

  @Test
  void oneRecipientRefusedForNowKeepsTheMailBackFromAll() throws Exception {
    server.answersTo("full@buyer.example", "452 4.2.2 full");
    TransmissionMessage mail = mail("Bonjour", "anna@buyer.example", "full@buyer.example");

    Receipt receipt = failure(mail);

    assertThat(receipt.outcome()).isEqualTo(Outcome.FAILED_TEMPORARILY);
    assertThat(receipt.evidence()).containsEntry("refused", "full@buyer.example: 452 4.2.2 full");
    assertThat(server.commands()).contains("RSET").doesNotContain("DATA");
  }

  @Test
  void allRecipientsRefusedForGoodIsAFailure() throws Exception {
    server.answersTo("a@buyer.example", "550 5.1.1 unknown");
    server.answersTo("b@buyer.example", "550 5.7.1 blocked");

    Receipt receipt = failure(mail("Bonjour", "a@buyer.example", "b@buyer.example"));

    assertThat(receipt.outcome()).isEqualTo(Outcome.FAILED_FOR_GOOD);
    assertThat(receipt.evidence().get("refused")).contains("a@buyer", "b@buyer");
  }

  @Test
  void aRefusedMailLeavesTheConnectionToTheNext() throws Exception {
    server.answers("RCPT", "550 5.1.1 unknown").answers("DOT", "554 5.7.1 spam");

    failure(mail("Bonjour", "anna@buyer.example"));
    failure(mail("Bonjour", "anna@buyer.example"));
    sender.send(mail("Bonjour", "anna@buyer.example"));

    assertThat(server.connections()).isEqualTo(1);
    assertThat(server.accepted()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"421 4.4.2 idle too long", ","})
  void aConnectionThatTheServerClosedWhileIdleIsReplacedAtOnce(String lastWord) throws Exception {
    sender.send(mail("Bonjour", "anna@buyer.example"));
    server.closeConnections(lastWord);

    sender.send(mail("Bonjour", "anna@buyer.example"));

    assertThat(server.connections()).isEqualTo(2);
    assertThat(server.accepted()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({"421 4.4.2 idle too long", HANG_UP})
  void aReusedConnectionThatEndsAtTheNextMailIsReplacedAtOnce(String answer) throws Exception {
    sender.send(mail("Bonjour", "anna@buyer.example"));
    server.answers("MAIL", answer);

    sender.send(mail("Bonjour", "anna@buyer.example"));

    assertThat(server.connections()).isEqualTo(2);
    assertThat(server.accepted()).hasSize(2);
  }

  @Test
  void aConnectionThatWasIdleForLongIsLookedAtBeforeItIsUsed() throws Exception {
    sender.send(mail("Bonjour", "anna@buyer.example"));
    server.closeConnections(null);
    clock.advance(Duration.ofSeconds(20));

    sender.send(mail("Bonjour", "anna@buyer.example"));

    assertThat(server.connections()).isEqualTo(2);
    assertThat(server.commands()).filteredOn(c -> c.startsWith("MAIL")).hasSize(2);
  }

  @Test
  void aConnectionThatWasIdleForTooLongIsReplaced() throws Exception {
    sender.send(mail("Bonjour", "anna@buyer.example"));
    clock.advance(Duration.ofSeconds(31));

    sender.send(mail("Bonjour", "anna@buyer.example"));

    assertThat(server.connections()).isEqualTo(2);
  }

  @Test
  void aMailOnItsWayIsFinishedWhenFacteurStops() throws Exception {
    TransmissionMessage mail = mail("Bonjour", "anna@buyer.example");
    marker.meanwhile(transports::close);

    sender.send(mail);

    assertThat(new MailReceipts().sent(mail).outcome()).isEqualTo(Outcome.SENT);
    await().until(() -> server.commands().contains("QUIT"));
  }

  @Test
  void aConnectionIsRenewedAfterItsShareOfMails() throws Exception {
    for (int i = 0; i < 7; i++) {
      sender.send(mail("Bonjour", "anna@buyer.example"));
    }

    assertThat(server.connections()).isEqualTo(3);
  }

  @Test
  void aWrongPasswordIsTheOperatorsFaultNotTheCustomers() throws Exception {
    server.offers("AUTH PLAIN LOGIN").answers("AUTH", "535 5.7.8 bad credentials");

    Receipt receipt = failure(sender("mailer"), mail("Bonjour", "anna@buyer.example"));

    assertThat(receipt.outcome()).isEqualTo(Outcome.FAILED_TEMPORARILY);
    assertThat(receipt.reason()).startsWith("OUR MAIL ACCOUNT is refused").contains("535");
  }

  @Test
  void aServerThatIsNotThereIsWaitedFor() throws Exception {
    int nobodysPort;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobodysPort = closed.getLocalPort();
    }

    Receipt receipt =
        failure(
            new MailSender(account(nobodysPort, null), transports),
            mail("Bonjour", "anna@buyer.example"));

    assertThat(receipt.outcome()).isEqualTo(Outcome.FAILED_TEMPORARILY);
    assertThat(receipt.reason()).contains("refuses the connection");
  }

  @Test
  void anUnknownServerIsWaitedFor() throws Exception {
    SmtpSettings nowhere = account("mail.invalid", 25, null, Security.NONE);

    Receipt receipt =
        failure(new MailSender(nowhere, transports), mail("Bonjour", "anna@buyer.example"));

    assertThat(receipt.outcome()).isEqualTo(Outcome.FAILED_TEMPORARILY);
    assertThat(receipt.reason()).contains("mail server mail.invalid:25 is unknown");
  }

  @Test
  void aServerWithoutStartTlsGetsNothingIfItIsAskedFor() throws Exception {
    SmtpSettings settings = account(server.port(), null, Security.STARTTLS);

    Receipt receipt =
        failure(new MailSender(settings, transports), mail("Bonjour", "anna@buyer.example"));

    assertThat(receipt.outcome()).isEqualTo(Outcome.FAILED_TEMPORARILY);
    assertThat(receipt.reason()).contains("does not offer STARTTLS");
    assertThat(server.commands()).noneMatch(command -> command.startsWith("MAIL"));
  }

  @Test
  void anInternationalAddressIsCarriedBySmtputf8() throws Exception {
    server.offers("SMTPUTF8").offers("8BITMIME");

    sender.send(mail("Bonjour", "zoë@buyer.example"));

    assertThat(server.commands())
        .anyMatch(command -> command.endsWith(" SMTPUTF8"))
        .contains("RCPT TO:<zoë@buyer.example>");
    assertThat(server.commands())
        .noneMatch(command -> command.startsWith("RCPT") && command.contains("SMTPUTF8"));
    assertThat(server.accepted().get(0).content()).contains("To: zoë@buyer.example");
  }

  @Test
  void anInternationalAddressFailsForGoodWhereTheServerLacksSmtputf8() throws Exception {
    Receipt receipt = failure(mail("Bonjour", "anna@buyer.example", "zoë@buyer.example"));

    assertThat(receipt.outcome()).isEqualTo(Outcome.FAILED_FOR_GOOD);
    assertThat(receipt.reason())
        .startsWith("the mail server does not support internationalised addresses (SMTPUTF8)")
        .doesNotContain("zoë");
    assertThat(receipt.evidence())
        .isEqualTo(Map.of("host", "127.0.0.1:" + server.port(), "messageId", MESSAGE_ID));
    assertThat(server.commands())
        .as("nothing but the greeting")
        .containsExactly("EHLO client.example");
    assertThat(marker.marked()).isEmpty();
  }

  @Test
  void aSenderBeyondAsciiNeedsSmtputf8AsWell() throws Exception {
    TransmissionMessage mail =
        new TransmissionMessage(
            new Claim(new TransmissionId(42), "node", 1),
            "t42.r1.facteur@seller.example",
            new TransmissionMessage.Envelope(
                new EmailAddress("facturação@seller.example"),
                List.of(new EmailAddress("anna@buyer.example"))));

    assertThat(failure(mail).reason()).contains("SMTPUTF8");
  }

  @Test
  void aMailThatTheServerCannotCarryLeavesTheConnectionToTheNext() throws Exception {
    sender.send(mail("Bonjour", "anna@buyer.example"));
    failure(mail("Bonjour", "zoë@buyer.example"));
    sender.send(mail("Bonjour", "anna@buyer.example"));

    assertThat(server.connections()).isEqualTo(1);
    assertThat(server.accepted()).hasSize(2);
  }

  @Test
  void anInternationalDomainNeedsNothingOfTheServer() throws Exception {
    sender.send(mail("Bonjour", "anna@faß.de"));

    assertThat(server.commands()).contains("RCPT TO:<anna@xn--fa-hia.de>");
    assertThat(server.accepted().get(0).content()).contains("To: anna@xn--fa-hia.de");
  }

  @Test
  void aReportToAnInternationalAddressIsRefusedInTheSameWay() throws Exception {
    MimeMessage report = new MimeMessage((Session) null);
    report.setFrom("bills@seller.example");
    InternetAddress clerk = new InternetAddress();
    clerk.setAddress("zoë@seller.example");
    report.addRecipient(Message.RecipientType.TO, clerk);
    report.setText("3 of 3 sent");

    TransmissionFailure failure =
        catchThrowableOfType(TransmissionFailure.class, () -> sender.send(report));

    assertThat(failure.receipt().reason()).contains("SMTPUTF8");
    assertThat(server.commands()).noneMatch(command -> command.startsWith("MAIL"));
  }

  @Test
  void anAddressInAsciiDoesNotAskForSmtputf8() throws Exception {
    server.offers("SMTPUTF8");

    sender.send(mail("Bonjour", "anna@buyer.example"));

    assertThat(server.commands()).noneMatch(command -> command.contains("SMTPUTF8"));
  }

  private void closeConnections() {
    try {
      server.closeConnections(null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private MailSender sender(String username) {
    return new MailSender(account(server.port(), username), transports);
  }

  private Receipt failure(TransmissionMessage mail) {
    return failure(sender, mail);
  }

  private static Receipt failure(MailSender sender, TransmissionMessage mail) {
    TransmissionFailure failure =
        catchThrowableOfType(TransmissionFailure.class, () -> sender.send(mail));
    assertThat(failure).isNotNull();
    return failure.receipt();
  }

  static TransmissionMessage mail(String text, String... recipients) throws MessagingException {
    List<EmailAddress> to = Stream.of(recipients).map(EmailAddress::new).toList();
    TransmissionMessage mail =
        new TransmissionMessage(
            new Claim(new TransmissionId(42), "node", 1),
            "t42.r1.facteur@seller.example",
            new TransmissionMessage.Envelope(new EmailAddress("bills@seller.example"), to));
    mail.setFrom("bills@seller.example");
    for (EmailAddress address : to) {
      InternetAddress recipient = new InternetAddress();
      recipient.setAddress(address.value());
      mail.addRecipient(Message.RecipientType.TO, recipient);
    }
    mail.setText(text);
    return mail;
  }

  private static SmtpSettings account(int port, String username) {
    return account(port, username, Security.NONE);
  }

  private static SmtpSettings account(int port, String username, Security security) {
    return account("127.0.0.1", port, username, security);
  }

  private static SmtpSettings account(String host, int port, String username, Security security) {
    return new SmtpSettings(
        host,
        port,
        username,
        username == null ? null : "secret",
        security,
        2,
        "client.example",
        null,
        new SmtpSettings.Reuse(3, Duration.ofSeconds(30)),
        new SmtpSettings.Timeouts(
            Duration.ofSeconds(2),
            Duration.ofMillis(500),
            Duration.ofMillis(700),
            Duration.ofSeconds(5)));
  }
}
