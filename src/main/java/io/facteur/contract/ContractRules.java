package io.facteur.contract;

import io.facteur.party.Checks;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What must hold of a contract before it is saved. */
final class ContractRules {

  private static final BigDecimal HUNDRED = new BigDecimal(100);
  private static final Pattern UNIT_CODE = Pattern.compile("[A-Z0-9]{2,3}");

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
      checks.rule(!contract.lines().isEmpty(), "lines", "a schedule needs something to bill");
    }
    Set<Integer> positions = new HashSet<>();
    List<ContractLine> lines = contract.lines();
    for (int i = 0; i < lines.size(); i++) {
      Checks ofLine = checks.of("lines[" + i + "]");
      line(ofLine, lines.get(i));
      ofLine.rule(positions.add(lines.get(i).position()), "position", "is used by another line");
    }
    checks.refuse();
  }

  private static void schedule(Checks checks, BillingSchedule schedule) {
    checks
        .between("intervalMonths", schedule.intervalMonths(), 1, 120)
        .required("timing", schedule.timing())
        .between("anchorDay", schedule.anchorDay(), 1, 31)
        .required("releasePolicy", schedule.releasePolicy());
  }

  private static void line(Checks checks, ContractLine line) {
    checks
        .between("position", line.position(), 1, 9999)
        .required("name", line.name())
        .text("name", line.name(), 200)
        .longText("description", line.description(), 1000)
        .required("unitCode", line.unitCode())
        .rule(
            line.unitCode() == null || UNIT_CODE.matcher(line.unitCode()).matches(),
            "unitCode",
            "must be a code of UN/ECE Recommendation 20, e.g. C62, MON, KWH")
        .text("exemptionReason", line.exemptionReason(), 300);
    number(checks, "quantity", line.quantity(), 12, 6, false);
    number(checks, "unitPrice", line.unitPrice(), 12, 6, true);
    number(checks, "baseQuantity", line.baseQuantity(), 12, 6, false);
    number(checks, "discountPercent", line.discountPercent(), 3, 2, true);
    checks.rule(
        line.discountPercent() == null || line.discountPercent().compareTo(HUNDRED) <= 0,
        "discountPercent",
        "must not be more than 100");
    vat(checks, line);
  }

  private static void number(
      Checks checks, String field, BigDecimal value, int integers, int fraction, boolean zero) {
    checks
        .required(field, value)
        .digits(field, value, integers, fraction)
        .rule(
            value == null || value.signum() > 0 || (zero && value.signum() == 0),
            field,
            zero ? "must not be negative" : "must be greater than zero");
  }

  private static void vat(Checks checks, ContractLine line) {
    checks.required("vatCategory", line.vatCategory());
    number(checks, "vatRate", line.vatRate(), 3, 2, true);
    if (line.vatCategory() == null || line.vatRate() == null) {
      return;
    }
    boolean standard = line.vatCategory() == VatCategory.S;
    boolean charged = standard || line.vatCategory() == VatCategory.Z;
    checks
        .rule(
            !standard || (line.vatRate().signum() > 0 && line.vatRate().compareTo(HUNDRED) <= 0),
            "vatRate",
            "must be greater than 0 and at most 100 in category S (EN 16931 BR-S-05)")
        .rule(
            standard || line.vatRate().signum() == 0,
            "vatRate",
            "must be 0 in category " + line.vatCategory())
        .rule(
            charged || (line.exemptionReason() != null && !line.exemptionReason().isBlank()),
            "exemptionReason",
            "is required in category " + line.vatCategory() + ": say why no VAT is charged")
        .rule(
            !charged || line.exemptionReason() == null,
            "exemptionReason",
            "must be left out in category " + line.vatCategory());
  }
}
