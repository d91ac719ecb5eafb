package io.facteur.recovery;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** The rows that tell how far the database has come, and when it was restored. */
@Component
class Restorations {

  private static final RowMapper<Restoration> RESTORATION =
      (row, i) ->
          new Restoration(
              row.getLong("id"),
              row.getLong("from_beat"),
              row.getLong("to_beat"),
              row.getObject("restored_to", LocalDateTime.class).toInstant(ZoneOffset.UTC),
              row.getLong("last_transmission"),
              row.getObject("released_at") != null);

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;

  Restorations(JdbcClient jdbc, PlatformTransactionManager transactions) {
    this.jdbc = jdbc;
    this.transaction = new TransactionTemplate(transactions);
    this.transaction.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
  }

  /**
   * The database as it stands.
   *
   * @param heldSince null if nothing is held
   */
  record State(String uuid, long beat, Instant heldSince, String reason) {

    boolean isHeld() {
      return heldSince != null;
    }
  }

  State state() {
    return state("");
  }

  /** Does something while nobody else looks at the state; to be called in a transaction. */
  State lock() {
    return state(" FOR UPDATE");
  }

  <T> T inTransaction(Supplier<T> work) {
    return transaction.execute(tx -> work.get());
  }

  /**
   * Lets the beat rise, or holds the database, as the given look at it says.
   *
   * @param reasonToHold null: none
   * @param highestSeen by this node, of this database
   * @return how it stands then
   */
  State look(Function<State, String> reasonToHold, Function<State, Long> highestSeen, String node) {
    return inTransaction(
        () -> {
          seen(node);
          State found = lock();
          String reason = reasonToHold.apply(found);
          if (reason == null) {
            jdbc.sql(
                    "UPDATE installation SET beat = beat + 1, beat_at = UTC_TIMESTAMP(6) WHERE id = 1")
                .update();
          } else {
            hold(found, highestSeen.apply(found), reason, node);
          }
          return state();
        });
  }

  /** Restorations that this node has not yet compared with its journal. */
  List<Restoration> notYetCollectedBy(String node) {
    return jdbc.sql(
            """
            SELECT * FROM restoration r
            WHERE NOT EXISTS (
              SELECT 1 FROM restoration_node n WHERE n.restoration_id = r.id AND n.node = :node)
            ORDER BY r.id
            """)
        .param("node", node)
        .query(RESTORATION)
        .list();
  }

  /** Nodes that worked on the database of late and have not been compared with it since. */
  List<String> nodesNotHeard() {
    return jdbc.sql(
            """
            SELECT s.name FROM node_seen s
            WHERE s.seen_at > UTC_TIMESTAMP(6) - INTERVAL 90 DAY AND EXISTS (
              SELECT 1 FROM restoration r WHERE r.released_at IS NULL AND NOT EXISTS (
                SELECT 1 FROM restoration_node n WHERE n.restoration_id = r.id AND n.node = s.name))
            ORDER BY s.name
            """)
        .query(String.class)
        .list();
  }

  /** Nodes that worked on the database of late. */
  List<String> nodes() {
    return jdbc.sql(
            """
            SELECT name FROM node_seen WHERE seen_at > UTC_TIMESTAMP(6) - INTERVAL 90 DAY
            ORDER BY name
            """)
        .query(String.class)
        .list();
  }

  /** Nodes that began after the backup was made: another one has seen them. */
  void learn(List<String> nodes) {
    nodes.forEach(
        node ->
            jdbc.sql("INSERT IGNORE INTO node_seen (name) VALUES (:node)")
                .param("node", node)
                .update());
  }

  private void seen(String node) {
    jdbc.sql(
            """
            INSERT INTO node_seen (name) VALUES (:node)
            ON DUPLICATE KEY UPDATE seen_at = UTC_TIMESTAMP(6)
            """)
        .param("node", node)
        .update();
  }

  void collected(Restoration restoration, String node, boolean complete) {
    jdbc.sql(
            """
            INSERT IGNORE INTO restoration_node (restoration_id, node, complete)
            VALUES (:restoration, :node, :complete)
            """)
        .param("restoration", restoration.id())
        .param("node", node)
        .param("complete", complete)
        .update();
  }

  /** A node that comes back late tells of hand-overs that the release did not know. */
  void holdAgain(Restoration restoration, String node) {
    inTransaction(
        () -> {
          lock();
          jdbc.sql("UPDATE restoration SET released_at = NULL, released_by = NULL WHERE id = :id")
              .param("id", restoration.id())
              .update();
          setHeld("node %s tells of more that was handed over before the restore".formatted(node));
          return null;
        });
  }

  /** To be called in the transaction that settles what was found. */
  void release(String actor) {
    jdbc.sql("UPDATE installation SET held_since = NULL, held_reason = NULL WHERE id = 1").update();
    jdbc.sql(
            """
            UPDATE restoration SET released_at = UTC_TIMESTAMP(6), released_by = :actor
            WHERE released_at IS NULL
            """)
        .param("actor", actor)
        .update();
  }

  private void hold(State found, long highestSeen, String reason, String node) {
    long beyond = Restoration.beyond(Math.max(found.beat(), highestSeen));
    jdbc.sql(
            """
            INSERT INTO restoration (from_beat, to_beat, restored_to, last_transmission, found_by)
            SELECT beat, :beyond, beat_at, (SELECT COALESCE(MAX(id), 0) FROM transmission), :node
            FROM installation WHERE id = 1
            """)
        .param("beyond", beyond)
        .param("node", node)
        .update();
    jdbc.sql("UPDATE installation SET beat = :beat, beat_at = UTC_TIMESTAMP(6) WHERE id = 1")
        .param("beat", beyond)
        .update();
    setHeld(reason);
  }

  private void setHeld(String reason) {
    jdbc.sql(
            """
            UPDATE installation
            SET held_since = COALESCE(held_since, UTC_TIMESTAMP(6)), held_reason = :reason
            WHERE id = 1
            """)
        .param("reason", reason)
        .update();
  }

  private State state(String lock) {
    return jdbc.sql(
            "SELECT uuid, beat, held_since, held_reason FROM installation WHERE id = 1" + lock)
        .query(
            (row, i) -> {
              LocalDateTime since = row.getObject("held_since", LocalDateTime.class);
              return new State(
                  row.getString("uuid"),
                  row.getLong("beat"),
                  since == null ? null : since.toInstant(ZoneOffset.UTC),
                  row.getString("held_reason"));
            })
        .single();
  }
}
