package io.facteur.channel;

import io.facteur.delivery.Marker;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.angus.mail.smtp.SMTPOutputStream;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/**
 * An SMTP connection that commits the {@link Marker} just before the final dot, the only moment
 * after which a mail may have been accepted (RFC 5321 §6.1). It also knows at every time how far
 * the mail has come, so that a failure can be judged. Works only without {@code
 * mail.smtp.chunksize}: BDAT has no final dot.
 */
final class MarkedSmtpTransport extends SMTPTransport {

  /** How far a mail has come. */
  enum Stage {
    /** Nothing of this mail was said yet. */
    SENDER,
    RECIPIENTS,
    /** Its content is on the way, without the final dot. */
    CONTENT,
    /** The final dot may have been received; the answer is not known. */
    MARKED,
    /** The server has answered the final dot. */
    ANSWERED
  }

  /** Another node carries out the transmission: the final dot must not be sent. */
  static final class ClaimLost extends IOException {
    private static final long serialVersionUID = 1L;
  }

  private final SmtpLine line;
  private final SmtpSettings.Timeouts timeouts;
  private final String server;
  private final Marker marker;

  private Stage stage = Stage.SENDER;
  private MimeMessage mail;
  private String sender;
  private List<String> recipients = List.of();
  private boolean international;
  private SMTPOutputStream content;
  private SmtpReply reply;
  private final List<RefusedRecipient> refused = new ArrayList<>();

  MarkedSmtpTransport(Session session, SmtpLine line, SmtpSettings account, Marker marker) {
    super(session, new URLName("smtp", account.host(), account.port(), null, null, null));
    this.line = line;
    this.timeouts = account.timeouts();
    this.server = account.server();
    this.marker = marker;
  }

  /**
   * Hands a mail over; returns once the server has accepted it.
   *
   * @throws SmtpUtf8Missing if the server cannot carry its addresses; nothing was said of it
   * @throws SmtpRefusal if the server said no
   * @throws MessagingException if no answer came; {@link #stage()} tells how far the mail was
   */
  synchronized void carry(MimeMessage given) throws MessagingException {
    mail = given;
    refused.clear();
    reply = null;
    stage = Stage.SENDER;
    Address[] addresses = address(given);
    sendMessage(given, addresses);
    if (given instanceof TransmissionMessage transmission) {
      transmission.accepted(server, reply, refused);
    }
  }

  synchronized Stage stage() {
    return stage;
  }

  /** Whether the connection can be used again, as far as can be seen without asking the server. */
  synchronized boolean usable() {
    return line.silent();
  }

  /** Ends the connection at once; what was begun is not finished. */
  void drop() {
    line.drop();
    try {
      close();
    } catch (MessagingException expected) {
      // QUIT finds a closed socket.
    }
  }

  private Address[] address(MimeMessage given) throws MessagingException {
    if (given instanceof TransmissionMessage transmission) {
      TransmissionMessage.Envelope envelope = transmission.envelope();
      sender = envelope.sender().value();
      recipients = envelope.recipients().stream().map(to -> to.value()).toList();
      international = envelope.international();
    } else {
      sender = ((InternetAddress) given.getFrom()[0]).getAddress();
      recipients = new ArrayList<>();
      for (Address to : given.getAllRecipients()) {
        recipients.add(((InternetAddress) to).getAddress());
      }
      international = !ascii(sender) || !recipients.stream().allMatch(MarkedSmtpTransport::ascii);
    }
    List<Address> addresses = new ArrayList<>();
    for (String to : recipients) {
      InternetAddress address = new InternetAddress();
      address.setAddress(to);
      addresses.add(address);
    }
    return addresses.toArray(Address[]::new);
  }

  private static boolean ascii(String address) {
    return address.chars().allMatch(c -> c < 128);
  }

  @Override
  protected void mailFrom() throws MessagingException {
    if (international && !supportsExtension("SMTPUTF8")) {
      throw new SmtpUtf8Missing();
    }
    SmtpReply answer = ask("MAIL FROM:<" + sender + ">" + (international ? " SMTPUTF8" : ""));
    if (!answer.positive()) {
      throw refusal(answer);
    }
  }

  @Override
  protected void rcptTo() throws MessagingException {
    stage = Stage.RECIPIENTS;
    SmtpReply last = null;
    for (String recipient : recipients) {
      SmtpReply answer = ask("RCPT TO:<" + recipient + ">");
      if (answer.positive()) {
        continue;
      }
      last = answer;
      refused.add(new RefusedRecipient(recipient, answer.text()));
      // RFC 5321 §4.5.3.1.10: 552 to RCPT is to be read as 452.
      if (!answer.permanent() || answer.code() == 552 || answer.blamesAccount()) {
        throw refusal(answer);
      }
    }
    if (refused.size() == recipients.size()) {
      throw refusal(last);
    }
  }

  @Override
  protected OutputStream data() throws MessagingException {
    try {
      content = (SMTPOutputStream) super.data();
    } catch (SMTPSendFailedException e) {
      throw refusal(heard(e.getReturnCode(), e.getMessage()));
    }
    stage = Stage.CONTENT;
    return content;
  }

  @Override
  protected void finishData() throws IOException, MessagingException {
    content.ensureAtBOL();
    if (!line.silent()) {
      throw new EOFException("the mail server hung up before the final dot");
    }
    if (mail instanceof TransmissionMessage transmission
        && !marker.mark(transmission.claim(), transmission.messageId())) {
      line.drop();
      throw new ClaimLost();
    }
    line.patience(timeouts.reply());
    stage = Stage.MARKED;
    SmtpReply answer = ask(".");
    if (!answer.positive() && !answer.temporary() && !answer.permanent()) {
      throw new MessagingException("no SMTP reply to the final dot");
    }
    stage = Stage.ANSWERED;
    if (!answer.positive()) {
      throw new SmtpRefusal(answer, List.of());
    }
    reply = answer;
    line.patience(timeouts.command());
  }

  private SmtpReply ask(String command) throws MessagingException {
    int code = simpleCommand(command.getBytes(StandardCharsets.UTF_8));
    return heard(code, getLastServerResponse());
  }

  private static SmtpReply heard(int code, String text) throws MessagingException {
    if (code < 0) {
      throw new MessagingException(
          "no SMTP reply", new EOFException("the mail server closed the connection"));
    }
    return new SmtpReply(code, text);
  }

  /** Takes back what was said of this mail, so that the connection can serve another. */
  private SmtpRefusal refusal(SmtpReply answer) {
    SmtpRefusal refusal = new SmtpRefusal(answer, refused);
    try {
      if (answer.closing() || simpleCommand("RSET") != 250) {
        line.drop();
      }
    } catch (MessagingException broken) {
      line.drop();
      refusal.addSuppressed(broken);
    }
    return refusal;
  }
}
