package io.facteur.document;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** The rows that hold each series' last number; whoever numbers holds their lock until commit. */
@Repository
class NumberSeriesRows {

  /** Ordered, so that all callers lock several series in the same order. */
  record Key(long company, String series, int year) implements Comparable<Key> {

    private static final Comparator<Key> ORDER =
        Comparator.comparingLong(Key::company)
            .thenComparing(Key::series)
            .thenComparingInt(Key::year);

    @Override
    public int compareTo(Key other) {
      return ORDER.compare(this, other);
    }
  }

  /** The numbers that one caller takes out of a locked series. */
  static final class Numbers {
    private final Key key;
    private final LocalDate issueDate;
    private long last;

    private Numbers(Key key, long last, LocalDate issueDate) {
      this.key = key;
      this.last = last;
      this.issueDate = issueDate;
    }

    Key key() {
      return key;
    }

    LocalDate issueDate() {
      return issueDate;
    }

    long next() {
      return ++last;
    }
  }

  private record Last(long sequence, LocalDate issueDate) {}

  private final JdbcTemplate jdbc;

  NumberSeriesRows(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** Locks the series, making those that are new. */
  List<Numbers> lock(Set<Key> keys, LocalDate issueDate) {
    List<Key> ordered = keys.stream().sorted().toList();
    // Takes the exclusive lock whether the row is new or not: INSERT IGNORE would take a shared one
    // first, and two callers that both hold it could never go on.
    jdbc.batchUpdate(
        """
        INSERT INTO number_series (company_id, series, year) VALUES (?, ?, ?)
        ON DUPLICATE KEY UPDATE last_sequence = last_sequence
        """,
        ordered.stream()
            .map(key -> new Object[] {key.company(), key.series(), key.year()})
            .toList());
    Map<Key, Last> found = new HashMap<>();
    jdbc.query(
        "SELECT company_id, series, year, last_sequence, last_issue_date FROM number_series WHERE "
            + "(company_id, series, year) IN ("
            + String.join(", ", Collections.nCopies(ordered.size(), "(?, ?, ?)"))
            + ") FOR UPDATE",
        row -> {
          found.put(
              new Key(row.getLong("company_id"), row.getString("series"), row.getInt("year")),
              new Last(
                  row.getLong("last_sequence"), row.getObject("last_issue_date", LocalDate.class)));
        },
        ordered.stream()
            .flatMap(key -> Stream.of(key.company(), key.series(), key.year()))
            .toArray());
    List<Numbers> numbers = new ArrayList<>(ordered.size());
    for (Key key : ordered) {
      Last last = found.get(key);
      numbers.add(new Numbers(key, last.sequence(), notBefore(last.issueDate(), issueDate)));
    }
    return numbers;
  }

  private static LocalDate notBefore(LocalDate last, LocalDate wanted) {
    return last == null || wanted.isAfter(last) ? wanted : last;
  }

  void save(Collection<Numbers> series) {
    jdbc.batchUpdate(
        """
        UPDATE number_series SET last_sequence = ?, last_issue_date = ?
        WHERE company_id = ? AND series = ? AND year = ?
        """,
        series.stream()
            .map(
                numbers ->
                    new Object[] {
                      numbers.last,
                      numbers.issueDate,
                      numbers.key.company(),
                      numbers.key.series(),
                      numbers.key.year()
                    })
            .toList());
  }
}
