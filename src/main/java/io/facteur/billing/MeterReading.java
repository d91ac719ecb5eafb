package io.facteur.billing;

import io.facteur.contract.BillingPeriod;
import io.facteur.contract.Contract;
import io.facteur.contract.ContractLine;
import io.facteur.contract.Days;
import io.facteur.metering.WaitingQuantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The imported quantities that a metered line bills for a period.
 *
 * @param ofPeriod quantities for days of the period
 * @param corrections of quantities for days before it, which have been billed
 * @param missing why it cannot be billed yet, for people; empty if it can
 */
record MeterReading(
    List<WaitingQuantity> ofPeriod, List<WaitingQuantity> corrections, List<String> missing) {

  MeterReading {
    ofPeriod = List.copyOf(ofPeriod);
    corrections = List.copyOf(corrections);
    missing = List.copyOf(missing);
  }

  static MeterReading of(
      Contract contract, ContractLine line, BillingPeriod period, List<WaitingQuantity> waiting) {
    List<WaitingQuantity> ofPeriod = new ArrayList<>();
    List<WaitingQuantity> corrections = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    Days unread = billed(contract, line, period);
    for (WaitingQuantity quantity : waiting) {
      if (!quantity.meter().equals(line.terms().meter())) {
        continue;
      }
      BillingPeriod days = quantity.period();
      if (isWithin(days, period)) {
        ofPeriod.add(quantity);
        unread = unread.without(days.from(), days.to());
      } else if (quantity.alreadyBilled() != null && days.to().isBefore(period.from())) {
        corrections.add(quantity);
      } else if (!days.from().isAfter(period.to()) && !days.to().isBefore(period.from())) {
        missing.add(
            "the quantity of meter %s for %s to %s reaches out of the period: give one for each period"
                .formatted(quantity.meter(), days.from(), days.to()));
      }
    }
    if (!unread.isEmpty()) {
      BillingPeriod first = unread.parts().get(0);
      missing.add(
          "the quantity of meter %s is missing for %s to %s"
              .formatted(line.terms().meter(), first.from(), first.to()));
    }
    return new MeterReading(ofPeriod, corrections, missing);
  }

  private static Days billed(Contract contract, ContractLine line, BillingPeriod period) {
    return PricedDays.of(line, period, contract.terms().pauses()).stream()
        .map(PricedDays::days)
        .reduce(
            (one, other) ->
                new Days(Stream.concat(one.parts().stream(), other.parts().stream()).toList()))
        .orElse(Days.NONE);
  }

  private static boolean isWithin(BillingPeriod days, BillingPeriod period) {
    return !days.from().isBefore(period.from()) && !days.to().isAfter(period.to());
  }

  /** Corrections that would never be billed, as the contract no longer has a line for them. */
  static List<String> correctionsWithoutLine(Contract contract, List<WaitingQuantity> waiting) {
    Set<String> meters =
        contract.lines().stream()
            .map(line -> line.terms().meter())
            .filter(Objects::nonNull)
            .collect(Collectors.toSet());
    return waiting.stream()
        .filter(quantity -> quantity.alreadyBilled() != null)
        .filter(quantity -> !meters.contains(quantity.meter()))
        .map(
            quantity ->
                "a correction of meter %s waits, but no line has that meter any more"
                    .formatted(quantity.meter()))
        .toList();
  }

  List<Long> ids() {
    return Stream.concat(ofPeriod.stream(), corrections.stream()).map(WaitingQuantity::id).toList();
  }
}
