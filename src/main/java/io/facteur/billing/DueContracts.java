package io.facteur.billing;

import io.facteur.contract.Contract;
import io.facteur.contract.ContractId;
import io.facteur.document.DocumentId;
import io.facteur.document.RunId;
import io.facteur.party.CompanyId;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Finds contracts with something due, locks them, and notes how far they are billed. */
@Repository
class DueContracts {

  /**
   * Contracts that may have something due, as they were when this was read.
   *
   * @param next where the next look goes on; null: these were the last
   */
  record Found(List<ContractId> due, BillingPosition next) {}

  private record Candidate(ContractId contract, LocalDate due) {}

  private final JdbcClient jdbc;
  private final JdbcTemplate batches;

  DueContracts(JdbcClient jdbc, JdbcTemplate batches) {
    this.jdbc = jdbc;
    this.batches = batches;
  }

  /** A chunk of contracts with something due that the run has not held, the longest due first. */
  Found after(BillingPosition position, BillingOrder order) {
    List<Candidate> page =
        open(
                "SELECT c.id, c.next_due FROM contract c",
                "ORDER BY c.next_due, c.id LIMIT :chunk",
                position,
                order)
            .param("chunk", order.chunk())
            .query(
                (row, i) ->
                    new Candidate(
                        new ContractId(row.getLong("id")),
                        row.getObject("next_due", LocalDate.class)))
            .list();
    BillingPosition next = null;
    if (page.size() == order.chunk()) {
      Candidate last = page.get(page.size() - 1);
      next = position.after(last.due(), last.contract().value());
    }
    return new Found(page.stream().map(Candidate::contract).toList(), next);
  }

  /**
   * Finds contracts again that are not billed to their end but would never be looked at, whatever
   * has written them: the day noted for them is only there to find them faster.
   */
  int findOverlooked(CompanyId company) {
    return jdbc.sql(
            """
            UPDATE contract c JOIN billing_schedule s ON s.contract_id = c.id
            SET c.next_due = COALESCE(s.billed_through + INTERVAL 1 DAY, c.start_date)
            WHERE c.company_id = :company AND c.next_due IS NULL
              AND (c.end_date IS NULL OR s.billed_through IS NULL OR s.billed_through < c.end_date)
            """)
        .param("company", company.value())
        .update();
  }

  /** How many contracts may have something due that the run has not held. */
  int count(BillingOrder order) {
    return open("SELECT COUNT(*) FROM contract c", "", BillingPosition.START, order)
        .query(Integer.class)
        .single();
  }

  /** Along the index of next_due, which never lies after the day on which something is due. */
  private JdbcClient.StatementSpec open(
      String select, String order, BillingPosition position, BillingOrder billing) {
    return jdbc.sql(
            select
                + """
                   WHERE c.company_id = :company AND c.next_due BETWEEN :afterDue AND :asOf
                    AND (c.next_due > :afterDue OR c.id > :afterContract)
                    AND NOT EXISTS (
                      SELECT 1 FROM run_problem p
                      WHERE p.run_id = :run AND p.contract_id = c.id AND p.confirmed_at IS NULL)
                  """
                + order)
        .param("company", billing.company().value())
        .param("afterDue", position.afterDue())
        .param("afterContract", position.afterContract())
        .param("asOf", billing.asOf())
        .param("run", billing.run().value());
  }

  private record Noted(LocalDate billedThrough, LocalDate nextDue, boolean billed) {}

  /**
   * Notes until when contracts are billed, and when something of them falls due next; those of a
   * chunk that come to the same days in one statement. A contract that somebody is editing at that
   * moment gets a new version: it was changed.
   */
  void billed(Collection<ContractInvoices> contracts) {
    Map<Noted, List<Long>> noted = new LinkedHashMap<>();
    List<Object[]> instalments = new ArrayList<>();
    for (ContractInvoices billed : contracts) {
      Contract after =
          billed.contract().billedThrough(billed.billedThrough(), billed.instalmentsThrough());
      long id = after.id().value();
      noted
          .computeIfAbsent(
              new Noted(billed.billedThrough(), after.nextDue(), billed.isBilled()),
              days -> new ArrayList<>())
          .add(id);
      if (billed.instalmentsThrough() != null) {
        instalments.add(new Object[] {billed.instalmentsThrough(), id});
      }
    }
    noted.forEach(this::note);
    if (!instalments.isEmpty()) {
      batches.batchUpdate(
          "UPDATE instalment_plan SET billed_through = ? WHERE contract_id = ?", instalments);
    }
  }

  private void note(Noted days, List<Long> contracts) {
    jdbc.sql(
            """
            UPDATE contract c LEFT JOIN billing_schedule s ON s.contract_id = c.id
            SET c.next_due = :nextDue, c.version = c.version + :changed,
              s.billed_through = COALESCE(:billedThrough, s.billed_through)
            WHERE c.id IN (:contracts)
            """)
        .param("nextDue", days.nextDue())
        .param("changed", days.billed() ? 1 : 0)
        .param("billedThrough", days.billedThrough())
        .param("contracts", contracts)
        .update();
  }

  /**
   * Drafts of a run that are to be issued and were not: released by a person, or left by a crash.
   */
  List<DocumentId> draftsToIssue(RunId run, DocumentId after, int limit) {
    return jdbc.sql(
            """
            SELECT d.id FROM document d
            WHERE d.run_id = :run AND d.state = 'DRAFT' AND d.id > :after AND d.released_at IS NOT NULL
              AND NOT EXISTS (
                SELECT 1 FROM run_problem p
                WHERE p.run_id = d.run_id AND p.contract_id = d.contract_id AND p.kind = 'ISSUE'
                  AND p.confirmed_at IS NULL)
            ORDER BY d.id LIMIT :limit
            """)
        .param("run", run.value())
        .param("after", after == null ? 0 : after.value())
        .param("limit", limit)
        .query((row, i) -> new DocumentId(row.getLong("id")))
        .list();
  }
}
