package io.facteur.contract;

import io.facteur.contract.BillingSchedule.Timing;
import io.facteur.party.Checks;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What must hold of a contract before it is saved. */
final class ContractRules {

  private ContractRules() {}

  static void check(Contract contract) {
    Checks checks = new Checks();
    checks
        .required("company", contract.company())
        .required("number", contract.number())
        .code("number", contract.number(), 40)
        .required("contractingParty", contract.contractingParty())
        .required("start", contract.start())
        .rule(
            contract.start() == null
                || contract.end() == null
                || !contract.end().isBefore(contract.start()),
            "end",
            "must not be before the start")
        .language("language", contract.language())
        .between("paymentDays", contract.paymentDays(), 0, 365)
        .text("buyerReference", contract.buyerReference(), 100)
        .text("orderReference", contract.orderReference(), 100)
        .code("printQueue", contract.printQueue(), 40);
    if (contract.schedule() != null) {
      schedule(checks.of("schedule"), contract.schedule());
      checks.rule(
          contract.lines().stream().anyMatch(line -> line.terms().kind() != LineKind.INSTALMENT),
          "lines",
          "a schedule needs something to bill");
    }
    lines(checks, contract.lines());
    terms(checks, contract);
    checks.refuse();
  }

  private static void schedule(Checks checks, BillingSchedule schedule) {
    checks
        .between("intervalMonths", schedule.intervalMonths(), 1, 120)
        .required("timing", schedule.timing())
        .between("anchorDay", schedule.anchorDay(), 1, 31)
        .required("releasePolicy", schedule.releasePolicy());
  }

  private static void lines(Checks checks, List<ContractLine> lines) {
    Set<Integer> positions = new HashSet<>();
    for (int i = 0; i < lines.size(); i++) {
      Checks ofLine = checks.of("lines[" + i + "]");
      LineRules.check(ofLine, lines.get(i));
      ofLine.rule(positions.add(lines.get(i).position()), "position", "is used by another line");
    }
    boolean outside = lines.stream().anyMatch(line -> line.vatCategory() == VatCategory.O);
    checks.rule(
        !outside || lines.stream().allMatch(line -> line.vatCategory() == VatCategory.O),
        "lines",
        "outside the scope of tax (O) cannot stand beside others (EN 16931 BR-O-11)");
  }

  private static void terms(Checks checks, Contract contract) {
    BillingTerms terms = contract.terms();
    checks.rule(
        terms.currency() == null || terms.currency().getDefaultFractionDigits() == 2,
        "currency",
        terms.currency() + " cannot be used: only currencies with two decimals can");
    for (int i = 0; i < terms.allowances().size(); i++) {
      ContractAllowance allowance = terms.allowances().get(i);
      Checks ofAllowance = checks.of("allowances[" + i + "]");
      AllowanceRules.ofDocument(ofAllowance, allowance.allowance());
      LineRules.ofDays(ofAllowance, "validTo", allowance.validFrom(), allowance.validTo());
    }
    if (terms.minimum() != null) {
      MinimumAmount minimum = terms.minimum();
      Checks ofMinimum = checks.of("minimum");
      ofMinimum.required("amount", minimum.amount());
      LineRules.minimum(ofMinimum, "amount", minimum.amount());
      VatRules.check(
          ofMinimum, minimum.vatCategory(), minimum.vatRate(), minimum.exemptionReason());
    }
    pauses(checks, terms.pauses());
    instalments(checks, contract);
  }

  private static void pauses(Checks checks, List<Pause> pauses) {
    for (int i = 0; i < pauses.size(); i++) {
      Pause pause = pauses.get(i);
      Checks ofPause = checks.of("pauses[" + i + "]");
      ofPause.required("from", pause.from());
      LineRules.ofDays(ofPause, "to", pause.from(), pause.to());
      for (Pause other : pauses.subList(0, i)) {
        ofPause.rule(
            pause.from() == null || other.from() == null || !overlap(pause, other),
            "from",
            "overlaps the pause from " + other.from());
      }
    }
  }

  private static boolean overlap(Pause one, Pause other) {
    return (one.to() == null || !one.to().isBefore(other.from()))
        && (other.to() == null || !other.to().isBefore(one.from()));
  }

  /** BILL-7: instalments belong to a period that is settled after its end. */
  private static void instalments(Checks checks, Contract contract) {
    InstalmentPlan plan = contract.terms().instalments();
    boolean lines =
        contract.lines().stream().anyMatch(line -> line.terms().kind() == LineKind.INSTALMENT);
    checks.rule(
        (plan != null) == lines,
        "instalments",
        "a plan of instalments and lines of kind INSTALMENT need each other");
    if (plan == null) {
      return;
    }
    Checks ofPlan = checks.of("instalments");
    ofPlan.between("intervalMonths", plan.intervalMonths(), 1, 60);
    BillingSchedule schedule = contract.schedule();
    checks.rule(
        schedule != null && schedule.timing() == Timing.ARREARS,
        "schedule.timing",
        "instalments need a schedule in ARREARS, which settles them");
    if (schedule != null && plan.intervalMonths() > 0) {
      ofPlan.rule(
          plan.intervalMonths() < schedule.intervalMonths()
              && schedule.intervalMonths() % plan.intervalMonths() == 0,
          "intervalMonths",
          "a whole number of instalments must make a period of the schedule, more than one");
    }
  }
}
