package io.facteur.delivery.journal;

import java.time.Instant;
import java.time.LocalDate;

/**
 * One line of a node's journal: ids, numbers and hashes, nothing of persons. Exactly one of the
 * last three is there.
 *
 * @param beat the database's, as the node knew it; first, as readers skip lines by it
 */
public record JournalLine(
    long beat, Instant at, HandOver handOver, Outcome outcome, Numbered numbered) {

  /**
   * A hand-over that is about to happen; it has been marked in the database.
   *
   * @param documentNumber of the only document; null for several, or where it is not known
   * @param messageId null for a file
   */
  public record HandOver(
      long transmission,
      Integer revision,
      String channel,
      String documentNumber,
      String messageId,
      String fileName,
      String sha256) {}

  /** How a hand-over came out. */
  public record Outcome(long transmission, Result result) {}

  /** What is certain of a hand-over. */
  public enum Result {
    SENT,
    SPOOLED,
    UNCERTAIN,
    /** The counterpart said no, or nothing was said to it. */
    NOT_HANDED_OVER
  }

  /** A document that has got its number. */
  public record Numbered(
      long document,
      String number,
      long company,
      String series,
      int year,
      long sequence,
      LocalDate issueDate,
      Long contract,
      LocalDate periodFrom,
      LocalDate periodTo) {}

  static JournalLine of(long beat, Instant at, HandOver handOver) {
    return new JournalLine(beat, at, handOver, null, null);
  }

  static JournalLine of(long beat, Instant at, Outcome outcome) {
    return new JournalLine(beat, at, null, outcome, null);
  }

  static JournalLine of(long beat, Instant at, Numbered numbered) {
    return new JournalLine(beat, at, null, null, numbered);
  }
}
