package io.facteur.delivery;

import io.facteur.delivery.Receipt.Outcome;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Settles claims whose holder has gone: without a mark, or with one whose file can be looked for,
 * the transmission waits again; with a mark that only a lost reply could explain it is uncertain
 * and never sent again by itself. What has ended its node more than once waits longer each time, so
 * that it cannot hold up the others, and becomes uncertain in the end.
 */
@Component
public class ClaimRecovery {

  private static final Logger log = LoggerFactory.getLogger(ClaimRecovery.class);

  /** Of one transmission, before a person has to look at it. */
  private static final int MOST_LOST_ATTEMPTS = RetryTerms.DEFAULT.attempts();

  private static final String CLAIM =
      """
      SELECT t.id, t.node, t.unclear_write, t.message_id, t.file_name, t.lost_attempts,
        EXISTS (SELECT 1 FROM delivery v WHERE v.transmission_id = t.id AND v.state = 'SENDING') AS begun
      FROM transmission t
      """;

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
   * @param lostAttempts how many attempts ended so, this one included if it had begun
   * @param begun whether the attempt had begun, or still waited on its node
   */
  private record Lost(
      TransmissionId transmission,
      String node,
      String unclear,
      Map<String, String> evidence,
      int lostAttempts,
      boolean begun) {

    private boolean isUncertain() {
      return "UNCERTAIN".equals(unclear);
    }
  }

  /** Settles the claims whose lease has run out. Any node may do so. */
  public int recoverExpired() {
    return recover(
        CLAIM
            + """
              WHERE t.state = 'CLAIMED' AND t.lease_until < UTC_TIMESTAMP(6)
              ORDER BY t.lease_until
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
              CLAIM
                  + """
                    WHERE t.node = :node AND t.state = 'CLAIMED'
                    ORDER BY t.id
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
                              rs.getString("unclear_write"),
                              evidence(rs.getString("message_id"), rs.getString("file_name")),
                              rs.getInt("lost_attempts") + (rs.getBoolean("begun") ? 1 : 0),
                              rs.getBoolean("begun")))
                  .list();
          lost.forEach(l -> settle(l, why));
          return lost.size();
        });
  }

  private void settle(Lost lost, String why) {
    String held = "claim of %s ended without outcome: %s".formatted(lost.node(), why);
    String what =
        lost.unclear() == null
            ? "; nothing had been handed over"
            : "; its file is looked for before it is written again";
    boolean uncertain = lost.isUncertain() || lost.lostAttempts() >= MOST_LOST_ATTEMPTS;
    if (lost.isUncertain()) {
      endUncertain(lost, held + ", after the hand-over had begun. Settle it by evidence.");
    } else if (uncertain) {
      endUncertain(
          lost,
          "%s. %d attempts have ended like this; it may be what stops the nodes: see their logs of these times, then settle it."
              .formatted(held + what, lost.lostAttempts()));
    } else {
      requeue(lost, held + what);
    }
    log.warn(
        "transmission {}: {}{}",
        lost.transmission().value(),
        held,
        uncertain ? ", uncertain" : ", waits again");
  }

  /** What a person, or a mail server's log, can be asked for. */
  private static Map<String, String> evidence(String messageId, String file) {
    Map<String, String> evidence = new HashMap<>();
    if (messageId != null) {
      evidence.put("messageId", messageId);
    }
    if (file != null) {
      evidence.put(Receipt.FILE, file);
    }
    return evidence;
  }

  /** The first time at once: a node is restarted, or killed, for many reasons. */
  private static Duration delay(Lost lost) {
    return lost.begun() && lost.lostAttempts() > 1
        ? RetryTerms.DEFAULT.delayAfter(lost.lostAttempts() - 1)
        : Duration.ZERO;
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
        new Receipt(Outcome.UNCERTAIN, reason, lost.evidence()),
        node.name());
  }

  private void requeue(Lost lost, String reason) {
    jdbc.sql(
            """
            UPDATE transmission
            SET state = 'WAITING', node = NULL, lease_until = NULL, lost_attempts = :lostAttempts,
              due_at = UTC_TIMESTAMP(6) + INTERVAL :delay SECOND
            WHERE id = :id
            """)
        .param("lostAttempts", lost.lostAttempts())
        .param("delay", delay(lost).toSeconds())
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
