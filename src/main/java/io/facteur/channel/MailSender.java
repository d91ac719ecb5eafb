package io.facteur.channel;

import io.facteur.channel.MailTransports.Connection;
import io.facteur.channel.MarkedSmtpTransport.Stage;
import io.facteur.delivery.Receipt;
import io.facteur.delivery.TransmissionFailure;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.Map;

/** Hands mails to the mail server and says exactly how that came out. */
public final class MailSender {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final SmtpSettings account;
  private final MailTransports transports;

  public MailSender(SmtpSettings account, MailTransports transports) {
    this.account = account;
    this.transports = transports;
  }

  /**
   * Sends a mail, once. A {@link TransmissionMessage} is marked just before its final dot and knows
   * the server's reply afterwards; any other mail is only sent.
   *
   * @throws TransmissionFailure with the receipt, in every other case
   */
  public void send(MimeMessage mail) {
    if (account.host() == null) {
      throw new TransmissionFailure(
          Receipt.failedTemporarily(
              "no mail server is set up: set facteur.smtp.host, mails wait until then", Map.of()),
          null);
    }
    enter();
    try {
      carry(mail);
    } finally {
      transports.leave(account);
    }
  }

  private void enter() {
    try {
      if (!transports.enter(account, PATIENCE)) {
        throw SmtpFailures.busy(account);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw SmtpFailures.stopping(account, e);
    }
  }

  private void carry(MimeMessage mail) {
    Connection connection = null;
    try {
      connection = transports.connection(account);
      try {
        deliver(connection, mail);
      } catch (MessagingException e) {
        if (!stale(connection, e)) {
          throw e;
        }
        connection = transports.connect(account);
        deliver(connection, mail);
      }
    } catch (MessagingException | RuntimeException e) {
      Stage stage = connection == null ? Stage.SENDER : connection.stage();
      throw SmtpFailures.of(e, stage, mail, account);
    }
  }

  private static void deliver(Connection connection, MimeMessage mail) throws MessagingException {
    try {
      connection.transport().carry(mail);
      connection.giveBack();
    } catch (SmtpRefusal | SmtpUtf8Missing refused) {
      connection.giveBack();
      throw refused;
    } catch (MessagingException | RuntimeException broken) {
      connection.drop();
      throw broken;
    }
  }

  /** The server had closed it while nobody used it: no failure of this mail. */
  private static boolean stale(Connection connection, MessagingException e) {
    if (e instanceof SmtpUtf8Missing) {
      return false;
    }
    boolean closing = !(e instanceof SmtpRefusal refusal) || refusal.reply().closing();
    return connection.reused() && connection.stage() == Stage.SENDER && closing;
  }
}
