package io.facteur.billing;

import io.facteur.contract.AllowanceCharge;
import io.facteur.contract.BillingPeriod;
import io.facteur.contract.Contract;
import io.facteur.contract.ContractLine;
import io.facteur.contract.Days;
import io.facteur.contract.DuePeriod;
import io.facteur.contract.Placeholders;
import io.facteur.document.Amounts;
import io.facteur.document.NewLine;
import io.facteur.metering.WaitingQuantity;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Turns a contract's lines into those of a document for one period. */
final class PeriodLines {

  private final Contract contract;
  private final DuePeriod period;
  private final BillingWords words;
  private final List<NewLine> made = new ArrayList<>();

  PeriodLines(Contract contract, DuePeriod period, BillingWords words) {
    this.contract = contract;
    this.period = period;
    this.words = words;
  }

  List<NewLine> made() {
    return made;
  }

  boolean isEmpty() {
    return made.isEmpty();
  }

  /** One line for each price, with the part of the quantity that falls on its days. */
  void fixed(ContractLine line) {
    List<PricedDays> priced = priced(line, period.period());
    if (!priced.isEmpty()) {
      List<BigDecimal> quantities =
          Shares.split(
              line.quantity(), days(priced), period.daysOfWhole(), Shares.QUANTITY_DECIMALS);
      add(line, priced, quantities);
    }
  }

  /** One line for each price, and one for each correction of what was billed before. */
  void metered(ContractLine line, MeterReading reading) {
    List<PricedDays> priced = priced(line, period.period());
    if (!priced.isEmpty()) {
      List<BigDecimal> quantities =
          new ArrayList<>(Collections.nCopies(priced.size(), BigDecimal.ZERO));
      reading.ofPeriod().forEach(quantity -> distribute(quantity, priced, quantities));
      add(line, priced, quantities);
    }
    reading.corrections().forEach(correction -> correct(line, correction));
  }

  private List<PricedDays> priced(ContractLine line, BillingPeriod days) {
    return PricedDays.of(line, days, contract.terms().pauses());
  }

  private static List<Integer> days(List<PricedDays> priced) {
    return priced.stream().map(one -> one.days().count()).toList();
  }

  /** A quantity over a change of price is divided by days. */
  private static void distribute(
      WaitingQuantity quantity, List<PricedDays> priced, List<BigDecimal> quantities) {
    List<Integer> days =
        priced.stream()
            .map(one -> one.days().within(quantity.period().from(), quantity.period().to()).count())
            .toList();
    int all = days.stream().mapToInt(Integer::intValue).sum();
    List<BigDecimal> parts =
        all == 0
            ? Stream.concat(
                    Collections.nCopies(priced.size() - 1, BigDecimal.ZERO).stream(),
                    Stream.of(quantity.toBill()))
                .toList()
            : split(quantity.toBill(), days, all);
    for (int i = 0; i < parts.size(); i++) {
      quantities.set(i, quantities.get(i).add(parts.get(i)));
    }
  }

  /** What rounding leaves goes to the last price that has days at all. */
  private static List<BigDecimal> split(BigDecimal quantity, List<Integer> days, int all) {
    List<Integer> given = days.stream().filter(count -> count > 0).toList();
    var parts = Shares.split(quantity, given, all, Shares.QUANTITY_DECIMALS).iterator();
    return days.stream().map(count -> count > 0 ? parts.next() : BigDecimal.ZERO).toList();
  }

  private void correct(ContractLine line, WaitingQuantity correction) {
    if (correction.toBill().signum() == 0) {
      return;
    }
    List<PricedDays> priced = priced(line, correction.period());
    if (priced.isEmpty()) {
      Days days = Days.of(correction.period());
      priced = List.of(new PricedDays(days, line.unitPrice(), line.vatRate()));
    }
    List<BigDecimal> quantities =
        new ArrayList<>(Collections.nCopies(priced.size(), BigDecimal.ZERO));
    distribute(correction, priced, quantities);
    for (int i = 0; i < priced.size(); i++) {
      if (quantities.get(i).signum() != 0) {
        made.add(
            line(line, priced.get(i), quantities.get(i), percentages(line), words::correction));
      }
    }
  }

  private void add(ContractLine line, List<PricedDays> priced, List<BigDecimal> quantities) {
    List<Integer> days = days(priced);
    List<NewLine> lines = new ArrayList<>(priced.size());
    for (int i = 0; i < priced.size(); i++) {
      lines.add(
          line(
              line,
              priced.get(i),
              quantities.get(i),
              allowances(line, days, i),
              UnaryOperator.identity()));
    }
    made.addAll(line.terms().minimumAmount() == null ? lines : atLeast(line, days, lines));
  }

  /** Amounts are for a whole period and divided by days; percentages are the same for all days. */
  private List<AllowanceCharge> allowances(ContractLine line, List<Integer> days, int part) {
    return line.terms().allowances().stream()
        .map(
            one ->
                one.percent() != null
                    ? one
                    : one.withAmount(
                        Shares.split(
                                one.amount(), days, period.daysOfWhole(), Shares.AMOUNT_DECIMALS)
                            .get(part)))
        .filter(one -> one.percent() != null || one.amount().signum() > 0)
        .toList();
  }

  /** A correction's: amounts were billed with the period that it corrects. */
  private static List<AllowanceCharge> percentages(ContractLine line) {
    return line.terms().allowances().stream().filter(one -> one.percent() != null).toList();
  }

  /** What is missing to the line's minimum is added to the last of its parts. */
  private List<NewLine> atLeast(ContractLine line, List<Integer> days, List<NewLine> lines) {
    int all = days.stream().mapToInt(Integer::intValue).sum();
    BigDecimal missing =
        Shares.of(line.terms().minimumAmount(), all, period.daysOfWhole(), Shares.AMOUNT_DECIMALS)
            .subtract(Amounts.compute(lines).totals().lineNet());
    if (missing.signum() <= 0) {
      return lines;
    }
    NewLine last = lines.get(lines.size() - 1);
    lines.set(
        lines.size() - 1,
        last.with(List.of(AllowanceCharge.onLine(true, missing, words.minimum()))));
    return lines;
  }

  /** The part of an allowance or charge for some days of a whole period. */
  static AllowanceCharge share(AllowanceCharge allowance, int days, int daysOfWhole) {
    return allowance.percent() != null
        ? allowance
        : allowance.withAmount(
            Shares.of(allowance.amount(), days, daysOfWhole, Shares.AMOUNT_DECIMALS));
  }

  private NewLine line(
      ContractLine line,
      PricedDays priced,
      BigDecimal quantity,
      List<AllowanceCharge> allowances,
      UnaryOperator<String> naming) {
    BillingPeriod days = priced.days().span();
    Placeholders.Values values =
        placeholder ->
            words.fill(placeholder, days, line.terms().meter(), quantity, contract.number());
    return new NewLine(
        naming.apply(Placeholders.fill(line.name(), values)),
        Placeholders.fill(line.description(), values),
        quantity,
        line.unitCode(),
        priced.unitPrice(),
        line.baseQuantity(),
        line.discountPercent(),
        line.vatCategory(),
        priced.vatRate(),
        line.exemptionReason(),
        days.equals(period.period()) ? null : days,
        allowances);
  }
}
