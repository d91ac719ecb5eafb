package io.facteur.billing;

import io.facteur.contract.AllowanceCharge;
import io.facteur.contract.BillingPeriod;
import io.facteur.contract.Contract;
import io.facteur.contract.ContractLine;
import io.facteur.contract.Days;
import io.facteur.contract.DuePeriod;
import io.facteur.contract.LineKind;
import io.facteur.contract.MinimumAmount;
import io.facteur.contract.Pause;
import io.facteur.document.Amounts;
import io.facteur.document.NewLine;
import io.facteur.metering.WaitingQuantity;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What a contract is billed for one period (BILL-1): its lines with their quantities and prices,
 * and the allowances and charges on the document as a whole.
 *
 * @param quantities ids of the imported quantities that it bills
 * @param missing what is missing to bill the period, for people; then there is nothing else
 */
record PeriodBill(
    List<NewLine> lines,
    List<AllowanceCharge> allowances,
    Set<Long> quantities,
    List<String> missing) {

  PeriodBill {
    lines = List.copyOf(lines);
    allowances = List.copyOf(allowances);
    quantities = Set.copyOf(quantities);
    missing = List.copyOf(missing);
  }

  /** Bills what the contract's schedule bills: everything but its instalments. */
  static PeriodBill ofPeriod(
      Contract contract, DuePeriod period, List<WaitingQuantity> waiting, BillingWords words) {
    PeriodLines lines = new PeriodLines(contract, period, words);
    Set<Long> quantities = new LinkedHashSet<>();
    List<String> missing = new ArrayList<>();
    for (ContractLine line : linesOf(contract, kind -> kind != LineKind.INSTALMENT)) {
      if (line.terms().kind() == LineKind.METERED) {
        MeterReading reading = MeterReading.of(contract, line, period.period(), waiting);
        missing.addAll(reading.missing());
        if (reading.missing().isEmpty()) {
          lines.metered(line, reading);
          quantities.addAll(reading.ids());
        }
      } else {
        lines.fixed(line);
      }
    }
    missing.addAll(MeterReading.correctionsWithoutLine(contract, waiting));
    if (!missing.isEmpty()) {
      return new PeriodBill(List.of(), List.of(), Set.of(), missing.stream().distinct().toList());
    }
    List<AllowanceCharge> allowances =
        lines.isEmpty() ? List.of() : allowances(contract, period, lines.made(), words);
    return new PeriodBill(lines.made(), allowances, quantities, List.of());
  }

  /** Bills an instalment (BILL-7). */
  static PeriodBill ofInstalment(Contract contract, DuePeriod period, BillingWords words) {
    PeriodLines lines = new PeriodLines(contract, period, words);
    linesOf(contract, kind -> kind == LineKind.INSTALMENT).forEach(lines::fixed);
    return new PeriodBill(lines.made(), List.of(), Set.of(), List.of());
  }

  private static List<ContractLine> linesOf(Contract contract, Predicate<LineKind> kinds) {
    return contract.lines().stream().filter(line -> kinds.test(line.terms().kind())).toList();
  }

  private static List<AllowanceCharge> allowances(
      Contract contract, DuePeriod period, List<NewLine> lines, BillingWords words) {
    Days active = activeDays(contract, period.period());
    int days = active.count();
    LocalDate first = active.isEmpty() ? period.period().from() : active.span().from();
    List<AllowanceCharge> allowances = new ArrayList<>();
    contract.terms().allowances().stream()
        .filter(one -> one.isInForce(first))
        .map(one -> PeriodLines.share(one.allowance(), days, period.daysOfWhole()))
        .filter(one -> one.percent() != null || one.amount().signum() > 0)
        .forEach(allowances::add);
    MinimumAmount minimum = contract.terms().minimum();
    if (minimum != null) {
      BigDecimal missing =
          Shares.of(minimum.amount(), days, period.daysOfWhole(), Shares.AMOUNT_DECIMALS)
              .subtract(
                  Amounts.compute(lines, allowances, BigDecimal.ZERO, null)
                      .totals()
                      .taxExclusive());
      if (missing.signum() > 0) {
        allowances.add(
            new AllowanceCharge(
                true,
                null,
                missing,
                words.minimum(),
                null,
                minimum.vatCategory(),
                minimum.vatRate(),
                minimum.exemptionReason()));
      }
    }
    return allowances;
  }

  private static Days activeDays(Contract contract, BillingPeriod period) {
    Days days = Days.of(period);
    for (Pause pause : contract.terms().pauses()) {
      days = days.without(pause.from(), pause.to());
    }
    return days;
  }

  /** Whether there is nothing to bill, so that no document is made. */
  boolean isEmpty() {
    return lines.isEmpty();
  }
}
