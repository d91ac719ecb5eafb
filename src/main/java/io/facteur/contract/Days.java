package io.facteur.contract;

import static java.time.temporal.ChronoUnit.DAYS;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * Some days, as a list of intervals that neither touch nor overlap, the earliest first.
 *
 * @param parts none: no day at all
 */
public record Days(List<BillingPeriod> parts) {

  public static final Days NONE = new Days(List.of());

  public Days {
    parts = List.copyOf(parts);
  }

  public static Days of(BillingPeriod period) {
    return new Days(List.of(period));
  }

  public boolean isEmpty() {
    return parts.isEmpty();
  }

  public int count() {
    return parts.stream()
        .mapToInt(part -> Math.toIntExact(DAYS.between(part.from(), part.to())) + 1)
        .sum();
  }

  /** From the first to the last of them. Only where there is one. */
  public BillingPeriod span() {
    return new BillingPeriod(parts.get(0).from(), parts.get(parts.size() - 1).to());
  }

  /** Those of them that lie in an interval; either end may be null: open. */
  public Days within(LocalDate from, LocalDate to) {
    List<BillingPeriod> kept = new ArrayList<>();
    for (BillingPeriod part : parts) {
      LocalDate first = from == null || from.isBefore(part.from()) ? part.from() : from;
      LocalDate last = to == null || to.isAfter(part.to()) ? part.to() : to;
      if (!last.isBefore(first)) {
        kept.add(new BillingPeriod(first, last));
      }
    }
    return kept.isEmpty() ? NONE : new Days(kept);
  }

  /** Those of them that lie outside of an interval; its end may be null: open. */
  public Days without(LocalDate from, LocalDate to) {
    List<BillingPeriod> kept = new ArrayList<>(within(null, from.minusDays(1)).parts);
    if (to != null) {
      kept.addAll(within(to.plusDays(1), null).parts);
    }
    return kept.isEmpty() ? NONE : new Days(kept);
  }
}
