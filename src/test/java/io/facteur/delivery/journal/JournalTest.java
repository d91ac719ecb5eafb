package io.facteur.delivery.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facteur.delivery.journal.JournalLine.HandOver;
import io.facteur.delivery.journal.JournalLine.Outcome;
import io.facteur.delivery.journal.JournalLine.Result;
import io.facteur.testing.SettableClock;
import io.facteur.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a node has handed over stays known to it, whatever happens to the database. */
class JournalTest {

  private static DataSource database;

  @TempDir Path root;
  private final SettableClock clock = new SettableClock();
  private Installation installation;
  private Journal journal;

  @BeforeAll
  static void migrate() {
    database = TestDatabase.fresh();
  }

  @BeforeEach
  void begin() {
    installation = new Installation(JdbcClient.create(database));
    journal = newLife();
  }

  @Test
  void whatWasNotedIsReadFromTheBeatOnThatIsAskedFor() {
    handOver(1, 10);
    handOver(2, 11);
    installation.recognise(installation.uuid(), 12);
    journal.add(new Outcome(2, Result.SENT));

    assertThat(transmissions(11)).containsExactly(2L, -2L);
    assertThat(transmissions(0)).containsExactly(1L, 2L, -2L);
  }

  @Test
  void aLineThatAKillHasCutOffSpoilsNeitherTheOnesBeforeNorTheNext() throws IOException {
    handOver(1, 10);
    Files.writeString(onlyDay(), "{\"beat\":10,\"at\":\"2026-11-2", StandardOpenOption.APPEND);
    journal = newLife();
    handOver(2, 10);

    assertThat(transmissions(0)).containsExactly(1L, 2L);
  }

  @Test
  void eachDayHasItsFileAndOldOnesGo() throws IOException {
    handOver(1, 10);
    clock.advance(Duration.ofDays(2));
    handOver(2, 20);
    clock.advance(Duration.ofDays(2));
    handOver(3, 30);

    assertThat(days()).containsExactly("2026-11-23.jsonl", "2026-11-25.jsonl");
    assertThat(transmissions(0)).containsExactly(2L, 3L);
    assertThat(transmissions(25)).containsExactly(3L);
    assertThat(journal.reachesBackTo(LocalDate.of(2026, 11, 22))).isTrue();
    assertThat(journal.reachesBackTo(LocalDate.of(2026, 11, 21))).isFalse();
  }

  @Test
  void theHighestBeatIsKnownToTheNextLife() {
    installation.recognise(installation.uuid(), 41);
    journal.keep(41);

    begin();

    assertThat(journal.highestBeat()).isEqualTo(41);
    assertThat(journal.isNewDatabase()).isFalse();
  }

  @Test
  void anotherDatabaseHasAJournalOfItsOwn() {
    handOver(1, 10);
    journal.keep(10);

    installation.recognise("another", 3);

    assertThat(journal.isNewDatabase()).isTrue();
    assertThat(journal.highestBeat()).isEqualTo(3);
    assertThat(transmissions(0)).isEmpty();
  }

  @Test
  void whatCannotBeNotedIsRefused() throws IOException {
    Files.writeString(root.resolve("file"), "");
    journal = new Journal(root.resolve("file"), "n", 3, installation, clock);

    assertThatThrownBy(() -> handOver(1, 10)).isInstanceOf(UncheckedIOException.class);
  }

  private Journal newLife() {
    return new Journal(root, "node 1/a", 3, installation, clock);
  }

  private void handOver(long transmission, long beat) {
    installation.recognise(installation.uuid(), beat);
    journal.add(
        new HandOver(transmission, 1, "EMAIL", "AC-2026-000001", "t1@edl.example", null, null));
  }

  /** Transmissions of hand-overs; those of outcomes below zero. */
  private List<Long> transmissions(long fromBeat) {
    List<Long> read = new ArrayList<>();
    journal.read(
        fromBeat,
        line ->
            read.add(
                line.handOver() == null
                    ? -line.outcome().transmission()
                    : line.handOver().transmission()));
    return read;
  }

  private Path onlyDay() throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(file -> file.toString().endsWith(".jsonl")).findAny().orElseThrow();
    }
  }

  private List<String> days() throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".jsonl"))
          .sorted()
          .toList();
    }
  }
}
