package io.facteur.delivery;

import io.facteur.delivery.journal.Installation;
import io.facteur.dispatch.Recipient;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The statements over {@code transmission} and {@code delivery}. Times are the database's own, so
 * that a node with a wrong clock neither loses nor steals a claim.
 */
@Component
class LedgerRows {

  /** Follows the reason of what is uncertain because of a file. */
  static final String IN_DOUBT = "; its consumer may have %s: look for it, then resolve";

  private static final String HELD =
      " WHERE id = :id AND node = :node AND fence = :fence AND state = 'CLAIMED'";
  private static final String BEGIN =
      """
      UPDATE transmission
      SET attempts = attempts + 1, lease_until = UTC_TIMESTAMP(6) + INTERVAL :lease SECOND
      """;
  private static final String HELD_WITH_LEASE =
      HELD + " AND lease_until > UTC_TIMESTAMP(6) AND " + Installation.GOES_ON;

  private final JdbcClient jdbc;
  private final LedgerJson json;
  private final LedgerSettings settings;
  private final Installation installation;

  LedgerRows(JdbcClient jdbc, LedgerJson json, LedgerSettings settings, Installation installation) {
    this.jdbc = jdbc;
    this.json = json;
    this.settings = settings;
    this.installation = installation;
  }

  boolean begin(Claim claim) {
    return heldWithLease(BEGIN, claim, "").update() == 1;
  }

  /** Begins only if what was foreseen still holds. */
  boolean begin(Claim claim, Foreseen foreseen) {
    return heldWithLease(BEGIN, claim, BoardedRows.STILL_HOLDS)
            .params(BoardedRows.parameters(foreseen))
            .update()
        == 1;
  }

  boolean mark(Claim claim, String messageId) {
    String sql =
        """
        UPDATE transmission
        SET marked_at = UTC_TIMESTAMP(6), unclear_write = 'UNCERTAIN', message_id = :messageId,
            lease_until = UTC_TIMESTAMP(6) + INTERVAL :lease SECOND
        """;
    return heldWithLease(sql, claim, "").param("messageId", messageId).update() == 1;
  }

  boolean markFile(Claim claim, String fileName, String sha256) {
    String sql =
        """
        UPDATE transmission
        SET marked_at = UTC_TIMESTAMP(6), unclear_write = 'LOOK_AGAIN', file_name = :fileName,
            file_sha256 = :sha256
        """;
    return heldWithLease(sql, claim, "")
            .param("fileName", fileName)
            .param("sha256", sha256)
            .update()
        == 1;
  }

  /** Keeps others from the transmission until the transaction ends; false if the claim is lost. */
  boolean lock(Claim claim) {
    return !held("SELECT id FROM transmission" + HELD + " FOR UPDATE", claim)
        .query(Long.class)
        .list()
        .isEmpty();
  }

  /** Whether the hand-over was marked and only the counterpart's reply tells how it came out. */
  boolean isMarkedForReply(Claim claim) {
    String sql = "SELECT COUNT(*) FROM transmission";
    return held(sql + HELD + " AND unclear_write = 'UNCERTAIN'", claim)
            .query(Integer.class)
            .single()
        > 0;
  }

  /**
   * The file that its consumer may have, as no attempt since has found out that it lies nowhere.
   */
  Optional<String> fileInDoubt(Claim claim) {
    String sql = "SELECT file_name FROM transmission";
    return held(sql + HELD + " AND unclear_write = 'LOOK_AGAIN'", claim)
        .query(String.class)
        .optional();
  }

  /** Which attempt this is; one that failed before it could begin counts as well. */
  int attempt(TransmissionId id) {
    return jdbc.sql(
            """
            SELECT t.attempts + IF(EXISTS (
              SELECT 1 FROM delivery d WHERE d.transmission_id = t.id AND d.state = 'SENDING'), 0, 1)
            FROM transmission t WHERE t.id = :id
            """)
        .param("id", id.value())
        .query(Integer.class)
        .single();
  }

  /**
   * Gives the transmission back to the queue. A definite failure also takes back the mark; that of
   * a file stays until the file has been looked for.
   */
  boolean releaseForRetry(Claim claim, int attempt, Duration delay, Receipt receipt) {
    String release =
        """
        UPDATE transmission
        SET state = 'WAITING', node = NULL, lease_until = NULL,
            marked_at = IF(:definite AND (unclear_write = 'UNCERTAIN' OR :knowsItsFile), NULL, marked_at),
            unclear_write = IF(:definite AND (unclear_write = 'UNCERTAIN' OR :knowsItsFile), NULL, unclear_write),
            attempts = :attempt, due_at = UTC_TIMESTAMP(6) + INTERVAL :delay MICROSECOND
        """;
    int released =
        held(release + HELD, claim)
            .param("attempt", attempt)
            .param("delay", micros(delay))
            .param("definite", receipt.outcome() == Receipt.Outcome.FAILED_TEMPORARILY)
            .param("knowsItsFile", receipt.knowsItsFile())
            .update();
    if (released == 0) {
      return false;
    }
    jdbc.sql(
            """
            UPDATE delivery d JOIN transmission t ON t.id = d.transmission_id
            SET d.state = 'FAILED', d.retry_at = t.due_at, d.reason = :reason, d.evidence = :evidence,
                d.actor = :actor, d.changed_at = UTC_TIMESTAMP(6)
            WHERE d.transmission_id = :id
            """)
        .param("reason", cut(receipt.reason()))
        .param("evidence", json.write(receipt.evidence()))
        .param("actor", claim.node())
        .param("id", claim.transmission().value())
        .update();
    return true;
  }

  /** Ends an attempt and moves what it carries to a state, all in one statement. */
  boolean end(Claim claim, DeliveryState state, Receipt receipt) {
    return jdbc.sql(
                """
                UPDATE transmission t JOIN delivery d ON d.transmission_id = t.id
                SET t.state = 'ENDED', t.node = NULL, t.lease_until = NULL,
                    t.message_id = COALESCE(t.message_id, :messageId),
                    d.state = :state, d.retry_at = NULL, d.reason = :reason, d.evidence = :evidence,
                    d.actor = :node, d.changed_at = UTC_TIMESTAMP(6)
                WHERE t.id = :id AND t.node = :node AND t.fence = :fence AND t.state = 'CLAIMED'
                """)
            .param("messageId", receipt.evidence().get("messageId"))
            .param("state", state.name())
            .param("reason", cut(receipt.reason()))
            .param("evidence", evidence(receipt))
            .param("id", claim.transmission().value())
            .param("node", claim.node())
            .param("fence", claim.fence())
            .update()
        > 0;
  }

  /**
   * Takes an outcome that comes after the claim ran out, if the transmission is uncertain since
   * then and nobody has claimed or settled it: late evidence is better than none.
   */
  boolean endLate(Claim claim, DeliveryState state, Receipt receipt) {
    if (state == DeliveryState.UNCERTAIN) {
      return false;
    }
    return !jdbc.sql(
            """
            SELECT d.id FROM transmission t JOIN delivery d ON d.transmission_id = t.id
            WHERE t.id = :id AND t.fence = :fence AND t.state = 'ENDED' AND d.state = 'UNCERTAIN'
              AND (:knowsItsFile OR NOT t.unclear_write <=> 'LOOK_AGAIN')
            FOR UPDATE
            """)
        .param("id", claim.transmission().value())
        .param("fence", claim.fence())
        .param("knowsItsFile", receipt.knowsItsFile())
        .query(Long.class)
        .list()
        .isEmpty();
  }

  void sending(Claim claim, Recipient recipient, List<Shipment.Item> items) {
    jdbc.sql(
            """
            UPDATE delivery
            SET state = 'SENDING', recipient = :recipient, chosen_format = :format, retry_at = NULL,
                reason = NULL, evidence = NULL, actor = :actor, changed_at = UTC_TIMESTAMP(6)
            WHERE transmission_id = :id
            """)
        .param("recipient", json.write(recipient))
        .param("format", items.get(0).format())
        .param("actor", claim.node())
        .param("id", claim.transmission().value())
        .update();
    items.stream()
        .filter(item -> !Objects.equals(item.format(), items.get(0).format()))
        .forEach(this::chose);
  }

  private void chose(Shipment.Item item) {
    jdbc.sql("UPDATE delivery SET chosen_format = :format WHERE id = :id")
        .param("format", item.format())
        .param("id", item.delivery().value())
        .update();
  }

  /** Moves all deliveries of a transmission to a state. */
  List<DeliveryId> change(TransmissionId id, DeliveryState state, Receipt receipt, String actor) {
    jdbc.sql(
            """
            UPDATE delivery
            SET state = :state, retry_at = NULL, reason = :reason, evidence = :evidence, actor = :actor,
                changed_at = UTC_TIMESTAMP(6)
            WHERE transmission_id = :id
            """)
        .param("state", state.name())
        .param("reason", cut(receipt.reason()))
        .param("evidence", evidence(receipt))
        .param("actor", actor)
        .param("id", id.value())
        .update();
    return deliveries(id);
  }

  List<DeliveryId> deliveries(TransmissionId id) {
    return jdbc.sql("SELECT id FROM delivery WHERE transmission_id = :id ORDER BY id")
        .param("id", id.value())
        .query((rs, n) -> new DeliveryId(rs.getLong(1)))
        .list();
  }

  private String evidence(Receipt receipt) {
    return receipt.evidence().isEmpty() ? null : json.write(receipt.evidence());
  }

  /** Nothing begins or is marked on a held database, nor on one older than this node has seen. */
  private JdbcClient.StatementSpec heldWithLease(String sql, Claim claim, String further) {
    return held(sql + HELD_WITH_LEASE + further, claim)
        .param("seenBeat", installation.seenBeat())
        .param("lease", settings.sendLease().toSeconds());
  }

  private JdbcClient.StatementSpec held(String sql, Claim claim) {
    return jdbc.sql(sql)
        .param("id", claim.transmission().value())
        .param("node", claim.node())
        .param("fence", claim.fence());
  }

  private static long micros(Duration duration) {
    return duration.toNanos() / 1_000;
  }

  /** The column holds 2,000 characters; a server's answer may be longer. */
  static String cut(String reason) {
    return reason == null || reason.length() <= 2_000 ? reason : reason.substring(0, 1_997) + "...";
  }
}
