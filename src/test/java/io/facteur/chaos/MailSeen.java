package io.facteur.chaos;

import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One attempt to hand over a mail, as the mail server saw it.
 *
 * @param messageId null if its header never came
 * @param node that spoke, by the name it gave
 * @param began when MAIL came
 * @param dotAt when the final dot came; null if it never did
 * @param accepted whether the server took responsibility
 * @param answeredAt when the whole answer to the dot had been given; null if it never was
 * @param endedAt when nothing more could come of it
 * @param fault what the server did to it on purpose; null if nothing
 * @param sha256 of the content as received
 */
record MailSeen(
    String messageId,
    String node,
    List<String> recipients,
    Instant began,
    Instant dotAt,
    boolean accepted,
    Instant answeredAt,
    Instant endedAt,
    String fault,
    String sha256) {

  private static final Pattern MESSAGE_ID = Pattern.compile("<(t\\d+\\.r\\d+)\\..*");

  MailSeen {
    recipients = List.copyOf(recipients);
  }

  /** Transmission and revision, as the ledger's {@link Ledger.Delivery#key()}. */
  String key() {
    return key(messageId);
  }

  static String key(String messageId) {
    Matcher parts = MESSAGE_ID.matcher(messageId == null ? "" : messageId);
    return parts.matches() ? parts.group(1) : "unknown";
  }
}
