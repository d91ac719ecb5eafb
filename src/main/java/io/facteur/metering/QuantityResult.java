package io.facteur.metering;

import io.facteur.contract.BillingPeriod;
import io.facteur.party.Refusal;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What has become of one quantity.
 *
 * @param problems why it is refused; empty if it is not
 * @param missing days before it without a quantity of its meter, for which it was taken all the
 *     same
 */
public record QuantityResult(
    NewQuantity quantity,
    QuantityOutcome outcome,
    List<Refusal.Problem> problems,
    List<BillingPeriod> missing) {

  /** A warning names so many holes. */
  private static final int NAMED = 5;

  public QuantityResult {
    problems = List.copyOf(problems);
    missing = List.copyOf(missing);
  }

  static QuantityResult refused(NewQuantity quantity, List<Refusal.Problem> problems) {
    return new QuantityResult(quantity, QuantityOutcome.REFUSED, problems, List.of());
  }

  public boolean isRefused() {
    return outcome == QuantityOutcome.REFUSED;
  }

  boolean isWritten() {
    return outcome != QuantityOutcome.REFUSED && outcome != QuantityOutcome.UNCHANGED;
  }

  QuantityResult missing(List<BillingPeriod> days) {
    return new QuantityResult(quantity, outcome, problems, days);
  }

  /** Why it is refused; null if it is not. */
  public String reason() {
    return problems.isEmpty()
        ? null
        : problems.stream()
            .map(problem -> problem.field() + ": " + problem.message())
            .collect(Collectors.joining("; "));
  }

  /** Which days are missing before it; null if none are. */
  public String warning() {
    return missing.isEmpty()
        ? null
        : "there is no quantity for "
            + missing.stream()
                .limit(NAMED)
                .map(days -> days.from() + " to " + days.to())
                .collect(Collectors.joining(", "))
            + (missing.size() > NAMED ? " and other days" : "")
            + ": send it too";
  }
}
