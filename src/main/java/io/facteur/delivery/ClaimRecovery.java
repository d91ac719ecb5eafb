package io.facteur.delivery;

import io.facteur.delivery.Receipt.Outcome;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Settles claims whose holder has gone: without a mark, or with one whose file can be looked for,
 * the transmission waits again; with a mark that only a lost reply could explain it is uncertain
 * and never sent again by itself.
 */
@Component
public class ClaimRecovery {

  private static final Logger log = LoggerFactory.getLogger(ClaimRecovery.class);

  private final JdbcClient jdbc;
  private final LedgerRows rows;
  private final Node node;
  private final LedgerTransaction transaction;

  ClaimRecovery(JdbcClient jdbc, LedgerRows rows, Node node, LedgerTransaction transaction) {
    this.jdbc = jdbc;
    this.rows = rows;
    this.node = node;
    this.transaction = transaction;
  }

  /**
   * A claim without a holder.
   *
   * @param unclear what its mark means; null: it has none
   */
  private record Lost(TransmissionId transmission, String node, String unclear) {

    private boolean isUncertain() {
      return "UNCERTAIN".equals(unclear);
    }
  }

  /** Settles the claims whose lease has run out. Any node may do so. */
  public int recoverExpired() {
    return recover(
        """
        SELECT id, node, unclear_write
        FROM transmission
        WHERE state = 'CLAIMED' AND lease_until < UTC_TIMESTAMP(6)
        ORDER BY lease_until
        LIMIT 200
        FOR UPDATE SKIP LOCKED
        """,
        Map.of(),
        "the lease ran out");
  }

  /**
   * Settles what this node held when it was last stopped or killed. To be called before it claims.
   */
  public int recoverOwn() {
    int recovered = 0;
    int last;
    do {
      last =
          recover(
              """
              SELECT id, node, unclear_write
              FROM transmission
              WHERE node = :node AND state = 'CLAIMED'
              ORDER BY id
              LIMIT 200
              FOR UPDATE
              """,
              Map.of("node", node.name()),
              "the node was restarted");
      recovered += last;
    } while (last > 0);
    return recovered;
  }

  private int recover(String select, Map<String, Object> parameters, String why) {
    return transaction.with(
        tx -> {
          List<Lost> lost =
              jdbc.sql(select)
                  .params(parameters)
                  .query(
                      (rs, n) ->
                          new Lost(
                              new TransmissionId(rs.getLong("id")),
                              rs.getString("node"),
                              rs.getString("unclear_write")))
                  .list();
          lost.forEach(l -> settle(l, why));
          return lost.size();
        });
  }

  private void settle(Lost lost, String why) {
    String held = "claim of %s ended without outcome: %s".formatted(lost.node(), why);
    if (lost.isUncertain()) {
      endUncertain(lost, held + ", after the hand-over had begun. Settle it by evidence.");
    } else {
      requeue(
          lost,
          lost.unclear() == null
              ? held + "; nothing had been handed over"
              : held + "; its file is looked for before it is written again");
    }
    log.warn(
        "transmission {}: {}{}",
        lost.transmission().value(),
        held,
        lost.isUncertain() ? ", uncertain" : ", waits again");
  }

  private void endUncertain(Lost lost, String reason) {
    jdbc.sql(
            """
            UPDATE transmission SET state = 'ENDED', node = NULL, lease_until = NULL WHERE id = :id
            """)
        .param("id", lost.transmission().value())
        .update();
    rows.change(
        lost.transmission(),
        DeliveryState.UNCERTAIN,
        new Receipt(Outcome.UNCERTAIN, reason, Map.of()),
        node.name());
  }

  private void requeue(Lost lost, String reason) {
    jdbc.sql(
            """
            UPDATE transmission
            SET state = 'WAITING', node = NULL, lease_until = NULL, due_at = UTC_TIMESTAMP(6)
            WHERE id = :id
            """)
        .param("id", lost.transmission().value())
        .update();
    jdbc.sql(
            """
            UPDATE delivery
            SET state = 'QUEUED', retry_at = NULL, reason = :reason, actor = :actor,
                changed_at = UTC_TIMESTAMP(6)
            WHERE transmission_id = :id AND state = 'SENDING'
            """)
        .param("reason", reason)
        .param("actor", node.name())
        .param("id", lost.transmission().value())
        .update();
  }
}
