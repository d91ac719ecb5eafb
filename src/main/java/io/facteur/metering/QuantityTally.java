package io.facteur.metering;

import io.facteur.contract.BillingPeriod;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Counts what becomes of a file's lines, and names the first of those that need a look. */
final class QuantityTally {

  private static final int LONGEST_NAME = 40;

  private record Gap(long line, QuantityResult result) {}

  private final Map<QuantityOutcome, Long> counts = new EnumMap<>(QuantityOutcome.class);
  private final List<QuantityReport.Note> refused = new ArrayList<>();
  private final List<Gap> named = new ArrayList<>();
  private long gaps;

  void refused(QuantityColumns.Read read) {
    String reason =
        read.problems().stream()
            .map(problem -> problem.field() + ": " + problem.message())
            .collect(Collectors.joining("; "));
    refused(read, reason);
  }

  private void refused(QuantityColumns.Read read, String reason) {
    counts.merge(QuantityOutcome.REFUSED, 1L, Long::sum);
    if (refused.size() < QuantityReport.NAMED) {
      refused.add(note(read.line(), read.quantity(), reason));
    }
  }

  void result(QuantityColumns.Read read, QuantityResult result) {
    if (result.isRefused()) {
      refused(read, result.reason());
      return;
    }
    counts.merge(result.outcome(), 1L, Long::sum);
    if (!result.missing().isEmpty()) {
      gaps++;
      if (named.size() < QuantityReport.NAMED) {
        named.add(new Gap(read.line(), result));
      }
    }
  }

  private static QuantityReport.Note note(long line, NewQuantity quantity, String reason) {
    return new QuantityReport.Note(
        line,
        quantity == null ? null : shortened(quantity.contract()),
        quantity == null ? null : shortened(quantity.meter()),
        reason);
  }

  private static String shortened(String name) {
    return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME) + "…";
  }

  /** Quantities before which days were missing when they were taken. */
  List<NewQuantity> gaps() {
    return named.stream().map(gap -> gap.result().quantity()).toList();
  }

  /**
   * Corrects the gaps by what is missing at the end: later lines may have filled them.
   *
   * @param missing for each of {@link #gaps}
   */
  void stillMissing(List<List<BillingPeriod>> missing) {
    for (int i = named.size() - 1; i >= 0; i--) {
      if (missing.get(i).isEmpty()) {
        named.remove(i);
        gaps--;
      } else {
        named.set(i, new Gap(named.get(i).line(), named.get(i).result().missing(missing.get(i))));
      }
    }
  }

  QuantityReport report(boolean dryRun, QuantityReport.Stop stopped) {
    return new QuantityReport(
        dryRun,
        counts.values().stream().mapToLong(Long::longValue).sum(),
        counts,
        refused,
        gaps,
        named.stream()
            .map(gap -> note(gap.line(), gap.result().quantity(), gap.result().warning()))
            .toList(),
        stopped);
  }
}
