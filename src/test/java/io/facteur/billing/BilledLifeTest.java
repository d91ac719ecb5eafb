package io.facteur.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.facteur.contract.BillingPeriod;
import io.facteur.contract.BillingSchedule.Timing;
import io.facteur.contract.Contract;
import io.facteur.contract.ContractLine;
import io.facteur.contract.LineKind;
import io.facteur.contract.LinePrice;
import io.facteur.contract.Pause;
import io.facteur.document.Amounts;
import io.facteur.document.DeductedInstalment;
import io.facteur.document.DocumentType;
import io.facteur.document.NewDocument;
import io.facteur.document.NewLine;
import io.facteur.document.Totals;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds of any contract, however often, how late and how interrupted it is billed. */
class BilledLifeTest {

  /** After a number of days a run is made, with or without a person who confirms and issues. */
  record Night(int daysLater, boolean confirmed, boolean issued) {}

  @Provide
  Arbitrary<Contract> contracts() {
    return RandomContracts.any();
  }

  @Provide
  Arbitrary<List<Night>> nights() {
    return Combinators.combine(
            Arbitraries.of(0, 1, 1, 7, 20, 31, 75, 400),
            Arbitraries.of(true, false),
            Arbitraries.of(true, true, false))
        .as(Night::new)
        .list()
        .ofMaxSize(25);
  }

  @Property(tries = 1_000, edgeCases = EdgeCasesMode.NONE)
  void everyDayOfAContractIsBilledOnceAndEveryAmountAgrees(
      @ForAll("contracts") Contract contract, @ForAll("nights") List<Night> nights) {
    BilledLife life = new BilledLife(contract);
    LocalDate day = contract.start().minusDays(10);
    for (Night night : nights) {
      day = day.plusDays(night.daysLater());
      life.night(day, night.confirmed(), night.issued());
    }
    day = day.isBefore(LocalDate.of(2031, 1, 1)) ? LocalDate.of(2031, 1, 1) : day;
    life.night(day, true, true);
    int made;
    do { // each run settles what the one before has made instalments for
      made = life.documents().size();
      life.night(day, true, true);
    } while (life.documents().size() > made);
    // Allowances that are more than a small part of a period comes to: a person's turn.
    Assume.that(life.held() == null || !life.held().reason().contains("negative total"));
    // Instalments of a year for which there is nothing to settle: a person's turn as well.
    Assume.that(life.held() == null || !life.held().reason().contains("nothing to bill"));

    assertThat(life.held()).isNull();
    everyDayOnce(life, day);
    for (NewDocument document : life.documents()) {
      for (ContractLine line : contract.lines()) {
        if ((line.terms().kind() == LineKind.INSTALMENT)
            == (document.type() == DocumentType.INSTALMENT)) {
          everyDayAtItsPrice(contract, line, document);
        }
      }
      amountsAgree(document);
    }
    instalmentsAreDeductedOnce(life);
  }

  private static void everyDayOnce(BilledLife life, LocalDate day) {
    Contract contract = life.contract();
    List<BillingPeriod> billed = periods(life, false);
    LocalDate first = life.documents().isEmpty() ? null : contract.start();
    LocalDate through = contract.schedule().billedThrough();
    for (int i = 1; i < billed.size(); i++) {
      assertThat(billed.get(i).from()).isAfter(billed.get(i - 1).to());
    }
    if (contract.end() != null && contract.end().isBefore(day)) {
      assertThat(through == null || through.isBefore(contract.start()))
          .as("billed at all, until its end")
          .isFalse();
      assertThat(through).isAfterOrEqualTo(contract.end());
    } else if (contract.schedule().timing() == Timing.ADVANCE) {
      assertThat(through).isAfterOrEqualTo(day);
    } else {
      assertThat(through)
          .isBefore(day)
          .isAfterOrEqualTo(day.minusDays(31L * contract.schedule().intervalMonths()));
    }
    if (first == null) {
      return;
    }
    LocalDate firstBilled = billed.isEmpty() ? through.plusDays(1) : billed.get(0).from();
    assertThat(firstBilled).isAfterOrEqualTo(contract.start());
    for (LocalDate one = firstBilled; !one.isAfter(through); one = one.plusDays(1)) {
      if (!isIn(billed, one)) {
        LocalDate missing = one;
        assertThat(contract.lines())
            .as("billed on %s", missing)
            .noneMatch(
                line ->
                    line.terms().kind() != LineKind.INSTALMENT
                        && isBilled(contract, line, missing));
      }
    }
  }

  private static List<BillingPeriod> periods(BilledLife life, boolean instalments) {
    return life.documents().stream()
        .filter(document -> (document.type() == DocumentType.INSTALMENT) == instalments)
        .map(NewDocument::period)
        .toList();
  }

  private static boolean isIn(List<BillingPeriod> periods, LocalDate day) {
    return periods.stream().anyMatch(period -> isIn(period, day));
  }

  private static boolean isIn(BillingPeriod period, LocalDate day) {
    return !day.isBefore(period.from()) && !day.isAfter(period.to());
  }

  private static boolean isBilled(Contract contract, ContractLine line, LocalDate day) {
    LocalDate from = line.terms().validFrom();
    LocalDate to = line.terms().validTo();
    return (from == null || !day.isBefore(from))
        && (to == null || !day.isAfter(to))
        && contract.terms().pauses().stream().noneMatch(pause -> isPaused(pause, day));
  }

  private static boolean isPaused(Pause pause, LocalDate day) {
    return !day.isBefore(pause.from()) && (pause.to() == null || !day.isAfter(pause.to()));
  }

  private static void everyDayAtItsPrice(
      Contract contract, ContractLine line, NewDocument document) {
    List<NewLine> parts =
        document.lines().stream().filter(part -> part.name().equals(line.name())).toList();
    int days = 0;
    for (LocalDate day = document.period().from();
        !day.isAfter(document.period().to());
        day = day.plusDays(1)) {
      LocalDate one = day;
      if (isBilled(contract, line, day)) {
        days++;
        assertThat(parts)
            .as("parts of %s on %s", line.name(), one)
            .filteredOn(
                part -> isIn(part.period() == null ? document.period() : part.period(), one))
            .singleElement()
            .satisfies(part -> assertThat(part.unitPrice()).isEqualByComparingTo(price(line, one)));
      }
    }
    if (days == 0) {
      assertThat(parts).isEmpty();
      return;
    }
    BigDecimal sum = parts.stream().map(NewLine::quantity).reduce(BigDecimal.ZERO, BigDecimal::add);
    assertThat(sum)
        .as("quantity of %s in %s", line.name(), document.period())
        .isEqualByComparingTo(
            line.terms().kind() == LineKind.METERED
                ? BilledLife.reading(document.period())
                : line.quantity()
                    .multiply(BigDecimal.valueOf(days))
                    .divide(
                        BigDecimal.valueOf(daysOfWhole(contract, document)),
                        6,
                        RoundingMode.HALF_UP));
  }

  /** The price that has begun last and is not over. */
  private static BigDecimal price(ContractLine line, LocalDate day) {
    BigDecimal price = line.unitPrice();
    for (LinePrice one : line.terms().prices()) {
      if (!one.validFrom().isAfter(day)
          && (one.validTo() == null || !one.validTo().isBefore(day))) {
        price = one.unitPrice();
      }
    }
    return price;
  }

  private static long daysOfWhole(Contract contract, NewDocument document) {
    boolean instalment = document.type() == DocumentType.INSTALMENT;
    int months =
        instalment
            ? contract.terms().instalments().intervalMonths()
            : contract.schedule().intervalMonths();
    int anchor = contract.schedule().anchorDay();
    YearMonth first = YearMonth.from(contract.start());
    if (anchored(first, anchor).isBefore(contract.start())) {
      first = first.plusMonths(1);
    }
    LocalDate begin = anchored(first.minusMonths(months), anchor);
    LocalDate next = anchored(first, anchor);
    for (int i = 1; !next.isAfter(document.period().from()); i++) {
      begin = next;
      next = anchored(first.plusMonths((long) i * months), anchor);
    }
    return next.toEpochDay() - begin.toEpochDay();
  }

  private static LocalDate anchored(YearMonth month, int day) {
    return day > month.lengthOfMonth() ? month.atEndOfMonth() : month.atDay(day);
  }

  private static void amountsAgree(NewDocument document) {
    BigDecimal prepaid =
        document.billing().settles().stream()
            .map(DeductedInstalment::amount)
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    Amounts.Computed computed =
        Amounts.compute(document.lines(), document.allowances(), prepaid, new BigDecimal("0.05"));
    Totals totals = computed.totals();
    Recomputed own = new Recomputed(document);

    assertThat(computed.lines()).extracting(line -> line.netAmount()).isEqualTo(own.lineNets);
    assertThat(totals.lineNet()).as("BR-CO-10").isEqualByComparingTo(own.lines);
    assertThat(totals.allowances()).as("BR-CO-11").isEqualByComparingTo(own.allowances);
    assertThat(totals.charges()).as("BR-CO-12").isEqualByComparingTo(own.charges);
    assertThat(totals.taxExclusive()).as("BR-CO-13").isEqualByComparingTo(own.net());
    assertThat(totals.tax()).as("BR-CO-14").isEqualByComparingTo(own.tax());
    assertThat(totals.taxInclusive()).as("BR-CO-15").isEqualByComparingTo(own.total());
    assertThat(totals.payable())
        .as("BR-CO-16")
        .isEqualByComparingTo(own.total().subtract(prepaid).add(totals.rounding()));
    assertThat(totals.rounding().abs()).isLessThanOrEqualTo(new BigDecimal("0.02"));
    assertThat(totals.payable().remainder(new BigDecimal("0.05"))).isEqualByComparingTo("0");
    assertThat(computed.vatBreakdown()).hasSameSizeAs(own.bases.keySet());
    computed
        .vatBreakdown()
        .forEach(
            vat -> {
              String key = vat.category() + " " + vat.rate();
              assertThat(vat.taxableAmount())
                  .as("BT-116 " + key)
                  .isEqualByComparingTo(own.bases.get(key));
              assertThat(vat.taxAmount()).as("BR-CO-17 " + key).isEqualByComparingTo(own.tax(key));
            });
    assertThat(
            computed.vatBreakdown().stream()
                .map(vat -> vat.taxableAmount())
                .reduce(BigDecimal.ZERO, BigDecimal::add))
        .isEqualByComparingTo(totals.taxExclusive());
  }

  private static void instalmentsAreDeductedOnce(BilledLife life) {
    if (life.contract().terms().instalments() == null) {
      return;
    }
    List<BillingPeriod> instalments = periods(life, true);
    for (int i = 1; i < instalments.size(); i++) {
      assertThat(instalments.get(i).from()).isAfter(instalments.get(i - 1).to());
    }
    assertThat(
            life.documents().stream()
                .flatMap(document -> document.billing().settles().stream())
                .map(DeductedInstalment::instalment))
        .doesNotHaveDuplicates();
    assertThat(life.notSettled())
        .allMatch(period -> period.from().isAfter(life.contract().schedule().billedThrough()));
  }
}
