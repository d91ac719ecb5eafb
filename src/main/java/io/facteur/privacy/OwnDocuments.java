package io.facteur.privacy;

import java.util.List;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Documents in which a contact takes part, chunk by chunk, so that their number costs no memory.
 */
@Component
class OwnDocuments {

  /**
   * Of a document {@code d} and something {@code x} that has a role there: whether that role is the
   * contact's. Where nobody else is the delivery address, that is the contracting party's as well.
   */
  static final String OWNED =
      """
      IF(x.role = 'DELIVERY_ADDRESS', COALESCE(d.delivery_contact_id, d.contact_id), d.contact_id)
        IN (:contacts)
      """;

  private static final int CHUNK = 200;

  private final JdbcClient jdbc;

  OwnDocuments(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Ids in rising order. */
  void inChunks(DataSubject subject, Consumer<List<Long>> reader) {
    long after = 0;
    List<Long> chunk = next(subject, after);
    while (!chunk.isEmpty()) {
      reader.accept(chunk);
      after = chunk.get(chunk.size() - 1);
      chunk = next(subject, after);
    }
  }

  /** Along the indexes of both roles, which an OR would not use. */
  private List<Long> next(DataSubject subject, long after) {
    return jdbc.sql(
            """
            (SELECT id FROM document WHERE contact_id IN (:contacts) AND id > :after
              ORDER BY id LIMIT :chunk)
            UNION
            (SELECT id FROM document
              WHERE company_id = :company AND delivery_contact_id IN (:contacts) AND id > :after
              ORDER BY id LIMIT :chunk)
            ORDER BY id LIMIT :chunk
            """)
        .param("contacts", subject.ids())
        .param("company", subject.company())
        .param("after", after)
        .param("chunk", CHUNK)
        .query(Long.class)
        .list();
  }
}
