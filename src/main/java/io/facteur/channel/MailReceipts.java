package io.facteur.channel;

import io.facteur.delivery.Receipt;
import java.util.Map;
import java.util.TreeMap;

/** The proof of a mail that the server accepted. */
public final class MailReceipts {

  /** The receipt of a mail that {@link MailSender#send} has returned from. */
  public Receipt sent(TransmissionMessage mail) {
    if (mail.smtpReply() == null) {
      throw new IllegalStateException(
          "transmission " + mail.claim().transmission().value() + " was not sent");
    }
    Map<String, String> evidence = new TreeMap<>();
    evidence.put("host", mail.server());
    evidence.put("messageId", mail.messageId());
    evidence.put("smtpReply", mail.smtpReply());
    if (mail.refused().isEmpty()) {
      return Receipt.sent(evidence);
    }
    evidence.put("refused", SmtpFailures.inWords(mail.refused()));
    String remark =
        "%d of %d recipients refused for good"
            .formatted(mail.refused().size(), mail.envelope().recipients().size());
    return new Receipt(Receipt.Outcome.SENT, remark, evidence);
  }
}
