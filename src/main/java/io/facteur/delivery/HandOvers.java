package io.facteur.delivery;

import io.facteur.delivery.Receipt.Outcome;
import io.facteur.delivery.journal.Journal;
import io.facteur.delivery.journal.JournalLine;
import io.facteur.delivery.journal.JournalLine.Result;
import io.facteur.document.IssuedDocument;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Notes in this node's journal what the ledger has marked, how it came out, and which numbers were
 * given: what a database that is restored from a backup will not know.
 */
@Component
class HandOvers {

  private static final Logger log = LoggerFactory.getLogger(HandOvers.class);

  /** What is under way here, and whether a lost reply would leave it unclear. */
  private record UnderWay(Integer revision, String channel, String document, boolean forReply) {
    private static final UnderWay UNKNOWN = new UnderWay(null, null, null, false);

    private UnderWay marked(boolean reply) {
      return new UnderWay(revision, channel, document, reply);
    }
  }

  private final Journal journal;
  private final JdbcClient jdbc;
  private final Map<TransmissionId, UnderWay> underWay = new ConcurrentHashMap<>();

  HandOvers(Journal journal, JdbcClient jdbc) {
    this.journal = journal;
    this.jdbc = jdbc;
  }

  void begun(Shipment shipment) {
    List<Shipment.Item> items = shipment.items();
    underWay.put(
        shipment.claim().transmission(),
        new UnderWay(
            items.get(0).revision(),
            shipment.channel(),
            items.size() == 1 ? items.get(0).documentNumber() : null,
            false));
  }

  /**
   * To be called between the committed mark and the hand-over.
   *
   * @throws TransmissionFailure if it cannot be noted: nothing may be handed over then
   */
  void marked(Claim claim, String messageId) {
    note(claim, true, messageId, null, null);
  }

  /** The same for a file. */
  void markedFile(Claim claim, String fileName, String sha256) {
    note(claim, false, null, fileName, sha256);
  }

  /** To be called once the outcome is recorded. A line that is missing leaves it unclear. */
  void came(Claim claim, Receipt receipt) {
    UnderWay known = underWay.remove(claim.transmission());
    Result result = known == null ? null : result(receipt.outcome(), known.forReply());
    if (result != null) {
      try {
        journal.add(new JournalLine.Outcome(claim.transmission().value(), result));
      } catch (UncheckedIOException e) {
        log.warn(
            "transmission {}: its outcome is not in the journal: {}",
            claim.transmission().value(),
            e.getMessage());
      }
    }
  }

  /** Notes documents that got their numbers, as soon as the transaction is committed. */
  void numbered(List<IssuedDocument> issued) {
    if (issued.isEmpty()) {
      return;
    }
    List<JournalLine.Numbered> lines = lines(issued);
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            addAll(lines);
          }
        });
  }

  private void note(
      Claim claim, boolean forReply, String messageId, String fileName, String sha256) {
    UnderWay known =
        underWay.merge(
            claim.transmission(),
            UnderWay.UNKNOWN.marked(forReply),
            (before, unknown) -> before.marked(forReply));
    try {
      journal.add(
          new JournalLine.HandOver(
              claim.transmission().value(),
              known.revision(),
              known.channel(),
              known.document(),
              messageId,
              fileName,
              sha256));
    } catch (UncheckedIOException e) {
      throw new TransmissionFailure(
          Receipt.failedTemporarily(
              "nothing is handed over that cannot be noted: " + e.getMessage(),
              fileName == null ? Map.of() : Map.of(Receipt.FILE, fileName)),
          e);
    }
  }

  private void addAll(List<JournalLine.Numbered> lines) {
    try {
      lines.forEach(journal::add);
    } catch (UncheckedIOException e) {
      log.error("numbers of {} documents are not in the journal", lines.size(), e);
    }
  }

  /** Null where nothing is certain: a file that failed is looked for again. */
  private static Result result(Outcome outcome, boolean forReply) {
    return switch (outcome) {
      case SENT -> Result.SENT;
      case SPOOLED -> Result.SPOOLED;
      case UNCERTAIN -> Result.UNCERTAIN;
      case FAILED_TEMPORARILY, FAILED_FOR_GOOD, SKIPPED -> forReply ? Result.NOT_HANDED_OVER : null;
      case BROKEN_OFF, CLAIM_LOST -> null;
    };
  }

  private List<JournalLine.Numbered> lines(List<IssuedDocument> issued) {
    return jdbc.sql(
            """
            SELECT id, number, company_id, series, series_year, sequence, issue_date, contract_id,
                   period_from, period_to
            FROM document WHERE id IN (:ids) ORDER BY id
            """)
        .param("ids", issued.stream().map(document -> document.id().value()).toList())
        .query(
            (row, i) ->
                new JournalLine.Numbered(
                    row.getLong("id"),
                    row.getString("number"),
                    row.getLong("company_id"),
                    row.getString("series"),
                    row.getInt("series_year"),
                    row.getLong("sequence"),
                    row.getObject("issue_date", LocalDate.class),
                    row.getObject("contract_id", Long.class),
                    row.getObject("period_from", LocalDate.class),
                    row.getObject("period_to", LocalDate.class)))
        .list();
  }
}
