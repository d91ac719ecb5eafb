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

  private static List<PricedDays> priced(ContractLine line, Days billed) {
    List<LinePrice> prices =
        line.terms().prices().stream().sorted(Comparator.comparing(LinePrice::validFrom)).toList();
    List<PricedDays> priced = new ArrayList<>();
    LocalDate from = null;
    for (int i = 0; i < prices.size(); i++) {
      LinePrice price = prices.get(i);
      LocalDate last = lastDay(prices, i);
      add(priced, line, null, billed.within(from, price.validFrom().minusDays(1)));
      add(priced, line, price, billed.within(price.validFrom(), last));
      if (last == null) {
        return priced;
      }
      from = last.plusDays(1);
    }
    add(priced, line, null, billed.within(from, null));
    return priced;
  }

  /** An open price ends where the next begins. */
  private static LocalDate lastDay(List<LinePrice> prices, int i) {
    LocalDate own = prices.get(i).validTo();
    return own != null || i + 1 == prices.size() ? own : prices.get(i + 1).validFrom().minusDays(1);
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
