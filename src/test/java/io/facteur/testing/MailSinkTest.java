package io.facteur.testing;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class MailSinkTest {

  @Test
  void eachMailIsCountedOnceWhateverStandsInIt() throws Exception {
    try (MailSinkProcess sink = MailSinkProcess.start()) {
      Properties settings = new Properties();
      settings.setProperty("mail.smtp.host", "127.0.0.1");
      settings.setProperty("mail.smtp.port", String.valueOf(sink.port()));
      Session session = Session.getInstance(settings);
      try (Transport transport = session.getTransport("smtp")) {
        transport.connect();
        for (String text :
            new String[] {"", ".", "a\r\n.\r\nb", "QUIT\r\n", "long ".repeat(50_000)}) {
          MimeMessage mail = new MimeMessage(session);
          mail.setFrom("bills@seller.example");
          mail.setRecipient(Message.RecipientType.TO, new InternetAddress("anna@buyer.example"));
          mail.setText(text);
          transport.sendMessage(mail, mail.getAllRecipients());
        }
      }

      assertThat(sink.mails()).isEqualTo(5);
    }
  }
}
