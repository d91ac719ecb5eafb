package io.facteur.billing;

import io.facteur.contract.ContractId;
import io.facteur.document.DocumentId;
import io.facteur.document.RunId;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What a run could not do, beside its documents, and what of it was confirmed since. */
@Repository
public class RunProblems {

  private static final int MAX_REASON = 1_000;

  private final JdbcClient jdbc;
  private final JdbcTemplate batches;

  RunProblems(JdbcClient jdbc, JdbcTemplate batches) {
    this.jdbc = jdbc;
    this.batches = batches;
  }

  /**
   * What a run knows of some contracts.
   *
   * @param held with a problem that nobody has confirmed
   */
  record Known(Set<ContractId> held, CatchUp catchUp) {}

  /** A problem of the run as a whole. */
  public void add(RunId run, String reason) {
    jdbc.sql("INSERT INTO run_problem (run_id, kind, reason) VALUES (:run, :kind, :reason)")
        .param("run", run.value())
        .param("kind", ProblemKind.RUN.name())
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
            INSERT INTO run_problem (run_id, contract_id, kind, reason)
            SELECT run_id, contract_id, :kind, CONCAT('Draft ', id, ': ', :reason) FROM document
            WHERE id = :draft AND run_id IS NOT NULL AND state = 'DRAFT'
            """)
        .param("kind", ProblemKind.ISSUE.name())
        .param("draft", draft.value())
        .param("reason", shortened(reason))
        .update();
  }

  void hold(RunId run, Map<ContractId, Held> contracts) {
    if (!contracts.isEmpty()) {
      batches.batchUpdate(
          "INSERT INTO run_problem (run_id, contract_id, kind, periods, reason) VALUES (?, ?, ?, ?, ?)",
          contracts.entrySet().stream()
              .map(held -> values(run, held.getKey(), held.getValue()))
              .toList());
    }
  }

  private static Object[] values(RunId run, ContractId contract, Held held) {
    return new Object[] {
      run.value(), contract.value(), held.kind().name(), held.periods(), shortened(held.reason())
    };
  }

  /** To be read under the contracts' locks. Of several confirmations the last counts. */
  Known known(RunId run, Collection<ContractId> contracts) {
    Set<ContractId> held = new HashSet<>();
    Map<ContractId, Integer> confirmed = new HashMap<>();
    jdbc.sql(
            """
            SELECT contract_id, periods, confirmed_at IS NULL AS open FROM run_problem
            WHERE run_id = :run AND contract_id IN (:contracts)
            ORDER BY id
            """)
        .param("run", run.value())
        .param("contracts", contracts.stream().map(ContractId::value).toList())
        .query(
            row -> {
              ContractId contract = new ContractId(row.getLong("contract_id"));
              if (row.getBoolean("open")) {
                held.add(contract);
              } else if (row.getObject("periods") != null) {
                confirmed.put(contract, row.getInt("periods"));
              }
            });
    return new Known(held, new CatchUp(confirmed));
  }

  /** What of a run waits for being confirmed: so many contracts with so many missed periods. */
  public record Missed(int contracts, int periods) {}

  /**
   * Missed periods that wait for a confirmation.
   *
   * @param contracts numbers; empty: all
   */
  public Missed missed(RunId run, Collection<String> contracts) {
    return open(
            "SELECT COUNT(*) AS contracts, COALESCE(SUM(p.periods), 0) AS periods FROM run_problem p",
            contracts)
        .param("run", run.value())
        .query((row, i) -> new Missed(row.getInt("contracts"), row.getInt("periods")))
        .single();
  }

  /** Those of the contracts whose missed periods wait for a confirmation. */
  public List<String> missedAmong(RunId run, Collection<String> contracts) {
    return open(
            "SELECT (SELECT number FROM contract WHERE id = p.contract_id) FROM run_problem p",
            contracts)
        .param("run", run.value())
        .query(String.class)
        .list();
  }

  /**
   * Confirms missed periods: the run will bill each of them.
   *
   * @param contracts numbers; empty: all
   */
  public void confirmMissed(RunId run, Collection<String> contracts, String actor) {
    open(
            "UPDATE run_problem p SET confirmed_at = UTC_TIMESTAMP(6), confirmed_by = :actor",
            contracts)
        .param("actor", actor)
        .param("run", run.value())
        .update();
  }

  private JdbcClient.StatementSpec open(String sql, Collection<String> contracts) {
    String where =
        " WHERE p.run_id = :run AND p.kind = 'MISSED_PERIODS' AND p.confirmed_at IS NULL";
    return contracts.isEmpty()
        ? jdbc.sql(sql + where)
        : jdbc.sql(
                sql
                    + where
                    + " AND p.contract_id IN (SELECT id FROM contract WHERE number IN (:contracts))")
            .param("contracts", contracts);
  }

  private static String shortened(String reason) {
    return reason.length() <= MAX_REASON - 40 ? reason : reason.substring(0, MAX_REASON - 41) + "…";
  }
}
