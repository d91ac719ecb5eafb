package io.facteur.channel;

import io.facteur.channel.MarkedSmtpTransport.ClaimLost;
import io.facteur.channel.MarkedSmtpTransport.Stage;
import io.facteur.delivery.Receipt;
import io.facteur.delivery.TransmissionFailure;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Judges what a failed hand-over means: the one place where exceptions become receipts. */
final class SmtpFailures {

  private static final Logger LOG = LoggerFactory.getLogger(SmtpFailures.class);

  private SmtpFailures() {}

  static TransmissionFailure of(Exception e, Stage stage, MimeMessage mail, SmtpSettings account) {
    Receipt receipt = receipt(e, stage, account);
    if (mail instanceof TransmissionMessage transmission) {
      receipt = receipt.with("messageId", transmission.messageId());
    }
    return new TransmissionFailure(receipt, e);
  }

  static TransmissionFailure busy(SmtpSettings account) {
    return temporary(
        "all " + account.connections() + " connections to the mail server are busy", account, null);
  }

  static TransmissionFailure stopping(SmtpSettings account, InterruptedException e) {
    return temporary("Facteur is stopping", account, e);
  }

  private static TransmissionFailure temporary(String reason, SmtpSettings account, Exception e) {
    return new TransmissionFailure(
        Receipt.failedTemporarily(reason, Map.of("host", account.server())), e);
  }

  private static Receipt receipt(Exception e, Stage stage, SmtpSettings account) {
    Map<String, String> evidence = Map.of("host", account.server());
    if (find(e, ClaimLost.class) != null) {
      return Receipt.claimLost();
    }
    if (e instanceof SmtpRefusal refusal) {
      return refused(refusal, account);
    }
    if (e instanceof SmtpUtf8Missing) {
      return Receipt.failedForGood(
          "the mail server does not support internationalised addresses (SMTPUTF8), which a"
              + " recipient or the sender has: give an address in ASCII, or use another mail server",
          evidence);
    }
    if (stage == Stage.MARKED) {
      return Receipt.uncertain(
          "the mail server did not answer the final dot ("
              + cause(e)
              + "): look for the Message-ID in its log, then resolve",
          evidence);
    }
    if (e instanceof AuthenticationFailedException) {
      return accountAtFault(new SmtpReply(535, e.getMessage()), account);
    }
    if (e instanceof RuntimeException) {
      return Receipt.failedTemporarily("nothing was sent: " + e.getMessage(), evidence);
    }
    return Receipt.failedTemporarily(unreachable(e, account), evidence);
  }

  private static Receipt refused(SmtpRefusal refusal, SmtpSettings account) {
    SmtpReply reply = refusal.reply();
    if (reply.blamesAccount()) {
      return accountAtFault(reply, account);
    }
    Map<String, String> evidence = new TreeMap<>();
    evidence.put("host", account.server());
    evidence.put("smtpReply", reply.text());
    if (!refusal.recipients().isEmpty()) {
      evidence.put("refused", inWords(refusal.recipients()));
    }
    return reply.permanent() && !overfull(refusal)
        ? Receipt.failedForGood(reply.meaning(), evidence)
        : Receipt.failedTemporarily(reply.meaning(), evidence);
  }

  // RFC 5321 §4.5.3.1.10: 552 to RCPT is to be read as 452.
  private static boolean overfull(SmtpRefusal refusal) {
    return refusal.reply().code() == 552 && !refusal.recipients().isEmpty();
  }

  private static Receipt accountAtFault(SmtpReply reply, SmtpSettings account) {
    String reason =
        "OUR MAIL ACCOUNT is refused by "
            + account.server()
            + " ("
            + reply.code()
            + "): correct user name, password and security under facteur.smtp; all mails wait";
    LOG.error("{}", reason);
    return Receipt.failedTemporarily(
        reason, Map.of("host", account.server(), "smtpReply", reply.text()));
  }

  private static String unreachable(Exception e, SmtpSettings account) {
    String server = "mail server " + account.server();
    if (find(e, UnknownHostException.class) != null) {
      return server + " is unknown: check facteur.smtp.host";
    }
    if (find(e, SSLException.class) != null) {
      return server + " has no TLS that we trust: check facteur.smtp.security and ssl-bundle";
    }
    if (find(e, NoRouteToHostException.class) != null) {
      return server + " cannot be reached";
    }
    if (find(e, ConnectException.class) != null) {
      return server + " refuses the connection";
    }
    if (String.valueOf(e.getMessage()).startsWith("STARTTLS is required")) {
      return server + " does not offer STARTTLS: check facteur.smtp.security";
    }
    return server + ": " + cause(e) + ", nothing was sent";
  }

  private static String cause(Exception e) {
    if (find(e, SocketTimeoutException.class) != null) {
      return "time-out";
    }
    if (find(e, EOFException.class) != null) {
      return "connection closed";
    }
    IOException io = find(e, IOException.class);
    return io == null ? "no SMTP answer" : "connection lost";
  }

  static String inWords(List<RefusedRecipient> refused) {
    return refused.stream().map(RefusedRecipient::toString).collect(Collectors.joining("; "));
  }

  private static <T extends Exception> T find(Exception e, Class<T> type) {
    for (Throwable at = e; at != null; at = next(at)) {
      if (type.isInstance(at)) {
        return type.cast(at);
      }
    }
    return null;
  }

  private static Throwable next(Throwable at) {
    return at instanceof MessagingException mail && mail.getNextException() != null
        ? mail.getNextException()
        : at.getCause();
  }
}
