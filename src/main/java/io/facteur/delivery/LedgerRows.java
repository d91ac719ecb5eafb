package io.facteur.delivery;

import io.facteur.contract.Domain;
import io.facteur.contract.Role;
import io.facteur.delivery.journal.Installation;
import io.facteur.dispatch.Recipient;
import io.facteur.dispatch.RouteKey;
import io.facteur.document.DocumentId;
import io.facteur.party.EmailAddress;
import io.facteur.party.Mailboxes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The statements over {@code transmission} and {@code delivery}. Times are the database's own, so
 * that a node with a wrong clock neither loses nor steals a claim.
 */
@Component
class LedgerRows {

  /**
   * What a claimed transmission carries.
   *
   * @param given addresses of a sending by hand that are kept nowhere else; null: by the rules
   */
  record Boarded(
      RouteKey route,
      EmailAddress individual,
      Mailboxes given,
      int attempt,
      String fileName,
      String printQueue,
      List<Shipment.Item> items) {}

  private static final String HELD =
      " WHERE id = :id AND node = :node AND fence = :fence AND state = 'CLAIMED'";
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
    String sql =
        """
        UPDATE transmission
        SET attempts = attempts + 1,
            lease_until = UTC_TIMESTAMP(6) + INTERVAL :lease SECOND
        """;
    return heldWithLease(sql, claim).param("lease", settings.sendLease().toSeconds()).update() == 1;
  }

  boolean mark(Claim claim, String messageId) {
    String sql =
        """
        UPDATE transmission
        SET marked_at = UTC_TIMESTAMP(6), unclear_write = 'UNCERTAIN', message_id = :messageId,
            lease_until = UTC_TIMESTAMP(6) + INTERVAL :lease SECOND
        """;
    return heldWithLease(sql, claim)
            .param("messageId", messageId)
            .param("lease", settings.sendLease().toSeconds())
            .update()
        == 1;
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

  /** Whether the hand-over was marked and only the counterpart's reply tells how it came out. */
  boolean isMarkedForReply(Claim claim) {
    String sql = "SELECT COUNT(*) FROM transmission";
    return held(sql + HELD + " AND unclear_write = 'UNCERTAIN'", claim)
            .query(Integer.class)
            .single()
        > 0;
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

  /** Gives the transmission back to the queue; a definite failure also takes back the mark. */
  boolean releaseForRetry(Claim claim, int attempt, Duration delay, Receipt receipt) {
    String release =
        """
        UPDATE transmission
        SET state = 'WAITING', node = NULL, lease_until = NULL, marked_at = NULL, unclear_write = NULL,
            attempts = :attempt, due_at = UTC_TIMESTAMP(6) + INTERVAL :delay MICROSECOND
        """;
    int released =
        held(release + HELD, claim)
            .param("attempt", attempt)
            .param("delay", micros(delay))
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

  boolean end(Claim claim, Receipt receipt) {
    String sql =
        """
        UPDATE transmission SET state = 'ENDED', node = NULL, lease_until = NULL,
            message_id = COALESCE(message_id, :messageId)
        """;
    return held(sql + HELD, claim).param("messageId", receipt.evidence().get("messageId")).update()
        == 1;
  }

  /**
   * Takes an outcome that comes after the claim ran out, if the transmission is uncertain since
   * then and nobody has claimed or settled it: late evidence is better than none.
   */
  boolean endLate(Claim claim, DeliveryState state) {
    if (state == DeliveryState.UNCERTAIN) {
      return false;
    }
    return jdbc.sql(
                """
                SELECT COUNT(*) FROM transmission t JOIN delivery d ON d.transmission_id = t.id
                WHERE t.id = :id AND t.fence = :fence AND t.state = 'ENDED' AND d.state = 'UNCERTAIN'
                """)
            .param("id", claim.transmission().value())
            .param("fence", claim.fence())
            .query(Integer.class)
            .single()
        > 0;
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
        .param("evidence", receipt.evidence().isEmpty() ? null : json.write(receipt.evidence()))
        .param("actor", actor)
        .param("id", id.value())
        .update();
    return jdbc.sql("SELECT id FROM delivery WHERE transmission_id = :id ORDER BY id")
        .param("id", id.value())
        .query((rs, n) -> new DeliveryId(rs.getLong(1)))
        .list();
  }

  Boarded boarded(TransmissionId id) {
    List<Row> found =
        jdbc.sql(
                """
                SELECT d.id, d.revision, d.document_id, doc.number, d.domain, d.channel, d.role,
                       d.individual_address, d.given_mailboxes, d.format, d.language, d.template, d.is_copy,
                       t.attempts, t.file_name, doc.print_queue
                FROM transmission t
                JOIN delivery d ON d.transmission_id = t.id
                JOIN document doc ON doc.id = d.document_id
                WHERE t.id = :id
                ORDER BY d.id
                """)
            .param("id", id.value())
            .query((rs, n) -> row(rs))
            .list();
    if (found.isEmpty()) {
      throw new IllegalStateException("transmission " + id.value() + " carries no delivery");
    }
    Row first = found.get(0);
    return new Boarded(
        first.route,
        first.individual,
        json.read(first.given, Mailboxes.class),
        first.attempts,
        first.fileName,
        first.printQueue,
        found.stream().map(Row::item).toList());
  }

  private record Row(
      RouteKey route,
      EmailAddress individual,
      String given,
      int attempts,
      String fileName,
      String printQueue,
      Shipment.Item item) {}

  private static Row row(ResultSet rs) throws SQLException {
    String individual = rs.getString("individual_address");
    return new Row(
        new RouteKey(
            Domain.valueOf(rs.getString("domain")),
            rs.getString("channel"),
            Role.valueOf(rs.getString("role"))),
        individual == null ? null : EmailAddress.kept(individual),
        rs.getString("given_mailboxes"),
        rs.getInt("attempts"),
        rs.getString("file_name"),
        rs.getString("print_queue"),
        new Shipment.Item(
            new DeliveryId(rs.getLong("id")),
            rs.getInt("revision"),
            new DocumentId(rs.getLong("document_id")),
            rs.getString("number"),
            rs.getString("format"),
            rs.getString("language"),
            rs.getString("template"),
            rs.getBoolean("is_copy"),
            false));
  }

  /** Nothing begins or is marked on a held database, nor on one older than this node has seen. */
  private JdbcClient.StatementSpec heldWithLease(String sql, Claim claim) {
    return held(sql + HELD_WITH_LEASE, claim).param("seenBeat", installation.seenBeat());
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
