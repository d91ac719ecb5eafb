package io.facteur.run;

import static io.facteur.run.BilledCompany.FIRST;
import static org.assertj.core.api.Assertions.assertThat;

import io.facteur.document.RunId;
import io.facteur.run.BilledCompany.Beside;
import io.facteur.run.BilledCompany.Terms;
import io.facteur.run.BilledCompany.Turn;
import io.facteur.testing.BillingOffice;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Random companies on a real database, billed by runs that are abandoned, shared and repeated. */
class InterruptedRunsTest {

  private static BillingOffice office;
  private static BillingOffice otherNode;

  @BeforeContainer
  static void openOffice() {
    office = BillingOffice.openWithRuns(Clock.systemUTC());
    otherNode = office.otherNode(Clock.systemUTC());
  }

  @AfterContainer
  static void closeOffice() {
    otherNode.close();
    office.close();
  }

  @Provide
  Arbitrary<List<Terms>> contracts() {
    Arbitrary<Boolean> either = Arbitraries.of(true, false);
    return Combinators.combine(
            Arbitraries.integers().between(0, 90),
            Arbitraries.integers().between(0, 200).injectNull(0.6),
            Arbitraries.of(1, 2, 3, 3),
            either,
            Arbitraries.of(1, 15, 28, 31),
            Arbitraries.of(true, false, false),
            either)
        .as(Terms::new)
        .list()
        .ofMinSize(2)
        .ofMaxSize(5);
  }

  @Provide
  Arbitrary<List<Turn>> turns() {
    Arbitrary<Boolean> either = Arbitraries.of(true, false);
    return Combinators.combine(
            Arbitraries.of(-3, 0, 1, 16, 31, 31, 70),
            Arbitraries.integers().between(1, 3),
            Arbitraries.integers().between(1, 6),
            either,
            Arbitraries.of(true, false, false),
            either,
            either,
            Arbitraries.of(Beside.class))
        .as(Turn::new)
        .list()
        .ofMinSize(2)
        .ofMaxSize(7);
  }

  @Property(tries = 25, edgeCases = EdgeCasesMode.NONE)
  void everyPeriodIsBilledOnceAndNumbersHaveNoGapsWhateverInterrupts(
      @ForAll("contracts") List<Terms> contracts, @ForAll("turns") List<Turn> turns) {
    BilledCompany company = new BilledCompany(office, otherNode, contracts);
    LocalDate day = FIRST;
    LocalDate last = FIRST;
    for (Turn turn : turns) {
      day = day.plusDays(turn.daysLater());
      last = day.isAfter(last) ? day : last;
      company.take(turn, day);
    }
    company.billAll(last.plusDays(40));

    company.everyPeriodOnce(last.plusDays(40));
    company.numbersWithoutGapsAndDatesThatNeverFall();
    company.nothingIsLeftToIssue();
    company.amountsAgree();
    company.instalmentsAreDeductedOnce();
  }

  /** Two settlements as drafts, of which the last is issued and the first is to be discarded. */
  @Example
  void aSettlementWithALaterOneKeepsItsInstalments() {
    everyPeriodIsBilledOnceAndNumbersHaveNoGapsWhateverInterrupts(
        List.of(
            new Terms(15, null, 2, true, 1, true, true),
            new Terms(0, null, 1, true, 1, true, true)),
        List.of(
            new Turn(70, 1, 4, false, false, true, true, Beside.END),
            new Turn(0, 1, 6, true, false, true, false, Beside.PAUSE),
            new Turn(31, 3, 6, true, true, true, true, Beside.END),
            new Turn(31, 2, 1, true, true, true, true, Beside.DISCARD),
            new Turn(31, 3, 4, false, false, true, true, Beside.DISCARD)));
  }

  @Example
  void aCancelledRunLeavesItsSettlementToTheClerkWhereALaterOneIsThere() {
    BilledCompany company =
        new BilledCompany(office, otherNode, List.of(new Terms(15, null, 2, true, 1, true, true)));
    LocalDate december = FIRST.plusDays(70);
    company.take(new Turn(0, 1, 4, false, false, true, true, Beside.NOTHING), december);
    RunId settling =
        company.take(new Turn(0, 1, 4, false, false, true, false, Beside.NOTHING), december);
    company.take(
        new Turn(0, 1, 4, false, false, true, true, Beside.NOTHING), december.plusDays(31));
    List<Long> drafts = company.drafts();

    company.cancel(settling);

    assertThat(company.drafts()).hasSize(1).isEqualTo(drafts);
    assertThat(
            office
                .jdbc()
                .sql("SELECT reason FROM run_problem WHERE run_id = ? AND kind = 'ISSUE'")
                .param(settling.value())
                .query(String.class)
                .list())
        .containsExactly(
            "Draft %d: deducts instalments, and no other settlement would, as its contract is billed until 2026-12-31 already: issue it, or discard what was billed later, the last first"
                .formatted(drafts.get(0)));
    company.issueLeftToTheClerk(december.plusDays(31));
    assertThat(company.drafts()).isEmpty();
    company.instalmentsAreDeductedOnce();
  }
}
