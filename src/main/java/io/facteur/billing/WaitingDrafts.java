package io.facteur.billing;

import io.facteur.document.DocumentId;
import io.facteur.document.RunId;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Drafts of a run that wait for a person: their contract said so when they were made (BILL-6), or
 * they could not be issued. A confirmation releases exactly those that it was given for; the run
 * issues them.
 */
@Repository
public class WaitingDrafts {

  private static final String COULD_NOT_BE_ISSUED =
      """
      EXISTS (
        SELECT 1 FROM run_problem p
        WHERE p.run_id = d.run_id AND p.contract_id = d.contract_id AND p.kind = 'ISSUE'
          AND p.confirmed_at IS NULL)
      """;

  private static final String WAITING =
      """
      d.run_id = :run AND d.state = 'DRAFT' AND (d.released_at IS NULL OR %s)
      """
          .formatted(COULD_NOT_BE_ISSUED);

  private final JdbcClient jdbc;

  WaitingDrafts(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Which of them; nothing given: all.
   *
   * @param contracts numbers
   */
  public record Selection(Collection<String> contracts, Collection<DocumentId> documents) {

    public static final Selection ALL = new Selection(List.of(), List.of());

    public Selection {
      contracts = List.copyOf(contracts);
      documents = List.copyOf(documents);
    }

    private String condition() {
      return (contracts.isEmpty()
              ? ""
              : " AND d.contract_id IN (SELECT id FROM contract WHERE number IN (:contracts))")
          + (documents.isEmpty() ? "" : " AND d.id IN (:documents)");
    }

    private JdbcClient.StatementSpec bind(JdbcClient.StatementSpec statement) {
      JdbcClient.StatementSpec bound = statement;
      if (!contracts.isEmpty()) {
        bound = bound.param("contracts", contracts);
      }
      if (!documents.isEmpty()) {
        bound = bound.param("documents", documents.stream().map(DocumentId::value).toList());
      }
      return bound;
    }
  }

  public int count(RunId run, Selection selection) {
    return bound("SELECT COUNT(*) FROM document d", run, selection).query(Integer.class).single();
  }

  /** The ids of those chosen, with their contracts' numbers. */
  public List<Waiting> list(RunId run, Selection selection) {
    return bound(
            """
            SELECT d.id, (SELECT number FROM contract WHERE id = d.contract_id) AS contract
            FROM document d
            """,
            run,
            selection)
        .query(
            (row, i) -> new Waiting(new DocumentId(row.getLong("id")), row.getString("contract")))
        .list();
  }

  /**
   * A draft that waits.
   *
   * @param contract number; null if it has none
   */
  public record Waiting(DocumentId id, String contract) {}

  /** Releases those chosen; problems with issuing them count as dealt with. How many. */
  public int release(RunId run, Selection selection, String actor) {
    int released =
        bound(
                """
                UPDATE document d
                SET d.released_at = UTC_TIMESTAMP(6), d.released_by = :actor, d.version = d.version + 1
                """,
                run,
                selection)
            .param("actor", actor)
            .update();
    selection
        .bind(
            jdbc.sql(
                """
                UPDATE run_problem q JOIN document d ON d.run_id = q.run_id AND d.contract_id = q.contract_id
                SET q.confirmed_at = UTC_TIMESTAMP(6), q.confirmed_by = :actor
                WHERE q.run_id = :run AND q.kind = 'ISSUE' AND q.confirmed_at IS NULL AND d.state = 'DRAFT'
                """
                    + selection.condition()))
        .param("run", run.value())
        .param("actor", actor)
        .update();
    return released;
  }

  private JdbcClient.StatementSpec bound(String sql, RunId run, Selection selection) {
    return selection
        .bind(jdbc.sql(sql + " WHERE " + WAITING + selection.condition()))
        .param("run", run.value());
  }
}
