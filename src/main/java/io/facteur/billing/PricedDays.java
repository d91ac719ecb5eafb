package io.facteur.billing;

import io.facteur.contract.BillingPeriod;
import io.facteur.contract.ContractLine;
import io.facteur.contract.Days;
import io.facteur.contract.LinePrice;
import io.facteur.contract.Pause;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Days of a contract line that have one price.
 *
 * @param days never empty
 * @param vatRate BT-152, percent
 */
record PricedDays(Days days, BigDecimal unitPrice, BigDecimal vatRate) {

  /** The days of a period on which a line is billed, one after another by their prices. */
  static List<PricedDays> of(ContractLine line, BillingPeriod period, List<Pause> pauses) {
    Days billed = Days.of(period).within(line.terms().validFrom(), line.terms().validTo());
    for (Pause pause : pauses) {
      billed = billed.without(pause.from(), pause.to());
    }
    if (billed.isEmpty()) {
      return List.of();
    }
    return priced(line, billed);
  }

  /** From one day on which a price begins, or the day after its last, to the next. */
  private static List<PricedDays> priced(ContractLine line, Days billed) {
    NavigableSet<LocalDate> changes = new TreeSet<>();
    for (LinePrice price : line.terms().prices()) {
      changes.add(price.validFrom());
      if (price.validTo() != null) {
        changes.add(price.validTo().plusDays(1));
      }
    }
    List<PricedDays> priced = new ArrayList<>();
    LocalDate from = null;
    for (LocalDate change : changes) {
      add(priced, line, priceOn(line, from), billed.within(from, change.minusDays(1)));
      from = change;
    }
    add(priced, line, priceOn(line, from), billed.within(from, null));
    return priced;
  }

  /** The one that has begun last and is not over; null: none, the line's own holds. */
  private static LinePrice priceOn(ContractLine line, LocalDate day) {
    return line.terms().prices().stream()
        .filter(price -> day != null && !price.validFrom().isAfter(day))
        .filter(price -> price.validTo() == null || !price.validTo().isBefore(day))
        .max(Comparator.comparing(LinePrice::validFrom))
        .orElse(null);
  }

  /** Price null: the line's own. What costs the same as the days before it belongs to them. */
  private static void add(List<PricedDays> priced, ContractLine line, LinePrice price, Days days) {
    if (days.isEmpty()) {
      return;
    }
    BigDecimal unitPrice = price == null ? line.unitPrice() : price.unitPrice();
    BigDecimal vatRate =
        price == null || price.vatRate() == null ? line.vatRate() : price.vatRate();
    PricedDays before = priced.isEmpty() ? null : priced.get(priced.size() - 1);
    if (before != null
        && before.unitPrice.compareTo(unitPrice) == 0
        && before.vatRate.compareTo(vatRate) == 0) {
      List<BillingPeriod> parts = new ArrayList<>(before.days.parts());
      parts.addAll(days.parts());
      priced.set(priced.size() - 1, new PricedDays(new Days(parts), unitPrice, vatRate));
    } else {
      priced.add(new PricedDays(days, unitPrice, vatRate));
    }
  }
}
