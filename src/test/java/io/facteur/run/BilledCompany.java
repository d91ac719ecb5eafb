package io.facteur.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.facteur.billing.BilledChunk;
import io.facteur.billing.Billing;
import io.facteur.billing.BillingOrder;
import io.facteur.billing.BillingPosition;
import io.facteur.contract.BillingPeriod;
import io.facteur.contract.BillingSchedule;
import io.facteur.contract.BillingSchedule.ReleasePolicy;
import io.facteur.contract.BillingSchedule.Timing;
import io.facteur.contract.BillingTerms;
import io.facteur.contract.Contract;
import io.facteur.contract.ContractLine;
import io.facteur.contract.Contracts;
import io.facteur.contract.InstalmentPlan;
import io.facteur.contract.LineKind;
import io.facteur.contract.LineTerms;
import io.facteur.contract.Pause;
import io.facteur.contract.VatCategory;
import io.facteur.delivery.DocumentIssuing;
import io.facteur.delivery.IssueOrder;
import io.facteur.document.Discard;
import io.facteur.document.DocumentId;
import io.facteur.document.Documents;
import io.facteur.document.RunId;
import io.facteur.party.CompanyId;
import io.facteur.party.ContactId;
import io.facteur.party.Refusal;
import io.facteur.testing.BillingOffice;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A company with random contracts, and what is done with it. */
final class BilledCompany {

  static final LocalDate FIRST = LocalDate.of(2026, 10, 1);

  /** What a contract is like; null: it does not end. */
  record Terms(
      int startsAfter,
      Integer length,
      int months,
      boolean arrears,
      int anchor,
      boolean drafts,
      boolean settled) {}

  /** What happens beside a run. */
  enum Beside {
    NOTHING,
    DISCARD,
    PRICE,
    END,
    PAUSE,
    CANCEL
  }

  /**
   * A run on a day: it bills some chunks and issues all of them, or all but the last.
   *
   * @param daysLater negative: somebody bills as of an earlier day again
   */
  record Turn(
      int daysLater,
      int chunk,
      int chunks,
      boolean killed,
      boolean twoNodes,
      boolean finished,
      boolean confirmed,
      Beside beside) {}

  private record Bill(long contract, boolean instalment, BillingPeriod period) {}

  private final BillingOffice office;
  private final BillingOffice otherNode;
  private final CompanyId id;
  private final List<String> numbers = new ArrayList<>();
  private final List<Bill> givenUp = new ArrayList<>();

  BilledCompany(BillingOffice office, BillingOffice otherNode, List<Terms> contracts) {
    this.office = office;
    this.otherNode = otherNode;
    id = new CompanyId(office.newCompany());
    long contact = office.contact("C-" + id.value());
    for (Terms terms : contracts) {
      String number = "K" + id.value() + "-" + numbers.size();
      numbers.add(number);
      office.get(Contracts.class).create(contract(number, new ContactId(contact), terms));
    }
  }

  private Contract contract(String number, ContactId contact, Terms terms) {
    boolean settled = terms.settled() && terms.months() > 1;
    LocalDate start = FIRST.minusDays(45).plusDays(terms.startsAfter());
    List<ContractLine> lines = new ArrayList<>(List.of(line(1, LineKind.FIXED, "31.00")));
    if (settled) {
      lines.add(line(2, LineKind.INSTALMENT, "9.50"));
    }
    return new Contract(
        null,
        0,
        id,
        number,
        contact,
        null,
        start,
        terms.length() == null ? null : start.plusDays(terms.length()),
        null,
        null,
        null,
        null,
        null,
        new BillingSchedule(
            terms.months(),
            terms.arrears() || settled ? Timing.ARREARS : Timing.ADVANCE,
            terms.anchor(),
            null,
            terms.drafts() ? ReleasePolicy.DRAFT : ReleasePolicy.ISSUE),
        lines,
        new BillingTerms(
            null, List.of(), null, List.of(), settled ? new InstalmentPlan(1, null) : null));
  }

  private static ContractLine line(int position, LineKind kind, String price) {
    return new ContractLine(
        position,
        "Line " + position,
        null,
        BigDecimal.ONE,
        "MON",
        new BigDecimal(price),
        BigDecimal.ONE,
        BigDecimal.ZERO,
        VatCategory.S,
        new BigDecimal("20"),
        null,
        new LineTerms(kind, null, List.of(), List.of(), null, null, null));
  }

  RunId take(Turn turn, LocalDate day) {
    RunId run = start(day);
    if (turn.twoNodes()) {
      CompletableFuture<Void> other =
          CompletableFuture.runAsync(() -> bill(otherNode, run, day, turn));
      bill(office, run, day, turn);
      other.join();
    } else {
      bill(office, run, day, turn);
    }
    if (turn.beside() == Beside.CANCEL) {
      cancel(run);
      return run;
    }
    beside(turn.beside(), day, turn.chunks());
    if (turn.finished()) {
      finish(run);
    }
    if (turn.confirmed()) {
      confirm(run, Confirmation.What.MISSED_PERIODS);
      confirm(run, Confirmation.What.DRAFTS);
    }
    return run;
  }

  void cancel(RunId run) {
    List<Bill> drafts = bills("state = 'DRAFT' AND run_id = " + run.value());
    office.get(RunControl.class).cancel(run);
    List<Bill> left = bills("TRUE");
    drafts.stream()
        .filter(bill -> !left.contains(bill))
        .filter(bill -> !bill.period().to().isAfter(billedThrough(bill)))
        .forEach(givenUp::add);
  }

  private LocalDate billedThrough(Bill bill) {
    return office
        .jdbc()
        .sql(
            "SELECT COALESCE(MAX(billed_through), '1970-01-01') FROM %s WHERE contract_id = ?"
                .formatted(bill.instalment() ? "instalment_plan" : "billing_schedule"))
        .param(bill.contract())
        .query(LocalDate.class)
        .single();
  }

  List<Long> drafts() {
    return ids("SELECT id FROM document WHERE company_id = ? AND state = 'DRAFT' ORDER BY id");
  }

  void issueLeftToTheClerk(LocalDate day) {
    List<DocumentId> left =
        ids("SELECT id FROM document WHERE company_id = ? AND state = 'DRAFT' AND run_id IS NULL")
            .stream()
            .map(DocumentId::new)
            .toList();
    office.get(DocumentIssuing.class).issue(new IssueOrder(left, day, "clerk"));
  }

  private RunId start(LocalDate day) {
    office
        .jdbc()
        .sql("UPDATE company SET fixed_billing_date = ? WHERE id = ?")
        .params(day, id.value())
        .update();
    return office.get(Runs.class).start(RunKind.BILLING, id, day, "clerk").run();
  }

  /** As far as this node comes. */
  private void bill(BillingOffice node, RunId run, LocalDate day, Turn turn) {
    BillingOrder order = new BillingOrder(run, id, day, turn.chunk(), "clerk");
    BillingPosition position = BillingPosition.START;
    for (int i = 1; i <= turn.chunks() && position != null; i++) {
      BilledChunk chunk = node.get(Billing.class).billDue(order, position);
      if (i == turn.chunks() && turn.killed()) {
        return;
      }
      node.get(DocumentIssuing.class).issue(new IssueOrder(chunk.toIssue(), day, "clerk"));
      position = chunk.next();
    }
  }

  /** As routes/billing.camel.yaml does it. */
  private void finish(RunId run) {
    BillingRuns runs = office.get(BillingRuns.class);
    BillingStep step = runs.first(office.get(Runs.class).get(run));
    while (step.more()) {
      step = runs.next(step);
      runs.issued(step, office.get(DocumentIssuing.class).issue(step.order()));
    }
    runs.finish(step);
  }

  private boolean confirm(RunId run, Confirmation.What what) {
    RunConfirmations confirmations = office.get(RunConfirmations.class);
    WaitsForConfirmation waits = confirmations.waiting(run);
    int count = what == Confirmation.What.DRAFTS ? waits.drafts() : waits.periods();
    if (count > 0) {
      confirmations.confirm(run, new Confirmation(what, count, null, null));
      finish(run);
    }
    return count > 0;
  }

  private void beside(Beside beside, LocalDate day, int which) {
    if (beside == Beside.DISCARD) {
      discard(which);
    } else if (beside != Beside.NOTHING) {
      Contract contract = office.get(Contracts.class).get(numbers.get(which % numbers.size()));
      office.get(Contracts.class).update(changed(contract, beside, day));
    }
  }

  private void discard(int which) {
    List<Long> drafts = drafts();
    if (!drafts.isEmpty()) {
      long draft = drafts.get(which % drafts.size());
      Bill bill = bills("d.id = " + draft).get(0);
      try {
        Discard.Discarded discarded =
            office
                .get(Discard.class)
                .discard(office.get(Documents.class).get(String.valueOf(draft)));
        if (!discarded.billedAgain()) {
          givenUp.add(bill);
        }
      } catch (Refusal refused) {
        assertThat(refused).hasMessageContaining("deducts instalments");
      }
    }
  }

  private static Contract changed(Contract old, Beside beside, LocalDate day) {
    List<ContractLine> lines = new ArrayList<>(old.lines());
    BillingTerms terms = old.terms();
    LocalDate end = old.end();
    if (beside == Beside.PRICE) {
      lines.set(0, line(1, LineKind.FIXED, "47.11"));
    } else if (beside == Beside.END && end == null) {
      LocalDate later = day.isBefore(old.start()) ? old.start() : day;
      end = later.plusDays(5);
    } else if (beside == Beside.PAUSE && terms.pauses().isEmpty()) {
      List<Pause> pauses = List.of(new Pause(day.plusDays(5), day.plusDays(55)));
      terms = new BillingTerms(null, List.of(), null, pauses, terms.instalments());
    }
    return new Contract(
        old.id(),
        old.version(),
        old.company(),
        old.number(),
        old.contractingParty(),
        old.deliveryAddress(),
        old.start(),
        end,
        old.language(),
        old.paymentDays(),
        old.buyerReference(),
        old.orderReference(),
        old.printQueue(),
        old.schedule(),
        lines,
        terms);
  }

  /** Until a run finds nothing more: each settles what the one before has made instalments for. */
  void billAll(LocalDate day) {
    for (long run : ids("SELECT id FROM run WHERE company_id = ? AND state = 'RUNNING'")) {
      finish(new RunId(run));
    }
    boolean more = true;
    for (int i = 0; more; i++) {
      assertThat(i).as("runs that are needed").isLessThan(60);
      int before = bills("TRUE").size();
      RunId run = start(day);
      finish(run);
      more = confirm(run, Confirmation.What.MISSED_PERIODS);
      for (long one : ids("SELECT id FROM run WHERE company_id = ?")) {
        more |= confirm(new RunId(one), Confirmation.What.DRAFTS);
      }
      more |= bills("TRUE").size() > before;
    }
    issueLeftToTheClerk(day);
  }

  void everyPeriodOnce(LocalDate day) {
    for (String number : numbers) {
      Contract contract = office.get(Contracts.class).get(number);
      assertThat(contract.calendar().due(day)).as("due of %s", number).isEmpty();
      everyPeriodOnce(contract, false, contract.schedule().billedThrough());
      if (contract.terms().instalments() != null) {
        assertThat(contract.instalmentCalendar().due(day)).isEmpty();
        everyPeriodOnce(contract, true, contract.terms().instalments().billedThrough());
      }
    }
  }

  private void everyPeriodOnce(Contract contract, boolean instalments, LocalDate through) {
    List<BillingPeriod> billed =
        bills("TRUE").stream()
            .filter(bill -> bill.contract() == contract.id().value())
            .filter(bill -> bill.instalment() == instalments)
            .map(Bill::period)
            .toList();
    for (LocalDate one = contract.start();
        through != null && !one.isAfter(through);
        one = one.plusDays(1)) {
      LocalDate day = one;
      long documents = billed.stream().filter(period -> isIn(period, day)).count();
      boolean excused =
          contract.terms().pauses().stream()
                  .anyMatch(pause -> isIn(new BillingPeriod(pause.from(), pause.to()), day))
              || givenUp.stream()
                  .anyMatch(
                      bill ->
                          bill.contract() == contract.id().value()
                              && bill.instalment() == instalments
                              && isIn(bill.period(), day));
      assertThat(documents)
          .as("documents of %s, instalments %s, for %s", contract.number(), instalments, day)
          .isBetween(excused ? 0L : 1L, 1L);
    }
    assertThat(billed)
        .allMatch(period -> !period.from().isBefore(contract.start()))
        .allMatch(period -> through != null && !period.to().isAfter(through));
  }

  private static boolean isIn(BillingPeriod period, LocalDate day) {
    return !day.isBefore(period.from()) && !day.isAfter(period.to());
  }

  private List<Bill> bills(String which) {
    return office
        .jdbc()
        .sql(
            """
            SELECT contract_id, type = 'INSTALMENT' AS instalment, period_from, period_to FROM document d
            WHERE company_id = ? AND type IN ('INVOICE', 'INSTALMENT', 'SETTLEMENT') AND %s
            """
                .formatted(which))
        .param(id.value())
        .query(
            (row, i) ->
                new Bill(
                    row.getLong("contract_id"),
                    row.getBoolean("instalment"),
                    new BillingPeriod(
                        row.getObject("period_from", LocalDate.class),
                        row.getObject("period_to", LocalDate.class))))
        .list();
  }

  void numbersWithoutGapsAndDatesThatNeverFall() {
    for (int year : List.of(2026, 2027, 2028)) {
      List<LocalDate> dates = new ArrayList<>();
      List<Integer> sequence =
          office
              .jdbc()
              .sql(
                  """
                  SELECT sequence, issue_date FROM document
                  WHERE company_id = ? AND series_year = ? AND state = 'ISSUED' ORDER BY sequence
                  """)
              .params(id.value(), year)
              .query(
                  (row, i) -> {
                    dates.add(row.getObject("issue_date", LocalDate.class));
                    return row.getInt("sequence") - i;
                  })
              .list();
      assertThat(sequence)
          .as("numbers of %d, less how many are before", year)
          .containsOnly(sequence.isEmpty() ? new Integer[0] : new Integer[] {1});
      assertThat(dates).isSorted().allMatch(date -> date.getYear() == year);
    }
  }

  void nothingIsLeftToIssue() {
    assertThat(drafts()).isEmpty();
    for (long run : ids("SELECT id FROM run WHERE company_id = ?")) {
      assertThat(office.get(Billing.class).draftsToIssue(new RunId(run), null, 10)).isEmpty();
    }
  }

  void amountsAgree() {
    assertThat(
            ids(
                """
                SELECT d.id FROM document d
                WHERE d.company_id = ?
                  AND (d.tax_total <> (SELECT SUM(v.tax_amount) FROM vat_breakdown v WHERE v.document_id = d.id)
                    OR d.tax_exclusive_total
                      <> (SELECT SUM(v.taxable_amount) FROM vat_breakdown v WHERE v.document_id = d.id)
                    OR d.line_net_total
                      <> (SELECT SUM(l.net_amount) FROM document_line l WHERE l.document_id = d.id)
                    OR d.prepaid_amount <> COALESCE(
                      (SELECT SUM(s.amount) FROM settled_instalment s WHERE s.settlement_id = d.id), 0))
                """))
        .isEmpty();
  }

  void instalmentsAreDeductedOnce() {
    assertThat(
            ids(
                """
                SELECT i.id FROM document i JOIN billing_schedule b ON b.contract_id = i.contract_id
                WHERE i.company_id = ? AND i.type = 'INSTALMENT' AND i.period_from <= b.billed_through
                  AND (SELECT COUNT(*) FROM settled_instalment s WHERE s.instalment_id = i.id) <> 1
                """))
        .as("instalments of settled periods that are not deducted exactly once")
        .isEmpty();
  }

  private List<Long> ids(String sql) {
    return office.jdbc().sql(sql).param(id.value()).query(Long.class).list();
  }
}
