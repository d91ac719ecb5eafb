package io.facteur.metering;

import java.util.List;
import java.util.Map;

/**
 * What has become of a file of quantities.
 *
 * @param dryRun whether nothing was written on purpose
 * @param lines read, without header and empty ones
 * @param counts of lines by what has become of them
 * @param refused the first of those that were refused
 * @param gaps number of quantities before which days are missing
 * @param gapNotes the first of those
 * @param stopped why the rest of the file was not read; null if all of it was
 */
public record QuantityReport(
    boolean dryRun,
    long lines,
    Map<QuantityOutcome, Long> counts,
    List<Note> refused,
    long gaps,
    List<Note> gapNotes,
    Stop stopped) {

  /** So many lines are named. */
  public static final int NAMED = 1_000;

  public QuantityReport {
    counts = Map.copyOf(counts);
    refused = List.copyOf(refused);
    gapNotes = List.copyOf(gapNotes);
  }

  /**
   * Something about one line.
   *
   * @param contract null if it cannot be read
   * @param meter null if it cannot be read
   */
  public record Note(long line, String contract, String meter, String reason) {}

  /**
   * The file was not read to its end.
   *
   * @param line from which on nothing was taken
   */
  public record Stop(long line, String reason) {}

  public long count(QuantityOutcome outcome) {
    return counts.getOrDefault(outcome, 0L);
  }
}
