package io.facteur.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailCatcherTest {

  @TempDir private Path folder;
  private MailCatcher catcher;

  @BeforeEach
  void start() {
    catcher = MailCatcher.start(new CaughtMails(folder, Clock.systemUTC()), 0);
  }

  @AfterEach
  void stop() {
    catcher.close();
  }

  @Test
  void eachMailIsKeptOnceAsItWasSentWithAllItsRecipients() throws Exception {
    send("<d1.r1@facteur.example>", "ada@example.com", "bob@example.com");

    List<Path> files = files();
    assertThat(files).hasSize(1);
    assertThat(files.get(0).getFileName().toString())
        .matches("\\d{8}T\\d{6}\\.\\d{3}Z-000001-d1\\.r1@facteur\\.example\\.eml");
    MimeMessage kept = new MimeMessage(null, Files.newInputStream(files.get(0)));
    assertThat(kept.getMessageID()).isEqualTo("<d1.r1@facteur.example>");
    assertThat(kept.getSubject()).isEqualTo("Facture n° 7");
    assertThat(kept.getContent()).isEqualTo("Voilà\r\n. un point\r\n");
    assertThat(kept.getHeader("X-Envelope-To", null))
        .isEqualTo("ada@example.com,\r\n bob@example.com");
    assertThat(kept.getHeader("Return-Path", null)).isEqualTo("<sender@example.com>");
  }

  @Test
  void namesSortByArrival() throws Exception {
    for (String id : List.of("<z@x>", "<m@x>", "<a@x>")) {
      send(id, "ada@example.com");
    }

    assertThat(files())
        .extracting(file -> file.getFileName().toString().replaceFirst(".*-", ""))
        .containsExactly("z@x.eml", "m@x.eml", "a@x.eml");
  }

  @Test
  void aMailWhoseConnectionBreaksBeforeItsLastDotIsNotKept() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), catcher.port())) {
      var in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      OutputStream out = socket.getOutputStream();
      in.readLine();
      for (String command :
          List.of("HELO x", "MAIL FROM:<a@example.com>", "RCPT TO:<b@example.com>", "DATA")) {
        out.write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
        assertThat(lastLineOfReply(in)).matches("[23]\\d\\d .*");
      }
      out.write("Subject: half\r\n\r\nhalf".getBytes(StandardCharsets.US_ASCII));
    }

    // The catcher has certainly seen the broken connection when it has answered a later one.
    send("<whole@x>", "ada@example.com");
    assertThat(files()).hasSize(1).first().asString().endsWith("whole@x.eml");
  }

  @Test
  void aMailThatCannotBeWrittenIsNotAccepted() throws Exception {
    Files.delete(folder);

    assertThatThrownBy(() -> send("<lost@x>", "ada@example.com")).hasMessageContaining("451");

    Files.createDirectory(folder);
    send("<kept@x>", "ada@example.com");
    assertThat(files()).hasSize(1);
  }

  @Test
  void aTakenPortIsRefusedWithWhatToDo() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      assertThatThrownBy(() -> MailCatcher.start(new CaughtMails(folder, Clock.systemUTC()), port))
          .isInstanceOfSatisfying(
              StartRefusedException.class,
              refused ->
                  assertThat(refused.action())
                      .isEqualTo(
                          "Set FACTEUR_MAIL_CATCHER_PORT to another port, or to 0 for any free"
                              + " one."))
          .hasMessage(
              "The mail catcher cannot listen on port %d of this machine: it is in use.", port);
    }
  }

  private static String lastLineOfReply(BufferedReader in) throws IOException {
    String line = in.readLine();
    while (line.charAt(3) == '-') {
      line = in.readLine();
    }
    return line;
  }

  private void send(String messageId, String... recipients) throws Exception {
    Properties properties = new Properties();
    properties.put("mail.smtp.host", MailCatcher.HOST);
    properties.put("mail.smtp.port", catcher.port());
    properties.put("mail.smtp.from", "sender@example.com");
    MimeMessage message =
        new MimeMessage(Session.getInstance(properties)) {
          @Override
          protected void updateMessageID() throws jakarta.mail.MessagingException {
            setHeader("Message-ID", messageId);
          }
        };
    message.setFrom("sender@example.com");
    message.setRecipients(Message.RecipientType.TO, recipients[0]);
    message.setSubject("Facture n° 7", "UTF-8");
    message.setText("Voilà\r\n. un point\r\n", "UTF-8");
    message.saveChanges();
    InternetAddress[] envelope =
        Stream.of(recipients).map(MailCatcherTest::address).toArray(InternetAddress[]::new);
    Transport.send(message, envelope);
  }

  private static InternetAddress address(String text) {
    try {
      return new InternetAddress(text, true);
    } catch (jakarta.mail.internet.AddressException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
