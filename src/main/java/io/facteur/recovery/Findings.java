package io.facteur.recovery;

import io.facteur.party.Listing;
import io.facteur.party.Page;
import io.facteur.party.Paging;
import io.facteur.recovery.Finding.Kind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * What the restored database does not know, compared with the ledger as it stands now: of what is
 * not released yet, else of the last restoration.
 */
@Repository
public class Findings {

  private static final Map<String, String> SORTABLE =
      Map.of("kind", "kind", "subject", "subject", "document", "document", "at", "at");

  private static final String SHOWN =
      """
      (SELECT * FROM restoration
       WHERE released_at IS NULL
         OR (id = (SELECT MAX(id) FROM restoration)
             AND NOT EXISTS (SELECT 1 FROM restoration o WHERE o.released_at IS NULL)))
      """;

  private static final String HAND_OVERS =
      """
      SELECT IF(t.id IS NULL, 'UNKNOWN_DELIVERY', 'HANDED_OVER') AS kind,
             CAST(h.transmission_id AS CHAR) AS subject, h.channel, h.document_number AS document,
             COALESCE(h.message_id, h.file_name) AS place, h.handed_over_at AS at,
             COALESCE(h.outcome, 'UNCERTAIN') AS outcome, NULL AS contract, NULL AS period_from,
             NULL AS period_to, NULL AS draft, h.node
      FROM lost_hand_over h JOIN shown r ON r.id = h.restoration_id
      LEFT JOIN transmission t ON t.id = h.transmission_id AND t.id <= r.last_transmission
      WHERE t.id IS NULL OR t.state <> 'ENDED'
      """;

  private static final String OTHERWISE =
      """
      SELECT 'WENT_OTHERWISE', CAST(t.id AS CHAR), t.channel, d.number, MIN(COALESCE(h.message_id, h.file_name)),
             MIN(h.handed_over_at), 'UNCERTAIN', NULL, NULL, NULL, NULL, MIN(h.node)
      FROM lost_hand_over h JOIN shown r ON r.id = h.restoration_id
      LEFT JOIN transmission o ON o.id = h.transmission_id AND o.id <= r.last_transmission
      JOIN document d ON d.number = h.document_number
      JOIN delivery v ON v.document_id = d.id AND v.reaches
      JOIN transmission t ON t.id = v.transmission_id AND t.id <= r.last_transmission
      WHERE o.id IS NULL AND t.state <> 'ENDED'
        AND NOT EXISTS (
          SELECT 1 FROM lost_hand_over x
          WHERE x.restoration_id = r.id AND x.transmission_id = t.id)
      GROUP BY t.id, t.channel, d.number
      """;

  private static final String DOCUMENTS =
      """
      SELECT 'UNKNOWN_DOCUMENT', l.number, NULL, l.number, NULL, l.issued_at, NULL, k.number,
             l.period_from, l.period_to, w.id, NULL
      FROM lost_document l JOIN shown r ON r.id = l.restoration_id
      LEFT JOIN document d ON d.number = l.number
      LEFT JOIN document w ON w.id = l.document_id AND w.state = 'DRAFT' AND w.created_at <= r.restored_to
      LEFT JOIN contract k ON k.id = l.contract_id
      WHERE d.id IS NULL
      """;

  private static final String FILES =
      """
      SELECT IF(f.place = 'STORE', 'UNKNOWN_STORED', 'UNKNOWN_FILE'), f.name, NULL, NULL, f.lies_in,
             f.written_at, NULL, NULL, NULL, NULL, NULL, NULL
      FROM lost_file f JOIN shown r ON r.id = f.restoration_id
      WHERE NOT EXISTS (
          SELECT 1 FROM lost_hand_over h WHERE h.restoration_id = r.id
            AND (h.file_name = f.name OR h.file_sha256 = f.name))
        AND NOT EXISTS (SELECT 1 FROM transmission t WHERE t.file_name = f.name)
        AND NOT EXISTS (SELECT 1 FROM rendition n WHERE n.sha256 = f.name)
      """;

  private static final String ALL =
      "(WITH shown AS "
          + SHOWN
          + String.join(" UNION ALL ", List.of(HAND_OVERS, OTHERWISE, DOCUMENTS, FILES))
          + ") found";

  private static final int PAGE = 500;

  private final JdbcClient jdbc;

  Findings(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Sortable by kind, subject, document and at. */
  public Page<Finding> list(Kind kind, Paging paging) {
    return new Listing(ALL, "kind, subject", SORTABLE)
        .where("kind = :kind", "kind", kind == null ? null : kind.name())
        .page(jdbc, "*", paging, (row, i) -> finding(row));
  }

  /** Gives out all of them, in parts. */
  public void all(Consumer<List<Finding>> parts) {
    Page<Finding> page;
    int number = 0;
    do {
      page = list(null, new Paging(number++, PAGE, List.of()));
      parts.accept(page.items());
    } while (page.items().size() == PAGE);
  }

  /** How many there are of each kind that there is. */
  public Map<Kind, Integer> counts() {
    Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
    jdbc.sql("SELECT kind, COUNT(*) AS many FROM " + ALL + " GROUP BY kind")
        .query(
            row -> {
              counts.put(Kind.valueOf(row.getString("kind")), row.getInt("many"));
            });
    return counts;
  }

  private static Finding finding(ResultSet row) throws SQLException {
    return new Finding(
        Kind.valueOf(row.getString("kind")),
        row.getString("subject"),
        row.getString("channel"),
        row.getString("document"),
        row.getString("place"),
        row.getObject("at", LocalDateTime.class).toInstant(ZoneOffset.UTC),
        row.getString("outcome"),
        row.getString("contract"),
        row.getObject("period_from", LocalDate.class),
        row.getObject("period_to", LocalDate.class),
        row.getObject("draft", Long.class),
        row.getString("node"));
  }
}
