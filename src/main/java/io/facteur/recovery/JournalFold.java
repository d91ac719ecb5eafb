package io.facteur.recovery;

import io.facteur.delivery.journal.JournalLine;
import io.facteur.delivery.journal.JournalLine.HandOver;
import io.facteur.delivery.journal.JournalLine.Numbered;
import io.facteur.delivery.journal.JournalLine.Result;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What a node's journal says in the end of a time: hand-overs that may have happened, each with its
 * last attempt, and numbers that were given.
 */
final class JournalFold implements Consumer<JournalLine> {

  /**
   * A hand-over.
   *
   * @param result null: none was heard
   */
  record Handed(HandOver handOver, Instant at, Result result) {}

  /** A number. */
  record Given(Numbered document, Instant at) {}

  private final long upToBeat;
  private final Map<Long, Handed> handed = new LinkedHashMap<>();
  private final Map<String, Given> given = new LinkedHashMap<>();

  /**
   * @param upToBeat the first beat that is of no interest
   */
  JournalFold(long upToBeat) {
    this.upToBeat = upToBeat;
  }

  @Override
  public void accept(JournalLine line) {
    if (line.beat() >= upToBeat) {
      return;
    }
    if (line.handOver() != null) {
      handed.put(line.handOver().transmission(), new Handed(line.handOver(), line.at(), null));
    } else if (line.outcome() != null) {
      came(line.outcome());
    } else if (line.numbered() != null) {
      given.put(line.numbered().number(), new Given(line.numbered(), line.at()));
    }
  }

  Collection<Handed> handed() {
    return handed.values();
  }

  Collection<Given> given() {
    return given.values();
  }

  private void came(JournalLine.Outcome outcome) {
    if (outcome.result() == Result.NOT_HANDED_OVER) {
      handed.remove(outcome.transmission());
    } else {
      handed.computeIfPresent(
          outcome.transmission(),
          (id, before) -> new Handed(before.handOver(), before.at(), outcome.result()));
    }
  }
}
