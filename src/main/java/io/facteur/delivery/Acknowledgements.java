package io.facteur.delivery;

import io.facteur.delivery.Receipt.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Takes back into the ledger what a consumer of files reports: printed, accepted, rejected. The
 * same report twice changes nothing; a report that overtakes our own record of the write is the
 * proof of that write.
 */
@Component
public class Acknowledgements {

  private static final Logger log = LoggerFactory.getLogger(Acknowledgements.class);

  private final JdbcClient jdbc;
  private final LedgerRows rows;
  private final Fallbacks fallbacks;
  private final DatabasePatience patience;
  private final LedgerTransaction transaction;

  Acknowledgements(
      JdbcClient jdbc,
      LedgerRows rows,
      Fallbacks fallbacks,
      DatabasePatience patience,
      LedgerTransaction transaction) {
    this.jdbc = jdbc;
    this.rows = rows;
    this.fallbacks = fallbacks;
    this.patience = patience;
    this.transaction = transaction;
  }

  /**
   * Records what became of a file.
   *
   * @param fileName as it was written
   * @param state PRINTED, HANDED_OVER, ACCEPTED, REJECTED, or FAILED
   * @param reason for the last two; null otherwise
   * @return the folder in which the file is kept from now on: {@code acknowledged}, or {@code
   *     unknown} if no transmission ever announced it
   */
  public String record(String fileName, String state, String reason) {
    DeliveryState reported = DeliveryState.valueOf(state);
    boolean known =
        patience.persist(
            "acknowledgement of " + fileName,
            () -> transaction.with(tx -> recordNow(fileName, reported, reason)));
    return known ? "acknowledged" : "unknown";
  }

  private boolean recordNow(String fileName, DeliveryState state, String reason) {
    Optional<TransmissionId> found =
        jdbc.sql("SELECT id FROM transmission WHERE file_name = :fileName FOR UPDATE")
            .param("fileName", fileName)
            .query((rs, n) -> new TransmissionId(rs.getLong(1)))
            .optional();
    if (found.isEmpty()) {
      log.warn("{} was reported {} but belongs to no transmission", fileName, state);
      return false;
    }
    TransmissionId transmission = found.get();
    if (stateOf(transmission) == state) {
      return true;
    }
    jdbc.sql(
            """
            UPDATE transmission SET state = 'ENDED', node = NULL, lease_until = NULL WHERE id = :id
            """)
        .param("id", transmission.value())
        .update();
    Receipt receipt =
        new Receipt(
            Outcome.SPOOLED,
            reason == null && EndedUnsent.STATES.contains(state)
                ? "the consumer gave no reason"
                : reason,
            Map.of(Receipt.FILE, fileName));
    List<DeliveryId> changed = rows.change(transmission, state, receipt, "consumer");
    if (EndedUnsent.STATES.contains(state)) {
      fallbacks.after(changed, "consumer");
    }
    return true;
  }

  private DeliveryState stateOf(TransmissionId transmission) {
    return jdbc.sql("SELECT state FROM delivery WHERE transmission_id = :id ORDER BY id LIMIT 1")
        .param("id", transmission.value())
        .query((rs, n) -> DeliveryState.valueOf(rs.getString(1)))
        .single();
  }
}
