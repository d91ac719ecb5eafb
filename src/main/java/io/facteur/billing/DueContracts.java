package io.facteur.billing;

import io.facteur.contract.BillingSchedule;
import io.facteur.contract.Contract;
import io.facteur.contract.ContractId;
import io.facteur.contract.Contracts;
import io.facteur.document.DocumentId;
import io.facteur.document.RunId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Finds contracts with something due, locks them, and notes how far they are billed. */
@Repository
class DueContracts {

  private static final int PAGE = 1_000;

  /**
   * Due contracts, as they were when this was read.
   *
   * @param lastSeen the last contract that was looked at
   * @param end whether it was the last of all
   */
  record Found(List<ContractId> due, long lastSeen, boolean end) {}

  private record Candidate(ContractId contract, PeriodCalendar calendar) {}

  private final Contracts contracts;
  private final JdbcClient jdbc;
  private final JdbcTemplate batches;

  DueContracts(Contracts contracts, JdbcClient jdbc, JdbcTemplate batches) {
    this.contracts = contracts;
    this.jdbc = jdbc;
    this.batches = batches;
  }

  /** A chunk of contracts with something due that the run has not held. */
  Found after(BillingPosition position, BillingOrder order) {
    List<ContractId> due = new ArrayList<>();
    long last = position.afterContract();
    while (true) {
      List<Candidate> page = candidates(last, order);
      for (Candidate candidate : page) {
        last = candidate.contract().value();
        if (!candidate.calendar().due(order.asOf()).isEmpty()) {
          due.add(candidate.contract());
        }
        if (due.size() == order.chunk()) {
          return new Found(due, last, false);
        }
      }
      if (page.size() < PAGE) {
        return new Found(due, last, true);
      }
    }
  }

  /** In the order of the primary key, which must not be left to sorting all of a company's rows. */
  private List<Candidate> candidates(long after, BillingOrder order) {
    return jdbc.sql(
            """
            SELECT c.id, c.start_date, c.end_date,
                   s.interval_months, s.timing, s.anchor_day, s.billed_through, s.release_policy
            FROM contract c FORCE INDEX (PRIMARY)
            JOIN billing_schedule s ON s.contract_id = c.id
            WHERE c.id > :after AND c.company_id = :company AND c.start_date <= :asOf
              AND (s.billed_through IS NULL
                OR (s.billed_through < :asOf AND (c.end_date IS NULL OR s.billed_through < c.end_date)))
              AND NOT EXISTS (
                SELECT 1 FROM run_problem p
                WHERE p.run_id = :run AND p.contract_id = c.id AND p.confirmed_at IS NULL)
            ORDER BY c.id LIMIT :page
            """)
        .param("after", after)
        .param("company", order.company().value())
        .param("asOf", order.asOf())
        .param("run", order.run().value())
        .param("page", PAGE)
        .query((row, i) -> candidate(row))
        .list();
  }

  private static Candidate candidate(ResultSet row) throws SQLException {
    return new Candidate(
        new ContractId(row.getLong("id")),
        new PeriodCalendar(
            row.getObject("start_date", LocalDate.class),
            row.getObject("end_date", LocalDate.class),
            new BillingSchedule(
                row.getInt("interval_months"),
                BillingSchedule.Timing.valueOf(row.getString("timing")),
                row.getInt("anchor_day"),
                row.getObject("billed_through", LocalDate.class),
                BillingSchedule.ReleasePolicy.valueOf(row.getString("release_policy")))));
  }

  /**
   * Locks the contracts, as whoever changes them does, and reads them: what was known of them
   * before may be out of date.
   *
   * @param waiting whether to wait for those that somebody else has locked, or to leave them out
   * @return in the order of their ids
   */
  List<Contract> lock(Collection<ContractId> due, boolean waiting) {
    List<ContractId> locked =
        jdbc.sql(
                "SELECT id FROM contract WHERE id IN (:ids) ORDER BY id FOR UPDATE"
                    + (waiting ? "" : " SKIP LOCKED"))
            .param("ids", due.stream().map(ContractId::value).toList())
            .query((row, i) -> new ContractId(row.getLong("id")))
            .list();
    return contracts.byIds(locked).stream()
        .sorted(Comparator.comparingLong(contract -> contract.id().value()))
        .toList();
  }

  /** A contract that somebody is editing at that moment gets a new version: it was changed. */
  void billedThrough(Map<ContractId, LocalDate> days) {
    if (!days.isEmpty()) {
      batches.batchUpdate(
          """
          UPDATE billing_schedule s JOIN contract c ON c.id = s.contract_id
          SET s.billed_through = ?, c.version = c.version + 1
          WHERE s.contract_id = ?
          """,
          days.entrySet().stream()
              .map(billed -> new Object[] {billed.getValue(), billed.getKey().value()})
              .toList());
    }
  }

  /**
   * Drafts of a run that are to be issued and were not: released ones, and what a crash has left.
   */
  List<DocumentId> draftsToIssue(RunId run, DocumentId after, int limit) {
    return jdbc.sql(
            """
            SELECT d.id FROM document d LEFT JOIN billing_schedule s ON s.contract_id = d.contract_id
            WHERE d.run_id = :run AND d.state = 'DRAFT' AND d.id > :after
              AND (d.released_at IS NOT NULL OR s.release_policy = 'ISSUE')
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
