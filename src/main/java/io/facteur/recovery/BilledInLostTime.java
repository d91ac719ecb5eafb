package io.facteur.recovery;

import io.facteur.document.Discard;
import io.facteur.document.DocumentId;
import io.facteur.document.Documents;
import io.facteur.party.AuditLog;
import io.facteur.party.Counted;
import io.facteur.party.Refusal;
import io.facteur.recovery.ReleaseOrder.LostPeriods;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Periods that were billed in the lost time, by invoices that the restored database lacks. */
@Component
class BilledInLostTime {

  private final JdbcClient jdbc;
  private final Documents documents;
  private final Discard discard;
  private final AuditLog audit;

  BilledInLostTime(JdbcClient jdbc, Documents documents, Discard discard, AuditLog audit) {
    this.jdbc = jdbc;
    this.documents = documents;
    this.discard = discard;
    this.audit = audit;
  }

  private record Lost(
      String number, LocalDate from, LocalDate to, Long draft, String contract, long contractId) {}

  private record Schedule(LocalDate start, LocalDate billedThrough, boolean instalments) {}

  /**
   * Carries out what was decided.
   *
   * @return how many periods count as billed from now on
   * @throws Refusal if nothing was decided and there are any, or a contract cannot be kept so
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public int settle(LostPeriods decision, Set<String> billAgain) {
    List<Lost> lost = lost();
    if (lost.isEmpty()) {
      return 0;
    }
    if (decision == null) {
      throw Refusal.invalid(
          "lostPeriods",
          "%s billed in the lost time: BILL_AGAIN or KEEP_BILLED (docs/operations.md)"
              .formatted(Counted.of(lost.size(), "period")));
    }
    if (decision == LostPeriods.BILL_AGAIN) {
      return 0;
    }
    Map<String, List<Lost>> byContract = new LinkedHashMap<>();
    lost.stream()
        .filter(one -> !billAgain.contains(one.contract()))
        .forEach(
            one -> byContract.computeIfAbsent(one.contract(), any -> new ArrayList<>()).add(one));
    List<Refusal.Problem> problems = new ArrayList<>();
    int kept = 0;
    for (List<Lost> periods : byContract.values()) {
      kept += keep(periods, problems);
    }
    if (!problems.isEmpty()) {
      throw new Refusal(Refusal.Kind.CONFLICT, problems);
    }
    return kept;
  }

  /** Of one contract, in the order of time. */
  private int keep(List<Lost> periods, List<Refusal.Problem> problems) {
    Lost first = periods.get(0);
    for (Lost period : periods) {
      if (period.draft() != null) {
        // The same document once more: issued, the customer would have it twice.
        documents.headsByIds(List.of(new DocumentId(period.draft()))).forEach(discard::discard);
      }
    }
    Schedule schedule = lock(first.contractId());
    if (schedule == null || schedule.instalments()) {
      problems.add(problem(first, "has instalments, or no schedule any more"));
      return 0;
    }
    LocalDate through = schedule.billedThrough();
    int kept = 0;
    for (Lost period : periods) {
      LocalDate next = through == null ? schedule.start() : through.plusDays(1);
      if (period.from().isAfter(next)) {
        problems.add(problem(period, "is not billed from %s to %s".formatted(next, period.from())));
        return 0;
      }
      if (through == null || period.to().isAfter(through)) {
        through = period.to();
        kept++;
      }
    }
    if (kept > 0) {
      note(first, schedule.billedThrough(), through, periods);
    }
    return kept;
  }

  private static Refusal.Problem problem(Lost lost, String why) {
    return new Refusal.Problem(
        "lostPeriods",
        "contract %s %s, so that %s cannot be kept: correct its schedule, or name it in billAgain"
            .formatted(lost.contract(), why, lost.number()));
  }

  private void note(Lost lost, LocalDate before, LocalDate through, List<Lost> periods) {
    jdbc.sql(
            """
            UPDATE billing_schedule s JOIN contract c ON c.id = s.contract_id
            SET s.billed_through = :through, c.version = c.version + 1
            WHERE s.contract_id = :contract
            """)
        .param("through", through)
        .param("contract", lost.contractId())
        .update();
    audit.record(
        "contract.keep-billed",
        "contract:" + lost.contract(),
        Map.of("billedThrough", String.valueOf(before)),
        Map.of(
            "billedThrough",
            through.toString(),
            "numbers",
            periods.stream().map(Lost::number).toList(),
            "reason",
            "billed before the database was restored from an older backup"));
  }

  private Schedule lock(long contract) {
    return jdbc.sql(
            """
            SELECT c.start_date, s.billed_through, i.contract_id IS NOT NULL AS instalments
            FROM contract c JOIN billing_schedule s ON s.contract_id = c.id
            LEFT JOIN instalment_plan i ON i.contract_id = c.id
            WHERE c.id = :contract FOR UPDATE
            """)
        .param("contract", contract)
        .query(
            (row, i) ->
                new Schedule(
                    row.getObject("start_date", LocalDate.class),
                    row.getObject("billed_through", LocalDate.class),
                    row.getBoolean("instalments")))
        .optional()
        .orElse(null);
  }

  private List<Lost> lost() {
    return jdbc.sql(
            """
            SELECT l.number, l.period_from, l.period_to, w.id AS draft, k.number AS contract, k.id
            FROM lost_document l JOIN restoration r ON r.id = l.restoration_id
            JOIN contract k ON k.id = l.contract_id
            LEFT JOIN document d ON d.number = l.number
            LEFT JOIN document w
              ON w.id = l.document_id AND w.state = 'DRAFT' AND w.created_at <= r.restored_to
            WHERE r.released_at IS NULL AND d.id IS NULL AND l.period_from IS NOT NULL
            ORDER BY k.id, l.period_from
            """)
        .query(
            (row, i) ->
                new Lost(
                    row.getString("number"),
                    row.getObject("period_from", LocalDate.class),
                    row.getObject("period_to", LocalDate.class),
                    row.getObject("draft", Long.class),
                    row.getString("contract"),
                    row.getLong("id")))
        .list();
  }
}
