package io.facteur.delivery;

import io.facteur.delivery.Receipt.Outcome;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes back into the ledger what was handed over in a time that a restored database does not know.
 */
@Component
public class LostHandOvers {

  private final JdbcClient jdbc;
  private final LedgerRows rows;

  LostHandOvers(JdbcClient jdbc, LedgerRows rows) {
    this.jdbc = jdbc;
    this.rows = rows;
  }

  /**
   * How a transmission was handed over; what is not known is null.
   *
   * @param state SENT, SPOOLED, or UNCERTAIN where nothing proves it
   */
  public record Known(
      TransmissionId transmission,
      DeliveryState state,
      String reason,
      Map<String, String> evidence,
      String messageId,
      String fileName,
      String sha256) {

    public Known {
      evidence = Map.copyOf(evidence);
    }
  }

  /** Ends a transmission that the ledger takes for one that waits; false if it has ended. */
  @Transactional(propagation = Propagation.MANDATORY)
  public boolean end(Known known, String actor) {
    int ended =
        jdbc.sql(
                """
                UPDATE transmission
                SET state = 'ENDED', node = NULL, lease_until = NULL,
                    message_id = COALESCE(message_id, :messageId),
                    file_sha256 = IF(file_name IS NULL, :sha256, file_sha256),
                    file_name = COALESCE(file_name, :fileName)
                WHERE id = :id AND state <> 'ENDED'
                """)
            .param("messageId", known.messageId())
            .param("fileName", known.fileName())
            .param("sha256", known.sha256())
            .param("id", known.transmission().value())
            .update();
    if (ended == 0) {
      return false;
    }
    rows.change(
        known.transmission(),
        known.state(),
        new Receipt(Outcome.UNCERTAIN, known.reason(), known.evidence()),
        actor);
    return true;
  }
}
