package io.facteur.delivery;

import io.facteur.contract.Domain;
import io.facteur.contract.Role;
import io.facteur.dispatch.FallbackPolicy.Fact;
import io.facteur.dispatch.RouteKey;
import io.facteur.document.DocumentId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All deliveries of one document, read under its lock where a decision depends on them. */
@Component
class DocumentDeliveries {

  /** A delivery as the fallback rule sees it. */
  record Entry(DeliveryId id, RouteKey route, Fact fact) {}

  private final JdbcClient jdbc;

  DocumentDeliveries(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  DocumentId lockDocumentOf(DeliveryId delivery) {
    long document =
        jdbc.sql("SELECT document_id FROM delivery WHERE id = :id")
            .param("id", delivery.value())
            .query(Long.class)
            .single();
    jdbc.sql("SELECT id FROM document WHERE id = :id FOR UPDATE")
        .param("id", document)
        .query(Long.class)
        .single();
    return new DocumentId(document);
  }

  /**
   * Whether its run was cancelled after it was planned: what the run has not sent by then is not
   * sent in another way either. The run's lock makes a cancellation wait until this is decided.
   */
  boolean isOfCancelledRun(DeliveryId delivery) {
    return jdbc.sql(
            """
            SELECT d.run_id, v.created_at FROM delivery v JOIN document d ON d.id = v.document_id
            WHERE v.id = :id AND d.run_id IS NOT NULL
            """)
        .param("id", delivery.value())
        .query((rs, n) -> isCancelled(rs.getLong("run_id"), rs.getTimestamp("created_at")))
        .optional()
        .orElse(false);
  }

  private boolean isCancelled(long run, Timestamp createdAt) {
    return jdbc.sql("SELECT state, finished_at FROM run WHERE id = :run LOCK IN SHARE MODE")
        .param("run", run)
        .query(
            (rs, n) ->
                "CANCELLED".equals(rs.getString("state"))
                    && !createdAt.after(rs.getTimestamp("finished_at")))
        .single();
  }

  /** The last revision of each origin. */
  List<Entry> latestOf(DocumentId document) {
    return jdbc.sql(
            """
            SELECT d.id, d.origin, d.domain, d.channel, d.role, d.reaches, d.state, d.retry_at
            FROM delivery d
            WHERE d.document_id = :document AND d.revision =
              (SELECT MAX(l.revision) FROM delivery l WHERE l.document_id = d.document_id AND l.origin = d.origin)
            ORDER BY d.id
            """)
        .param("document", document.value())
        .query((rs, n) -> entry(rs))
        .list();
  }

  private static Entry entry(ResultSet rs) throws SQLException {
    Role role = Role.valueOf(rs.getString("role"));
    String channel = rs.getString("channel");
    DeliveryState state = DeliveryState.valueOf(rs.getString("state"));
    boolean endedUnsent = EndedUnsent.STATES.contains(state) && rs.getTimestamp("retry_at") == null;
    return new Entry(
        new DeliveryId(rs.getLong("id")),
        new RouteKey(Domain.valueOf(rs.getString("domain")), channel, role),
        new Fact(rs.getString("origin"), channel, role, rs.getBoolean("reaches"), endedUnsent));
  }
}
