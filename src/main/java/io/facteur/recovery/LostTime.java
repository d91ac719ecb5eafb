package io.facteur.recovery;

import io.facteur.delivery.Node;
import io.facteur.delivery.journal.Journal;
import io.facteur.recovery.JournalFold.Given;
import io.facteur.recovery.JournalFold.Handed;
import io.facteur.recovery.LostFiles.Lost;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Brings into the database what this node's journal and folders tell of a time that a restore has
 * taken out of it.
 */
@Component
class LostTime {

  private static final Logger log = LoggerFactory.getLogger(LostTime.class);

  /** Ids of other nodes, whose journals nobody has, are left out as well. */
  private static final long LEFT_OUT = 100_000;

  private static final String HAND_OVER =
      """
      INSERT INTO lost_hand_over (restoration_id, transmission_id, node, revision, channel,
        document_number, message_id, file_name, file_sha256, handed_over_at, outcome)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON DUPLICATE KEY UPDATE outcome = COALESCE(VALUES(outcome), outcome)
      """;

  private static final String DOCUMENT =
      """
      INSERT IGNORE INTO lost_document (restoration_id, number, company_id, series, series_year,
        sequence, issue_date, document_id, contract_id, period_from, period_to, issued_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private static final String FILE =
      """
      INSERT IGNORE INTO lost_file (restoration_id, place, name, lies_in, written_at)
      VALUES (?, ?, ?, ?, ?)
      """;

  private final JdbcTemplate jdbc;
  private final Journal journal;
  private final Node node;
  private final LedgerView ledger;
  private final LostFiles files;

  LostTime(JdbcTemplate jdbc, Journal journal, Node node, LedgerView ledger, LostFiles files) {
    this.jdbc = jdbc;
    this.journal = journal;
    this.node = node;
    this.ledger = ledger;
    this.files = files;
  }

  /**
   * What a node has brought.
   *
   * @param entries how many the database did not know
   * @param complete whether the journal goes back to the backup
   */
  record Brought(int entries, boolean complete) {}

  /** Whether the newest lines of the journal tell of what this database does not know. */
  boolean isKnownBetterThan(long beat) {
    JournalFold newest = new JournalFold(Long.MAX_VALUE);
    journal.read(beat - Restoration.MARGIN, newest);
    return ledger.contradicts(newest);
  }

  /** Collects for a restoration; may be repeated. */
  Brought collect(Restoration restoration) {
    JournalFold fold = new JournalFold(restoration.toBeat());
    journal.read(restoration.firstLostBeat(), fold);
    leaveOutIds(fold);
    List<Handed> handed = ledger.notEnded(fold.handed(), restoration.lastTransmission());
    List<Given> given = ledger.withoutDocument(fold.given());
    List<Lost> lost = files.since(restoration.restoredTo());
    jdbc.batchUpdate(HAND_OVER, handed.stream().map(one -> handOver(restoration, one)).toList());
    jdbc.batchUpdate(DOCUMENT, given.stream().map(one -> document(restoration, one)).toList());
    jdbc.batchUpdate(FILE, lost.stream().map(one -> file(restoration, one)).toList());
    log.warn(
        "the database was restored to {}: node {} knows of {} hand-overs, {} documents and {} files"
            + " since then",
        restoration.restoredTo(),
        node.name(),
        handed.size(),
        given.size(),
        lost.size());
    return new Brought(
        handed.size() + given.size(),
        journal.reachesBackTo(LocalDate.ofInstant(restoration.restoredTo(), ZoneOffset.UTC)));
  }

  /**
   * Ids of the lost time stand in Message-IDs and file names: they must not be given again. A
   * counter that is set lower than it stands stays.
   */
  private void leaveOutIds(JournalFold fold) {
    long transmission =
        fold.handed().stream().mapToLong(one -> one.handOver().transmission()).max().orElse(0);
    long document =
        fold.given().stream().mapToLong(one -> one.document().document()).max().orElse(0);
    raise("transmission", transmission);
    raise("document", document);
    raise("delivery", transmission);
  }

  private void raise(String table, long lost) {
    Long known = jdbc.queryForObject("SELECT COALESCE(MAX(id), 0) FROM " + table, Long.class);
    long next = Math.max(lost, known == null ? 0 : known) + LEFT_OUT;
    jdbc.execute("ALTER TABLE " + table + " AUTO_INCREMENT = " + next);
  }

  private Object[] handOver(Restoration restoration, Handed one) {
    var handOver = one.handOver();
    return new Object[] {
      restoration.id(),
      handOver.transmission(),
      node.name(),
      handOver.revision(),
      handOver.channel(),
      handOver.documentNumber(),
      handOver.messageId(),
      handOver.fileName(),
      handOver.sha256(),
      utc(one.at()),
      one.result() == null ? null : one.result().name()
    };
  }

  private static Object[] document(Restoration restoration, Given one) {
    var document = one.document();
    return new Object[] {
      restoration.id(),
      document.number(),
      document.company(),
      document.series(),
      document.year(),
      document.sequence(),
      document.issueDate(),
      document.document(),
      document.contract(),
      document.periodFrom(),
      document.periodTo(),
      utc(one.at())
    };
  }

  private static Object[] file(Restoration restoration, Lost one) {
    return new Object[] {
      restoration.id(),
      one.place().name(),
      one.name(),
      one.folder().toString(),
      utc(one.writtenAt())
    };
  }

  private static LocalDateTime utc(Instant instant) {
    return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
  }
}
