package io.facteur.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.facteur.delivery.journal.JournalLine;
import io.facteur.delivery.journal.JournalLine.HandOver;
import io.facteur.delivery.journal.JournalLine.Outcome;
import io.facteur.delivery.journal.JournalLine.Result;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a journal says in the end about each hand-over. */
class JournalFoldTest {

  private static final Instant AT = Instant.parse("2026-03-02T09:00:00Z");

  private final JournalFold fold = new JournalFold(100);

  @ParameterizedTest
  @EnumSource(value = Result.class, names = "NOT_HANDED_OVER", mode = EnumSource.Mode.EXCLUDE)
  void aHandOverCameOutAsItsOutcomeSays(Result result) {
    fold.accept(handOver(1, 10));
    fold.accept(outcome(1, 10, result));

    assertThat(results()).containsExactly("1 " + result);
  }

  @Test
  void withoutAnOutcomeNobodyKnows() {
    fold.accept(handOver(1, 10));

    assertThat(results()).containsExactly("1 null");
  }

  @Test
  void whatTheCounterpartRefusedWasNotHandedOverUnlessALaterAttemptWas() {
    fold.accept(handOver(1, 10));
    fold.accept(outcome(1, 10, Result.NOT_HANDED_OVER));
    fold.accept(handOver(2, 10));
    fold.accept(outcome(2, 10, Result.NOT_HANDED_OVER));
    fold.accept(handOver(2, 11));

    assertThat(results()).containsExactly("2 null");
  }

  @ParameterizedTest
  @CsvSource({"99, 1", "100, 0"})
  void whatIsOfALaterTimeIsLeftOut(long beat, int expected) {
    fold.accept(handOver(1, beat));

    assertThat(fold.handed()).hasSize(expected);
  }

  private List<String> results() {
    return fold.handed().stream()
        .map(one -> one.handOver().transmission() + " " + one.result())
        .toList();
  }

  private static JournalLine handOver(long transmission, long beat) {
    return new JournalLine(
        beat, AT, new HandOver(transmission, 1, "EMAIL", null, "t1@x", null, null), null, null);
  }

  private static JournalLine outcome(long transmission, long beat, Result result) {
    return new JournalLine(beat, AT, null, new Outcome(transmission, result), null);
  }
}
