package io.facteur.document;

import io.facteur.document.CarriedQuantities.Follower;
import io.facteur.document.CarriedQuantities.Line;
import io.facteur.document.CarriedQuantities.Part;
import io.facteur.document.CarriedQuantities.Place;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Sums up what documents' followers have carried over from their rows; no counter is kept anywhere.
 * Who decides on it holds the documents and all that they follow ({@link DocumentLocks}).
 */
@Repository
class CarriedRows {

  private final CreditedAmounts creditedAmounts;
  private final JdbcClient jdbc;

  CarriedRows(CreditedAmounts creditedAmounts, JdbcClient jdbc) {
    this.creditedAmounts = creditedAmounts;
    this.jdbc = jdbc;
  }

  /**
   * In four statements, however many documents there are. A bill that issued credit notes have
   * taken back in whole counts no more: what it carried over can be invoiced again.
   *
   * @param chains the documents, with all that they follow
   */
  CarriedQuantities load(Collection<DocumentId> chains) {
    if (chains.isEmpty()) {
      return new CarriedQuantities(Map.of(), List.of(), List.of());
    }
    List<Long> ids = chains.stream().map(DocumentId::value).toList();
    Map<DocumentId, List<Follower>> followers = followers(ids);
    Set<DocumentId> credited = creditedInWhole(followers.keySet());
    Map<Place, Line> lines = lines(ids);
    return new CarriedQuantities(
        lines,
        parts(ids, credited),
        followers.entrySet().stream()
            .filter(follower -> !credited.contains(follower.getKey()))
            .flatMap(follower -> follower.getValue().stream())
            .toList());
  }

  /** By the follower's id; each once for every document of the chain that it goes back to. */
  private Map<DocumentId, List<Follower>> followers(List<Long> ids) {
    Map<DocumentId, List<Follower>> found = new HashMap<>();
    jdbc.sql(
            """
            WITH RECURSIVE follower AS (
              SELECT id AS root, id FROM document WHERE id IN (:ids)
              UNION ALL
              SELECT p.root, f.id FROM follower p JOIN document f ON f.preceding_document_id = p.id
                AND f.type IN ('ORDER', 'DELIVERY_NOTE', 'INVOICE'))
            SELECT p.root, d.id, d.type, COALESCE(d.number, CONCAT('draft ', d.id)) AS name
            FROM follower p JOIN document d ON d.id = p.id WHERE p.id <> p.root ORDER BY d.id
            """)
        .param("ids", ids)
        .query(
            row -> {
              found
                  .computeIfAbsent(new DocumentId(row.getLong("id")), none -> new ArrayList<>())
                  .add(
                      new Follower(
                          new DocumentId(row.getLong("root")),
                          DocumentType.valueOf(row.getString("type")),
                          row.getString("name")));
            });
    return found;
  }

  private Set<DocumentId> creditedInWhole(Collection<DocumentId> followers) {
    return creditedAmounts.of(followers).entrySet().stream()
        .filter(one -> one.getValue().inWhole())
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private Map<Place, Line> lines(List<Long> ids) {
    Map<Place, Line> lines = new HashMap<>();
    jdbc.sql(
            """
            SELECT l.document_id, l.position, l.quantity, d.preceding_document_id, l.preceding_line
            FROM document d JOIN document_line l ON l.document_id = d.id WHERE d.id IN (:ids)
            """)
        .param("ids", ids)
        .query(
            row -> {
              Integer precedingLine = row.getObject("preceding_line", Integer.class);
              lines.put(
                  new Place(new DocumentId(row.getLong("document_id")), row.getInt("position")),
                  new Line(
                      row.getBigDecimal("quantity"),
                      precedingLine == null
                          ? null
                          : new Place(
                              new DocumentId(row.getLong("preceding_document_id")),
                              precedingLine)));
            });
    return lines;
  }

  private List<Part> parts(List<Long> ids, Set<DocumentId> credited) {
    List<Part> parts = new ArrayList<>();
    jdbc.sql(
            """
            WITH RECURSIVE part AS (
              SELECT document_id AS root, position AS root_line, document_id, position, quantity
              FROM document_line WHERE document_id IN (:ids)
              UNION ALL
              SELECT p.root, p.root_line, l.document_id, l.position, l.preceding_quantity
              FROM part p JOIN document f ON f.preceding_document_id = p.document_id
                AND f.type IN ('ORDER', 'DELIVERY_NOTE', 'INVOICE')
              JOIN document_line l ON l.document_id = f.id AND l.preceding_line = p.position)
            SELECT p.root, p.root_line, p.quantity, d.id, d.type,
                   COALESCE(d.number, CONCAT('draft ', d.id)) AS name
            FROM part p JOIN document d ON d.id = p.document_id
            WHERE p.document_id <> p.root ORDER BY d.id
            """)
        .param("ids", ids)
        .query(
            row -> {
              if (!credited.contains(new DocumentId(row.getLong("id")))) {
                parts.add(
                    new Part(
                        new Place(new DocumentId(row.getLong("root")), row.getInt("root_line")),
                        DocumentType.valueOf(row.getString("type")),
                        row.getBigDecimal("quantity"),
                        row.getString("name")));
              }
            });
    return parts;
  }
}
