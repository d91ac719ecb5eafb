package io.facteur.billing;

import io.facteur.contract.AllowanceCharge;
import io.facteur.contract.BillingSchedule;
import io.facteur.contract.BillingSchedule.ReleasePolicy;
import io.facteur.contract.BillingSchedule.Timing;
import io.facteur.contract.BillingTerms;
import io.facteur.contract.Contract;
import io.facteur.contract.ContractAllowance;
import io.facteur.contract.ContractLine;
import io.facteur.contract.InstalmentPlan;
import io.facteur.contract.LineKind;
import io.facteur.contract.LinePrice;
import io.facteur.contract.LineTerms;
import io.facteur.contract.MinimumAmount;
import io.facteur.contract.Pause;
import io.facteur.contract.VatCategory;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Contracts of every kind, within what the rules of contracts allow. */
final class RandomContracts {

  private static final LocalDate FIRST = LocalDate.of(2023, 6, 1);

  private record Vat(VatCategory category, String rate) {}

  private record Calendar(
      LocalDate start, LocalDate end, int months, int anchor, Integer billedThrough) {}

  private RandomContracts() {}

  static Arbitrary<Contract> any() {
    return Arbitraries.of(true, false, false)
        .flatMap(settled -> settled ? contracts(true) : contracts(false));
  }

  private static Arbitrary<Contract> contracts(boolean settled) {
    Arbitrary<Timing> timing =
        settled ? Arbitraries.just(Timing.ARREARS) : Arbitraries.of(Timing.class);
    Arbitrary<List<ContractLine>> lines =
        line(settled ? List.of(LineKind.FIXED) : List.of(LineKind.FIXED, LineKind.METERED))
            .list()
            .ofMinSize(1)
            .ofMaxSize(3);
    Arbitrary<ContractLine> instalment = line(List.of(LineKind.INSTALMENT));
    return Combinators.combine(
            calendar(settled),
            timing,
            lines,
            instalment,
            pauses(),
            documentAllowances(),
            minimum().injectNull(0.7))
        .as(
            (calendar, due, some, last, pauses, allowances, minimum) ->
                contract(
                    calendar,
                    due,
                    numbered(
                        settled ? Stream.concat(some.stream(), Stream.of(last)).toList() : some),
                    new BillingTerms(
                        null,
                        allowances,
                        minimum,
                        pauses,
                        settled
                            ? new InstalmentPlan(calendar.months() % 3 == 0 ? 3 : 2, null)
                            : null)));
  }

  /** Periods that are settled consist of several instalments. */
  private static Arbitrary<Calendar> calendar(boolean settled) {
    return Combinators.combine(
            days(0, 2_000),
            Arbitraries.integers().between(0, 900).injectNull(0.4),
            settled ? Arbitraries.of(4, 6, 8, 12) : Arbitraries.of(1, 1, 1, 2, 3, 5, 12, 14),
            Arbitraries.integers().between(1, 31),
            settled
                ? Arbitraries.just((Integer) null)
                : Arbitraries.integers().between(-40, 400).injectNull(0.6))
        .as(
            (start, length, months, anchor, billed) ->
                new Calendar(
                    start, length == null ? null : start.plusDays(length), months, anchor, billed));
  }

  private static Contract contract(
      Calendar calendar, Timing timing, List<ContractLine> lines, BillingTerms terms) {
    LocalDate billedThrough =
        calendar.billedThrough() == null
            ? null
            : calendar.start().plusDays(calendar.billedThrough());
    return new Contract(
        TermsText.ID,
        1,
        null,
        "K-1",
        null,
        null,
        calendar.start(),
        calendar.end(),
        "en",
        null,
        null,
        null,
        null,
        new BillingSchedule(
            calendar.months(), timing, calendar.anchor(), billedThrough, ReleasePolicy.ISSUE),
        lines,
        terms);
  }

  private static List<ContractLine> numbered(List<ContractLine> lines) {
    return IntStream.range(0, lines.size())
        .mapToObj(
            i -> {
              ContractLine line = lines.get(i);
              LineTerms terms = line.terms();
              return new ContractLine(
                  i + 1,
                  "L" + (i + 1),
                  null,
                  line.quantity(),
                  line.unitCode(),
                  line.unitPrice(),
                  line.baseQuantity(),
                  line.discountPercent(),
                  line.vatCategory(),
                  line.vatRate(),
                  line.exemptionReason(),
                  new LineTerms(
                      terms.kind(),
                      terms.meter() == null ? null : "M" + (i + 1),
                      terms.prices(),
                      terms.allowances(),
                      terms.minimumAmount(),
                      terms.validFrom(),
                      terms.validTo()));
            })
        .toList();
  }

  private static Arbitrary<ContractLine> line(List<LineKind> kinds) {
    Arbitrary<LineTerms> terms =
        Combinators.combine(
                Arbitraries.of(kinds),
                prices(),
                allowance(false).list().ofMaxSize(2),
                Arbitraries.of("25.00", "3.33").map(BigDecimal::new).injectNull(0.8),
                days(0, 2_500).injectNull(0.8),
                Arbitraries.integers().between(0, 500).injectNull(0.8))
            .as(RandomContracts::terms);
    return Combinators.combine(
            terms,
            number(1_000_000, 9_000_000, 6),
            number(10_000_000, 900_000_000, 6),
            Arbitraries.of("1", "3").map(BigDecimal::new),
            Arbitraries.of("0", "0", "33.33", "10").map(BigDecimal::new),
            vat())
        .as(
            (how, quantity, price, base, discount, vat) ->
                new ContractLine(
                    1,
                    "L",
                    null,
                    how.kind() == LineKind.METERED ? null : quantity,
                    "C62",
                    price,
                    base,
                    discount,
                    vat.category(),
                    new BigDecimal(vat.rate()),
                    reason(vat),
                    how));
  }

  private static LineTerms terms(
      LineKind kind,
      List<LinePrice> prices,
      List<AllowanceCharge> allowances,
      BigDecimal minimum,
      LocalDate from,
      Integer days) {
    return new LineTerms(
        kind,
        kind == LineKind.METERED ? "M" : null,
        prices,
        allowances,
        minimum,
        from,
        days == null ? null : (from == null ? FIRST.plusDays(800) : from).plusDays(days));
  }

  /** Some end before the next begins, others do not say when they end. */
  private static Arbitrary<List<LinePrice>> prices() {
    Arbitrary<LinePrice> price =
        Combinators.combine(
                days(0, 2_500),
                Arbitraries.integers().between(0, 60).injectNull(0.5),
                number(10_000_000, 900_000_000, 6))
            .as(
                (from, days, amount) ->
                    new LinePrice(from, days == null ? null : from.plusDays(days), amount, null));
    return price
        .list()
        .ofMaxSize(5)
        .map(
            prices -> {
              List<LinePrice> apart = new ArrayList<>();
              prices.stream()
                  .sorted(Comparator.comparing(LinePrice::validFrom))
                  .filter(
                      one ->
                          apart.isEmpty()
                              || one.validFrom().isAfter(lastDay(apart.get(apart.size() - 1))))
                  .forEach(apart::add);
              return apart;
            });
  }

  private static LocalDate lastDay(LinePrice price) {
    return price.validTo() == null ? price.validFrom() : price.validTo();
  }

  private static Arbitrary<List<Pause>> pauses() {
    return Combinators.combine(
            days(0, 2_500), Arbitraries.integers().between(0, 120).injectNull(0.1))
        .as((from, days) -> new Pause(from, days == null ? null : from.plusDays(days)))
        .list()
        .ofMaxSize(4)
        .map(
            pauses -> {
              List<Pause> apart = new ArrayList<>();
              for (Pause pause :
                  pauses.stream().sorted(Comparator.comparing(Pause::from)).toList()) {
                Pause before = apart.isEmpty() ? null : apart.get(apart.size() - 1);
                if (before == null || (before.to() != null && pause.from().isAfter(before.to()))) {
                  apart.add(pause);
                }
              }
              return apart;
            });
  }

  private static Arbitrary<List<ContractAllowance>> documentAllowances() {
    return Combinators.combine(allowance(true), days(0, 2_000).injectNull(0.7))
        .as((allowance, from) -> new ContractAllowance(allowance, from, null))
        .list()
        .ofMaxSize(2);
  }

  private static Arbitrary<AllowanceCharge> allowance(boolean ofDocument) {
    Arbitrary<AllowanceCharge> percent =
        Combinators.combine(Arbitraries.of(true, false), number(1, 2_500, 2))
            .as(
                (charge, value) ->
                    new AllowanceCharge(charge, value, null, "x", null, null, null, null));
    Arbitrary<AllowanceCharge> amount =
        Combinators.combine(Arbitraries.of(true, false), number(1, 60, 2), vat())
            .as(
                (charge, value, vat) ->
                    ofDocument
                        ? new AllowanceCharge(
                            charge,
                            null,
                            value,
                            "x",
                            null,
                            vat.category(),
                            new BigDecimal(vat.rate()),
                            reason(vat))
                        : AllowanceCharge.onLine(charge, value, "x"));
    return Arbitraries.oneOf(percent, amount);
  }

  private static Arbitrary<MinimumAmount> minimum() {
    return Combinators.combine(number(100, 90_000, 2), vat())
        .as(
            (amount, vat) ->
                new MinimumAmount(amount, vat.category(), new BigDecimal(vat.rate()), reason(vat)));
  }

  private static Arbitrary<Vat> vat() {
    return Arbitraries.of(
        new Vat(VatCategory.S, "20"),
        new Vat(VatCategory.S, "8.1"),
        new Vat(VatCategory.S, "5.5"),
        new Vat(VatCategory.Z, "0"),
        new Vat(VatCategory.E, "0"));
  }

  private static String reason(Vat vat) {
    return vat.category() == VatCategory.E ? "because" : null;
  }

  private static Arbitrary<BigDecimal> number(long from, long to, int decimals) {
    return Arbitraries.longs().between(from, to).map(value -> BigDecimal.valueOf(value, decimals));
  }

  private static Arbitrary<LocalDate> days(int from, int to) {
    return Arbitraries.integers().between(from, to).map(FIRST::plusDays);
  }
}
