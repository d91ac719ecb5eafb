package io.facteur.channel;

import jakarta.mail.MessagingException;
import java.util.List;

/** The mail server said no: a definite answer, nothing was accepted. */
final class SmtpRefusal extends MessagingException {

  private static final long serialVersionUID = 1L;

  private final transient SmtpReply reply;
  private final transient List<RefusedRecipient> recipients;

  SmtpRefusal(SmtpReply reply, List<RefusedRecipient> recipients) {
    super(reply.meaning());
    this.reply = reply;
    this.recipients = List.copyOf(recipients);
  }

  SmtpReply reply() {
    return reply;
  }

  /** Those who were refused by name; empty if the mail as a whole was. */
  List<RefusedRecipient> recipients() {
    return recipients;
  }
}
