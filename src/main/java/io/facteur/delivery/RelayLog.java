package io.facteur.delivery;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a mail server's log proves, in Postfix's format: a line with {@code message-id=} tells the
 * queue id of a mail, later lines with that queue id tell {@code status=} for each recipient. What
 * is deferred may still come out either way and proves nothing.
 */
final class RelayLog {

  /**
   * Of one mail.
   *
   * @param sent whether any recipient's mail was delivered; else all of them were returned
   * @param lines that prove it: the one with the Message-ID, and the last of each recipient
   */
  record Proof(boolean sent, List<String> lines) {}

  /** Date and host, then {@code postfix/smtp[123]: 4F3A12: ...}; queue ids may be long ones. */
  private static final Pattern LINE =
      Pattern.compile("postfix[^\\s\\[]*/[a-z]+(?:\\[\\d+])?: ([0-9A-Za-z]{6,20}): (.*)$");

  private static final Pattern MESSAGE_ID = Pattern.compile("^message-id=<?([^<>\\s]+)>?");
  private static final Pattern STATUS =
      Pattern.compile("^to=<([^>]*)>,.* status=(sent|bounced|expired|deferred)\\b");

  private record Status(boolean ends, boolean sent, String line) {}

  private static final class Mail {
    private final String firstLine;
    private final Map<String, Status> recipients = new LinkedHashMap<>();

    private Mail(String firstLine) {
      this.firstLine = firstLine;
    }

    private Optional<Proof> proof() {
      boolean sent = recipients.values().stream().anyMatch(Status::sent);
      boolean ended = recipients.values().stream().allMatch(Status::ends);
      if (recipients.isEmpty() || (!sent && !ended)) {
        return Optional.empty();
      }
      List<String> lines = new ArrayList<>(List.of(firstLine));
      recipients.values().stream().filter(Status::ends).map(Status::line).forEach(lines::add);
      return Optional.of(new Proof(sent, List.copyOf(lines)));
    }
  }

  private final Map<String, Mail> byMessageId = new HashMap<>();

  private RelayLog() {}

  static RelayLog read(String text) {
    RelayLog log = new RelayLog();
    Map<String, Mail> byQueueId = new HashMap<>();
    text.lines().forEach(line -> log.take(line.strip(), byQueueId));
    return log;
  }

  /** Whether it names no mail: then it is not the log of a mail server, or a part without them. */
  boolean isEmpty() {
    return byMessageId.isEmpty();
  }

  /** What is proved of a mail; with or without angle brackets. */
  Optional<Proof> of(String messageId) {
    return Optional.ofNullable(byMessageId.get(bare(messageId))).flatMap(Mail::proof);
  }

  private void take(String line, Map<String, Mail> byQueueId) {
    Matcher parts = LINE.matcher(line);
    if (!parts.find()) {
      return;
    }
    String queueId = parts.group(1);
    Matcher id = MESSAGE_ID.matcher(parts.group(2));
    if (id.find()) {
      // A filter hands the mail back under another queue id: it stays the same mail.
      byQueueId.put(queueId, byMessageId.computeIfAbsent(id.group(1), key -> new Mail(line)));
      return;
    }
    Matcher status = STATUS.matcher(parts.group(2));
    Mail mail = byQueueId.get(queueId);
    if (mail != null && status.find()) {
      String outcome = status.group(2);
      mail.recipients.put(
          status.group(1).toLowerCase(Locale.ROOT),
          new Status(!outcome.equals("deferred"), outcome.equals("sent"), line));
    }
  }

  private static String bare(String messageId) {
    return messageId.replaceAll("^<|>$", "");
  }
}
