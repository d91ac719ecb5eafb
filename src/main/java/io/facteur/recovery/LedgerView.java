package io.facteur.recovery;

import io.facteur.recovery.JournalFold.Given;
import io.facteur.recovery.JournalFold.Handed;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What the database knows of things that a journal or a folder tells of; asked in chunks. */
@Component
class LedgerView {

  private static final int CHUNK = 500;

  private record Known(boolean ended, boolean marked) {}

  private final JdbcClient jdbc;

  LedgerView(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Hand-overs that the ledger takes for waiting, or does not know at all. */
  List<Handed> notEnded(Collection<Handed> handed, long lastTransmission) {
    List<Handed> notEnded = new ArrayList<>();
    for (List<Handed> chunk : chunks(handed)) {
      Map<Long, Known> known = known(chunk);
      chunk.stream()
          .filter(
              one -> {
                Known row = known.get(one.handOver().transmission());
                return row == null
                    || !row.ended()
                    || one.handOver().transmission() > lastTransmission;
              })
          .forEach(notEnded::add);
    }
    return notEnded;
  }

  /** Whether the ledger contradicts the journal: its mark was committed before the line. */
  boolean contradicts(JournalFold journal) {
    for (List<Handed> chunk : chunks(journal.handed())) {
      Map<Long, Known> known = known(chunk);
      for (Handed one : chunk) {
        Known row = known.get(one.handOver().transmission());
        if (row == null || (!row.ended() && !row.marked())) {
          return true;
        }
      }
    }
    return !withoutDocument(journal.given()).isEmpty();
  }

  /** Numbers that no document has. */
  List<Given> withoutDocument(Collection<Given> given) {
    List<Given> without = new ArrayList<>();
    for (List<Given> chunk : chunks(given)) {
      Set<String> known =
          known(
              "SELECT number FROM document WHERE number IN (:values)",
              chunk.stream().map(one -> one.document().number()).toList());
      chunk.stream().filter(one -> !known.contains(one.document().number())).forEach(without::add);
    }
    return without;
  }

  /** Which of the files have been announced by a transmission. */
  Set<String> knownFiles(Collection<String> names) {
    return known("SELECT file_name FROM transmission WHERE file_name IN (:values)", names);
  }

  /** Which of the stored files belong to a document. */
  Set<String> knownRenditions(Collection<String> hashes) {
    return known("SELECT sha256 FROM rendition WHERE sha256 IN (:values)", hashes);
  }

  private Set<String> known(String query, Collection<String> values) {
    Set<String> known = new HashSet<>();
    for (List<String> chunk : chunks(values)) {
      known.addAll(jdbc.sql(query).param("values", chunk).query(String.class).list());
    }
    return known;
  }

  private Map<Long, Known> known(List<Handed> chunk) {
    Map<Long, Known> known = new HashMap<>();
    jdbc.sql(
            """
            SELECT id, state = 'ENDED' AS ended, message_id IS NOT NULL OR file_name IS NOT NULL AS marked
            FROM transmission WHERE id IN (:ids)
            """)
        .param("ids", chunk.stream().map(one -> one.handOver().transmission()).toList())
        .query(
            row -> {
              known.put(
                  row.getLong("id"), new Known(row.getBoolean("ended"), row.getBoolean("marked")));
            });
    return known;
  }

  private static <T> List<List<T>> chunks(Collection<T> all) {
    List<T> list = List.copyOf(all);
    List<List<T>> chunks = new ArrayList<>();
    for (int from = 0; from < list.size(); from += CHUNK) {
      chunks.add(list.subList(from, Math.min(from + CHUNK, list.size())));
    }
    return chunks;
  }
}
