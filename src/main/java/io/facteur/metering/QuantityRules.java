package io.facteur.metering;

import io.facteur.contract.BillingPeriod;
import io.facteur.contract.Contract;
import io.facteur.contract.Days;
import io.facteur.contract.LineKind;
import io.facteur.contract.LineTerms;
import io.facteur.contract.Pause;
import io.facteur.party.Checks;
import io.facteur.party.Refusal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What must hold of a quantity before it is taken, each with its reason and what to do. */
final class QuantityRules {

  private static final int LAST_YEAR = 9999;

  private QuantityRules() {}

  /** Whatever can be said without looking anything up. */
  static List<Refusal.Problem> ofFields(NewQuantity quantity) {
    LocalDate from = quantity.from();
    LocalDate to = quantity.to();
    Checks checks = new Checks();
    checks
        .required("contract", quantity.contract())
        .code("contract", quantity.contract(), 40)
        .required("meter", quantity.meter())
        .code("meter", quantity.meter(), 40)
        .required("from", from)
        .required("to", to)
        .rule(
            to == null || to.getYear() <= LAST_YEAR,
            "to",
            "must not be after the year " + LAST_YEAR)
        .rule(from == null || to == null || !to.isBefore(from), "to", "must not be before " + from)
        .required("quantity", quantity.quantity())
        .digits("quantity", quantity.quantity(), 12, 6)
        .rule(
            quantity.quantity() == null || quantity.quantity().signum() >= 0,
            "quantity",
            "must not be negative: a correction says the right quantity, not a difference");
    return checks.problems();
  }

  /** Whether the contract bills such a meter on these days at all. */
  static Optional<Refusal.Problem> ofContract(Contract contract, NewQuantity quantity) {
    List<LineTerms> metered =
        contract.lines().stream()
            .map(line -> line.terms())
            .filter(terms -> terms.kind() == LineKind.METERED)
            .toList();
    List<LineTerms> lines =
        metered.stream().filter(terms -> terms.meter().equals(quantity.meter())).toList();
    String name = "contract '" + contract.number() + "'";
    if (lines.isEmpty()) {
      return problem("meter", name + " has no line with this meter, " + only(metered));
    }
    if (contract.schedule() == null) {
      return problem(
          "contract", name + " has no billing schedule: without one nothing bills a quantity");
    }
    if (quantity.from().isBefore(contract.start())) {
      return problem(
          "from", name + " begins on " + contract.start() + ": send days from then on only");
    }
    if (contract.end() != null && quantity.to().isAfter(contract.end())) {
      return problem("to", name + " ends on " + contract.end() + ": send days until then only");
    }
    if (lines.stream().noneMatch(line -> isInForce(line, quantity))) {
      return problem(
          "meter",
          name + " has no line with this meter on these days: correct the days the line is for");
    }
    return Optional.empty();
  }

  private static String only(List<LineTerms> metered) {
    return metered.isEmpty()
        ? "and no other: add a metered line first"
        : "only "
            + metered.stream()
                .map(LineTerms::meter)
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
  }

  private static boolean isInForce(LineTerms line, NewQuantity quantity) {
    return (line.validFrom() == null || !line.validFrom().isAfter(quantity.to()))
        && (line.validTo() == null || !line.validTo().isBefore(quantity.from()));
  }

  /** Whether days for which there was no quantity before can have one. */
  static Optional<Refusal.Problem> ofNewDays(Contract contract, BillingPeriod days) {
    LocalDate billedThrough = contract.schedule().billedThrough();
    if (billedThrough != null && !days.from().isAfter(billedThrough)) {
      return problem(
          "from",
          "contract '%s' is billed through %s, without a quantity for these days: send days after that, and bill what was left out by an invoice of its own"
              .formatted(contract.number(), billedThrough));
    }
    if (open(contract, days).isEmpty()) {
      return problem(
          "from",
          "contract '"
              + contract.number()
              + "' is paused on all of these days: correct the pause if they are to be billed");
    }
    LocalDate last = contract.calendar().wholePeriodAt(days.from()).to();
    if (days.to().isAfter(last)) {
      return problem(
          "to",
          "the billing period ends on %s: send one quantity until then, and one from %s on"
              .formatted(last, last.plusDays(1)));
    }
    return Optional.empty();
  }

  /** Those of the days that no pause of the contract covers. */
  static Days open(Contract contract, BillingPeriod period) {
    Days open = Days.of(period);
    for (Pause pause : contract.terms().pauses()) {
      open = open.without(pause.from(), pause.to());
    }
    return open;
  }

  private static Optional<Refusal.Problem> problem(String field, String message) {
    return Optional.of(new Refusal.Problem(field, message));
  }
}
