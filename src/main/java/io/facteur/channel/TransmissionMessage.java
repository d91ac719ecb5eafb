package io.facteur.channel;

import io.facteur.delivery.Claim;
import io.facteur.party.EmailAddress;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.util.List;
import java.util.Properties;

/**
 * The mail of one transmission. Its Message-ID is the same in each attempt; who receives it stands
 * in its envelope, so that blind copies leave no trace in its headers. Once sent, it holds what the
 * mail server answered.
 */
public final class TransmissionMessage extends MimeMessage {

  private static final Session PLAIN = session(false);
  private static final Session INTERNATIONAL = session(true);

  private final Claim claim;
  private final String messageId;
  private final Envelope envelope;
  private String server;
  private String smtpReply;
  private List<RefusedRecipient> refused = List.of();

  /**
   * From whom and to whom the mail server takes it (RFC 5321 §2.3.1).
   *
   * @param recipients of To, Cc and Bcc together, each once
   */
  public record Envelope(EmailAddress sender, List<EmailAddress> recipients) {

    public Envelope {
      recipients = EmailAddress.distinct(recipients);
      if (recipients.isEmpty()) {
        throw new IllegalArgumentException("a mail without recipients");
      }
    }

    /** Whether an address needs SMTPUTF8 (RFC 6531). */
    public boolean international() {
      return sender.requiresSmtpUtf8()
          || recipients.stream().anyMatch(EmailAddress::requiresSmtpUtf8);
    }
  }

  /**
   * An empty mail; headers and content are set as on any {@link MimeMessage}.
   *
   * @param messageId without angle brackets
   */
  public TransmissionMessage(Claim claim, String messageId, Envelope envelope) {
    super(envelope.international() ? INTERNATIONAL : PLAIN);
    this.claim = claim;
    this.messageId = "<" + messageId + ">";
    this.envelope = envelope;
  }

  public Claim claim() {
    return claim;
  }

  public Envelope envelope() {
    return envelope;
  }

  /** With angle brackets, as it stands in the header. */
  public String messageId() {
    return messageId;
  }

  /** {@code host:port} of the mail server that accepted it; null until then. */
  public String server() {
    return server;
  }

  /** The mail server's reply to the final dot; null until it is accepted. */
  public String smtpReply() {
    return smtpReply;
  }

  /** Recipients whom the server refused for good while it accepted the mail for the others. */
  public List<RefusedRecipient> refused() {
    return refused;
  }

  void accepted(String byServer, SmtpReply reply, List<RefusedRecipient> without) {
    server = byServer;
    smtpReply = reply.text();
    refused = List.copyOf(without);
  }

  @Override
  protected void updateMessageID() throws MessagingException {
    setHeader("Message-ID", messageId);
  }

  private static Session session(boolean utf8) {
    Properties properties = new Properties();
    properties.setProperty("mail.mime.allowutf8", Boolean.toString(utf8));
    return Session.getInstance(properties);
  }
}
