package io.facteur.billing;

import io.facteur.contract.ContractId;
import io.facteur.document.DocumentId;
import io.facteur.document.RunId;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What a run could not do, beside its documents. */
@Repository
public class RunProblems {

  private static final int MAX_REASON = 1_000;

  private final JdbcClient jdbc;
  private final JdbcTemplate batches;

  RunProblems(JdbcClient jdbc, JdbcTemplate batches) {
    this.jdbc = jdbc;
    this.batches = batches;
  }

  /** A problem of the run as a whole. */
  public void add(RunId run, String reason) {
    jdbc.sql("INSERT INTO run_problem (run_id, reason) VALUES (:run, :reason)")
        .param("run", run.value())
        .param("reason", shortened(reason))
        .update();
  }

  /**
   * A draft of the run that could not be issued; the run no longer waits for it. None if another
   * node has issued it in the meantime.
   */
  public void addForDraft(DocumentId draft, String reason) {
    jdbc.sql(
            """
            INSERT INTO run_problem (run_id, contract_id, reason)
            SELECT run_id, contract_id, CONCAT('Draft ', id, ': ', :reason) FROM document
            WHERE id = :draft AND run_id IS NOT NULL AND state = 'DRAFT'
            """)
        .param("draft", draft.value())
        .param("reason", shortened(reason))
        .update();
  }

  void hold(RunId run, Map<ContractId, String> reasons) {
    if (!reasons.isEmpty()) {
      batches.batchUpdate(
          "INSERT INTO run_problem (run_id, contract_id, reason) VALUES (?, ?, ?)",
          reasons.entrySet().stream()
              .map(
                  held ->
                      new Object[] {run.value(), held.getKey().value(), shortened(held.getValue())})
              .toList());
    }
  }

  /** Those of the contracts that the run has a problem with. */
  Set<ContractId> held(RunId run, Collection<ContractId> contracts) {
    List<ContractId> held =
        jdbc.sql(
                """
                SELECT contract_id FROM run_problem
                WHERE run_id = :run AND contract_id IN (:contracts)
                """)
            .param("run", run.value())
            .param("contracts", contracts.stream().map(ContractId::value).toList())
            .query((row, i) -> new ContractId(row.getLong("contract_id")))
            .list();
    return new HashSet<>(held);
  }

  private static String shortened(String reason) {
    return reason.length() <= MAX_REASON - 40 ? reason : reason.substring(0, MAX_REASON - 41) + "…";
  }
}
