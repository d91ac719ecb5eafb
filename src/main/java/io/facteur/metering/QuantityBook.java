package io.facteur.metering;

import static java.util.Comparator.naturalOrder;

import io.facteur.contract.BillingPeriod;
import io.facteur.contract.Contract;
import io.facteur.contract.LineTerms;
import io.facteur.party.Refusal;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The quantities of one contract, and what becomes of them when more come in. Days of one meter
 * never overlap; of each days the last quantity that is not replaced counts.
 */
final class QuantityBook {

  /** All quantities for the same days of a meter. */
  private static final class SameDays {
    private final List<KnownQuantity> rows = new ArrayList<>();

    private KnownQuantity last() {
      return rows.stream().filter(row -> !row.replaced()).reduce((a, b) -> b).orElseThrow();
    }

    private int nextRevision() {
      return rows.get(rows.size() - 1).revision() + 1;
    }

    private BillingPeriod period() {
      return rows.get(0).period();
    }
  }

  private final Contract contract;
  private final Map<String, NavigableMap<LocalDate, SameDays>> meters = new HashMap<>();
  private final Map<String, LocalDate> coveredBefore;
  private final List<SameDays> changed = new ArrayList<>();
  private final List<Long> replaced = new ArrayList<>();

  /**
   * @param known whatever overlaps the days that will come in, by revision
   * @param coveredBefore last day of each meter's last quantity before those
   */
  QuantityBook(Contract contract, List<KnownQuantity> known, Map<String, LocalDate> coveredBefore) {
    this.contract = contract;
    this.coveredBefore = coveredBefore;
    known.forEach(row -> of(row.meter(), row.period()).rows.add(row));
  }

  private SameDays of(String meter, BillingPeriod period) {
    return meters
        .computeIfAbsent(meter, none -> new TreeMap<>())
        .computeIfAbsent(period.from(), none -> new SameDays());
  }

  /** Takes a quantity whose fields are right, if the rules allow it. */
  QuantityResult take(NewQuantity quantity) {
    Optional<Refusal.Problem> problem = QuantityRules.ofContract(contract, quantity);
    if (problem.isPresent()) {
      return QuantityResult.refused(quantity, List.of(problem.get()));
    }
    Optional<SameDays> overlapping = overlapping(quantity);
    if (overlapping.isEmpty()) {
      return takeNew(quantity);
    }
    SameDays days = overlapping.get();
    if (!days.period().equals(quantity.period())) {
      return refused(
          quantity,
          "from",
          "overlaps the quantity for %s to %s: send these days to change that one, or days that do not overlap"
              .formatted(days.period().from(), days.period().to()));
    }
    return days.last().isBilled() || days.last().corrects() != null
        ? correct(days, quantity)
        : replace(days, quantity);
  }

  private Optional<SameDays> overlapping(NewQuantity quantity) {
    NavigableMap<LocalDate, SameDays> meter = meters.get(quantity.meter());
    return meter == null
        ? Optional.empty()
        : Stream.of(meter.floorEntry(quantity.from()), meter.floorEntry(quantity.to()))
            .filter(Objects::nonNull)
            .map(Map.Entry::getValue)
            .filter(days -> !days.period().to().isBefore(quantity.from()))
            .findFirst();
  }

  private QuantityResult takeNew(NewQuantity quantity) {
    Optional<Refusal.Problem> problem = QuantityRules.ofNewDays(contract, quantity.period());
    if (problem.isPresent()) {
      return QuantityResult.refused(quantity, List.of(problem.get()));
    }
    add(of(quantity.meter(), quantity.period()), quantity, 0, null);
    return result(quantity, QuantityOutcome.TAKEN);
  }

  private QuantityResult replace(SameDays days, NewQuantity quantity) {
    KnownQuantity last = days.last();
    if (last.hasQuantity(quantity.quantity())) {
      return result(quantity, QuantityOutcome.UNCHANGED);
    }
    dropLast(days);
    add(days, quantity, days.nextRevision(), null);
    return result(quantity, QuantityOutcome.REPLACED);
  }

  /** Of days that are billed, with or without a correction that waits to be billed. */
  private QuantityResult correct(SameDays days, NewQuantity quantity) {
    KnownQuantity last = days.last();
    if (last.hasQuantity(quantity.quantity())) {
      return result(quantity, QuantityOutcome.UNCHANGED);
    }
    KnownQuantity billed = last.isBilled() ? last : corrected(days, last);
    if (!quantity.correction()) {
      return refused(
          quantity,
          "correction",
          "%s is billed for these days by %s%s: send it as a correction to bill the difference"
              .formatted(
                  plain(billed.quantity()),
                  billed.isBilled() ? billed.document() : "a document that is deleted since",
                  last.isBilled() ? "" : ", and " + plain(last.quantity()) + " is to correct it"));
    }
    if (contract.nextDue() == null && !billed.hasQuantity(quantity.quantity())) {
      return refused(
          quantity,
          "correction",
          "the contract is billed to its end, no further bill takes the difference: correct %s by a credit note"
              .formatted(billed.isBilled() ? billed.document() : "its last bill"));
    }
    if (!last.isBilled()) {
      dropLast(days);
    }
    if (!billed.hasQuantity(quantity.quantity())) {
      add(days, quantity, days.nextRevision(), billed.id());
    }
    return result(quantity, QuantityOutcome.CORRECTION);
  }

  private static KnownQuantity corrected(SameDays days, KnownQuantity correction) {
    return days.rows.stream()
        .filter(row -> correction.corrects().equals(row.id()))
        .findFirst()
        .orElseThrow();
  }

  private void dropLast(SameDays days) {
    KnownQuantity last = days.last();
    days.rows.set(
        days.rows.indexOf(last),
        new KnownQuantity(
            last.id(),
            last.contract(),
            last.meter(),
            last.period(),
            last.quantity(),
            last.revision(),
            true,
            last.corrects(),
            null));
    if (last.id() != null) {
      replaced.add(last.id());
    }
  }

  private void add(SameDays days, NewQuantity quantity, int revision, Long corrects) {
    days.rows.add(
        new KnownQuantity(
            null,
            contract.id(),
            quantity.meter(),
            quantity.period(),
            quantity.quantity(),
            revision,
            false,
            corrects,
            null));
    changed.add(days);
  }

  private static QuantityResult result(NewQuantity quantity, QuantityOutcome outcome) {
    return new QuantityResult(quantity, outcome, List.of(), List.of());
  }

  private static QuantityResult refused(NewQuantity quantity, String field, String message) {
    return QuantityResult.refused(quantity, List.of(new Refusal.Problem(field, message)));
  }

  private static String plain(BigDecimal quantity) {
    return quantity.stripTrailingZeros().toPlainString();
  }

  /** SameDays right before these that have no quantity of the meter and should have one. */
  List<BillingPeriod> missingBefore(NewQuantity quantity) {
    NavigableMap<LocalDate, SameDays> meter =
        meters.getOrDefault(quantity.meter(), new TreeMap<>());
    Map.Entry<LocalDate, SameDays> before = meter.lowerEntry(quantity.from());
    LocalDate covered =
        before == null ? coveredBefore.get(quantity.meter()) : before.getValue().period().to();
    LocalDate first =
        Stream.of(
                contract.start(),
                covered == null ? null : covered.plusDays(1),
                firstUnbilled(),
                firstMetered(quantity.meter()))
            .filter(Objects::nonNull)
            .max(naturalOrder())
            .orElseThrow();
    return first.isBefore(quantity.from())
        ? QuantityRules.open(contract, new BillingPeriod(first, quantity.from().minusDays(1)))
            .parts()
        : List.of();
  }

  private LocalDate firstUnbilled() {
    LocalDate billedThrough =
        contract.schedule() == null ? null : contract.schedule().billedThrough();
    return billedThrough == null ? null : billedThrough.plusDays(1);
  }

  private LocalDate firstMetered(String meter) {
    return contract.lines().stream()
        .map(line -> line.terms())
        .filter(terms -> meter.equals(terms.meter()))
        .map(LineTerms::validFrom)
        .map(from -> from == null ? contract.start() : from)
        .min(naturalOrder())
        .orElse(null);
  }

  /** Rows to write; some are replaced by others of them already. */
  List<KnownQuantity> added() {
    return changed.stream()
        .distinct()
        .flatMap(days -> days.rows.stream())
        .filter(row -> row.id() == null)
        .toList();
  }

  /** Rows that others take the place of. */
  List<Long> replaced() {
    return replaced;
  }
}
