package io.facteur.delivery;

import io.facteur.delivery.journal.Installation;
import io.facteur.dispatch.Recipient;
import io.facteur.document.RunGate;
import io.facteur.document.RunId;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

  private static final String SENDING =
      """
      UPDATE delivery
      SET state = 'SENDING', recipient = :recipient, chosen_format = :format, retry_at = NULL,
          reason = NULL, evidence = NULL, actor = :node, changed_at = UTC_TIMESTAMP(6)
      WHERE transmission_id = :id
      """;
  private static final String BEGIN_AS_FORESEEN =
      "IF "
          + RunGate.NOT_STOPPED
          + " THEN\n"
          + (BEGIN + HELD_WITH_LEASE + BoardedRows.STILL_HOLDS + ";\n").indent(2)
          + "  SET changed = ROW_COUNT();\n  IF changed = 1 THEN\n"
          + (SENDING + ";\n").indent(4)
          + "  END IF;\nEND IF;";
  private static final String CHANGE =
      """
      UPDATE delivery
      SET state = :state, retry_at = NULL, reason = :reason, evidence = :evidence, actor = :node,
          changed_at = UTC_TIMESTAMP(6)
      WHERE transmission_id = :id
      """;
  private static final String END =
      """
      UPDATE transmission
      SET state = 'ENDED', node = NULL, lease_until = NULL,
          message_id = COALESCE(message_id, :messageId)
      """
          + HELD;
  private static final String END_AT_ONCE =
      END
          + ";\nSET changed = ROW_COUNT();\nIF changed = 1 THEN\n"
          + (CHANGE + ";\n").indent(2)
          + "END IF;";

  private final JdbcClient jdbc;
  private final RoundTrip roundTrip;
  private final LedgerJson json;
  private final LedgerSettings settings;
  private final Installation installation;

  LedgerRows(
      JdbcClient jdbc,
      RoundTrip roundTrip,
      LedgerJson json,
      LedgerSettings settings,
      Installation installation) {
    this.jdbc = jdbc;
    this.roundTrip = roundTrip;
    this.json = json;
    this.settings = settings;
    this.installation = installation;
  }

  boolean begin(Claim claim) {
    return heldWithLease(BEGIN, claim).update() == 1;
  }

  /**
   * Begins, and says to whom, only if what was foreseen still holds and its run is not stopped. A
   * transaction of its own.
   */
  boolean begin(Claim claim, Foreseen foreseen, Recipient recipient, Shipment.Item item) {
    RunId run = foreseen.boarded().run();
    Map<String, Object> parameters = held(claim);
    parameters.putAll(BoardedRows.parameters(foreseen));
    parameters.put("run", run == null ? null : run.value());
    parameters.put("seenBeat", installation.seenBeat());
    parameters.put("lease", settings.sendLease().toSeconds());
    parameters.put("recipient", json.write(recipient));
    parameters.put("format", item.format());
    return roundTrip.changes(BEGIN_AS_FORESEEN, parameters);
  }

  boolean mark(Claim claim, String messageId) {
    String sql =
        """
        UPDATE transmission
        SET marked_at = UTC_TIMESTAMP(6), unclear_write = 'UNCERTAIN', message_id = :messageId,
            lease_until = UTC_TIMESTAMP(6) + INTERVAL :lease SECOND
        """;
    return heldWithLease(sql, claim).param("messageId", messageId).update() == 1;
  }

  boolean markFile(Claim claim, String fileName, String sha256) {
    String sql =
        """
        UPDATE transmission
        SET marked_at = UTC_TIMESTAMP(6), unclear_write = 'LOOK_AGAIN', file_name = :fileName,
            file_sha256 = :sha256
        """;
    return heldWithLease(sql, claim).param("fileName", fileName).param("sha256", sha256).update()
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

  /**
   * Ends an attempt and moves what it carries to a state. Within a transaction if there is one,
   * else a transaction of its own.
   */
  boolean end(Claim claim, DeliveryState state, Receipt receipt) {
    Map<String, Object> parameters = held(claim);
    parameters.put("messageId", receipt.evidence().get("messageId"));
    parameters.put("state", state.name());
    parameters.put("reason", cut(receipt.reason()));
    parameters.put("evidence", evidence(receipt));
    if (RoundTrip.isPossible()) {
      return roundTrip.changes(END_AT_ONCE, parameters);
    }
    return jdbc.sql(END).params(parameters).update() == 1
        && jdbc.sql(CHANGE).params(parameters).update() > 0;
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
    jdbc.sql(SENDING)
        .param("recipient", json.write(recipient))
        .param("format", items.get(0).format())
        .param("node", claim.node())
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
    jdbc.sql(CHANGE)
        .param("state", state.name())
        .param("reason", cut(receipt.reason()))
        .param("evidence", evidence(receipt))
        .param("node", actor)
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
  private JdbcClient.StatementSpec heldWithLease(String sql, Claim claim) {
    return held(sql + HELD_WITH_LEASE, claim)
        .param("seenBeat", installation.seenBeat())
        .param("lease", settings.sendLease().toSeconds());
  }

  private JdbcClient.StatementSpec held(String sql, Claim claim) {
    return jdbc.sql(sql).params(held(claim));
  }

  private static Map<String, Object> held(Claim claim) {
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("id", claim.transmission().value());
    parameters.put("node", claim.node());
    parameters.put("fence", claim.fence());
    return parameters;
  }

  private static long micros(Duration duration) {
    return duration.toNanos() / 1_000;
  }

  /** The column holds 2,000 characters; a server's answer may be longer. */
  static String cut(String reason) {
    return reason == null || reason.length() <= 2_000 ? reason : reason.substring(0, 1_997) + "...";
  }
}
