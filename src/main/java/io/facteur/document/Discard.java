package io.facteur.document;

import io.facteur.contract.BillingPeriod;
import io.facteur.party.AuditLog;
import io.facteur.party.Refusal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Discards drafts. What a run had billed with them counts as not billed from then on, where they
 * are the last that was billed of their contract: otherwise a later period, billed already, would
 * be billed again. A settlement stays where its instalments would be lost with it (BILL-7).
 */
@Service
public class Discard {

  /**
   * A draft that is no more.
   *
   * @param contract number; null if it had none
   * @param period null if it had none
   * @param billedAgain whether its period counts as not billed from now on
   */
  public record Discarded(
      DocumentId id, String contract, BillingPeriod period, boolean billedAgain) {}

  private record Draft(
      long id,
      Long contract,
      String contractNumber,
      DocumentType type,
      BillingPeriod period,
      boolean ofBilling,
      LocalDate keptAsBilledUntil) {

    private Billed billed() {
      return new Billed(contract, type == DocumentType.INSTALMENT);
    }
  }

  /**
   * Joined, a draft's {@code kept.billed_through} is not NULL if it is a settlement that cannot be
   * discarded: a later period of its contract is billed, so that no other would deduct its
   * instalments.
   */
  private static final String KEPT =
      """
      LEFT JOIN billing_schedule kept ON kept.contract_id = d.contract_id AND kept.billed_through > d.period_to
        AND EXISTS (SELECT 1 FROM settled_instalment i WHERE i.settlement_id = d.id)
      """;

  /** What is billed until some day: a contract's schedule, or its instalments. */
  private record Billed(long contract, boolean instalments) {}

  private static final Comparator<Draft> LATEST_FIRST =
      Comparator.comparing((Draft draft) -> draft.period().to()).reversed();

  private final DocumentLocks locks;
  private final JdbcClient jdbc;
  private final JdbcTemplate batches;
  private final AuditLog audit;

  Discard(DocumentLocks locks, JdbcClient jdbc, JdbcTemplate batches, AuditLog audit) {
    this.locks = locks;
    this.jdbc = jdbc;
    this.batches = batches;
    this.audit = audit;
  }

  /**
   * Discards one draft.
   *
   * @throws Refusal if there is none, it is issued, or its instalments would be lost
   */
  @Transactional(isolation = Isolation.READ_COMMITTED)
  public Discarded discard(DocumentHead document) {
    if (document.state() == DocumentState.ISSUED) {
      throw Refusal.conflict(
          "document",
          "%s is issued and never changes: correct it by a credit note"
              .formatted(document.number()));
    }
    List<Draft> drafts = lock(List.of(document.id()));
    if (drafts.isEmpty()) {
      throw Refusal.conflict(
          "document",
          "%d was issued or discarded in the meantime".formatted(document.id().value()));
    }
    LocalDate kept = drafts.get(0).keptAsBilledUntil();
    if (kept != null) {
      throw Refusal.conflict("document", "%d %s".formatted(document.id().value(), whyKept(kept)));
    }
    Discarded discarded = discardAll(drafts).get(0);
    audit.record("document.discard", "document:" + document.id().value(), discarded, null);
    return discarded;
  }

  /**
   * Discards the next drafts of a run, the last made first.
   *
   * @return how many it went through; 0 when none is left that can be discarded
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public int discardOfRun(RunId run, int limit) {
    List<DocumentId> drafts =
        jdbc.sql(
                """
                SELECT d.id FROM document d %s
                WHERE d.run_id = :run AND d.state = 'DRAFT' AND kept.billed_through IS NULL
                ORDER BY d.id DESC LIMIT :limit
                """
                    .formatted(KEPT))
            .param("run", run.value())
            .param("limit", limit)
            .query((row, i) -> new DocumentId(row.getLong("id")))
            .list();
    if (!drafts.isEmpty()) {
      discardAll(lock(drafts).stream().filter(draft -> draft.keptAsBilledUntil() == null).toList());
    }
    return drafts.size();
  }

  /** The drafts of a run that cannot be discarded, and why. */
  @Transactional(propagation = Propagation.MANDATORY)
  public Map<DocumentId, String> keptOfRun(RunId run) {
    Map<DocumentId, String> kept = new LinkedHashMap<>();
    jdbc.sql(
            """
            SELECT d.id, kept.billed_through FROM document d %s
            WHERE d.run_id = :run AND d.state = 'DRAFT' AND kept.billed_through IS NOT NULL
            ORDER BY d.id
            """
                .formatted(KEPT))
        .param("run", run.value())
        .query(
            row -> {
              kept.put(
                  new DocumentId(row.getLong("id")),
                  whyKept(row.getObject("billed_through", LocalDate.class)));
            });
    return kept;
  }

  private static String whyKept(LocalDate billedUntil) {
    return "deducts instalments, and no other settlement would, as its contract is billed until %s already: issue it, or discard what was billed later, the last first"
        .formatted(billedUntil);
  }

  private List<Discarded> discardAll(List<Draft> drafts) {
    Map<Billed, LocalDate> billedThrough = billedThrough(drafts);
    Map<Billed, LocalDate> before = new HashMap<>(billedThrough);
    Map<Long, Boolean> billedAgain = new HashMap<>();
    drafts.stream()
        .filter(draft -> draft.ofBilling() && draft.contract() != null && draft.period() != null)
        .sorted(LATEST_FIRST)
        .filter(draft -> draft.period().to().equals(billedThrough.get(draft.billed())))
        .forEach(
            draft -> {
              billedThrough.put(draft.billed(), draft.period().from().minusDays(1));
              billedAgain.put(draft.id(), true);
            });
    billedThrough.entrySet().removeAll(before.entrySet());
    saveBilledThrough(billedThrough);
    batches.batchUpdate(
        "DELETE FROM document WHERE id = ? AND state = 'DRAFT'",
        drafts.stream().map(draft -> new Object[] {draft.id()}).toList());
    List<Discarded> discarded = new ArrayList<>();
    for (Draft draft : drafts) {
      discarded.add(
          new Discarded(
              new DocumentId(draft.id()),
              draft.contractNumber(),
              draft.period(),
              billedAgain.containsKey(draft.id())));
    }
    return discarded;
  }

  /** The last made first: it may speak of an earlier one, as a settlement does of instalments. */
  private List<Draft> lock(Collection<DocumentId> documents) {
    locks.lockContractsOf(documents);
    jdbc.sql("SELECT id FROM document WHERE id IN (:ids) ORDER BY id FOR UPDATE")
        .param("ids", ids(documents))
        .query(Long.class)
        .list();
    return jdbc.sql(
            """
            SELECT d.id, d.contract_id, c.number, d.type, d.period_from, d.period_to,
              d.run_id IS NOT NULL
                OR EXISTS (SELECT 1 FROM settled_instalment i WHERE i.settlement_id = d.id) AS of_billing,
              kept.billed_through
            FROM document d LEFT JOIN contract c ON c.id = d.contract_id %s
            WHERE d.id IN (:ids) AND d.state = 'DRAFT'
            ORDER BY d.id DESC
            """
                .formatted(KEPT))
        .param("ids", ids(documents))
        .query(
            (row, i) -> {
              LocalDate from = row.getObject("period_from", LocalDate.class);
              return new Draft(
                  row.getLong("id"),
                  row.getObject("contract_id", Long.class),
                  row.getString("number"),
                  DocumentType.valueOf(row.getString("type")),
                  from == null
                      ? null
                      : new BillingPeriod(from, row.getObject("period_to", LocalDate.class)),
                  row.getBoolean("of_billing")
                      && DocumentType.valueOf(row.getString("type")).isBill(),
                  row.getObject("billed_through", LocalDate.class));
            })
        .list();
  }

  private Map<Billed, LocalDate> billedThrough(Collection<Draft> drafts) {
    Map<Billed, LocalDate> days = new HashMap<>();
    List<Long> contracts =
        drafts.stream()
            .filter(draft -> draft.contract() != null)
            .map(Draft::contract)
            .distinct()
            .toList();
    if (!contracts.isEmpty()) {
      jdbc.sql(
              """
              SELECT contract_id, billed_through, FALSE AS instalments FROM billing_schedule
              WHERE contract_id IN (:contracts) AND billed_through IS NOT NULL
              UNION ALL
              SELECT contract_id, billed_through, TRUE FROM instalment_plan
              WHERE contract_id IN (:contracts) AND billed_through IS NOT NULL
              """)
          .param("contracts", contracts)
          .query(
              row -> {
                days.put(
                    new Billed(row.getLong("contract_id"), row.getBoolean("instalments")),
                    row.getObject("billed_through", LocalDate.class));
              });
    }
    return days;
  }

  /** Before the contract's first day nothing was billed at all. */
  private void saveBilledThrough(Map<Billed, LocalDate> days) {
    save("billing_schedule", days, false);
    save("instalment_plan", days, true);
  }

  private void save(String table, Map<Billed, LocalDate> days, boolean instalments) {
    List<Object[]> rows =
        days.entrySet().stream()
            .filter(day -> day.getKey().instalments() == instalments)
            .map(
                day ->
                    new Object[] {
                      day.getValue(),
                      day.getValue(),
                      day.getValue().plusDays(1),
                      day.getKey().contract()
                    })
            .toList();
    if (!rows.isEmpty()) {
      batches.batchUpdate(
          """
          UPDATE %s s JOIN contract c ON c.id = s.contract_id
          SET s.billed_through = IF(? < c.start_date, NULL, ?), c.version = c.version + 1,
            c.next_due = LEAST(COALESCE(c.next_due, '9999-12-31'), ?)
          WHERE s.contract_id = ?
          """
              .formatted(table),
          rows);
    }
  }

  private static List<Long> ids(Collection<DocumentId> documents) {
    return documents.stream().map(DocumentId::value).toList();
  }
}
