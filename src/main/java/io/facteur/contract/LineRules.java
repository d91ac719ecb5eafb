package io.facteur.contract;

import io.facteur.party.Checks;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.regex.Pattern;

/** What must hold of a contract's line before it is saved. */
final class LineRules {

  private static final BigDecimal HUNDRED = new BigDecimal(100);
  private static final Pattern UNIT_CODE = Pattern.compile("[A-Z0-9]{2,3}");

  private LineRules() {}

  static void check(Checks checks, ContractLine line) {
    boolean metered = line.terms().kind() == LineKind.METERED;
    checks
        .between("position", line.position(), 1, 9999)
        .required("name", line.name())
        .text("name", line.name(), 200)
        .longText("description", line.description(), 1000)
        .required("unitCode", line.unitCode())
        .rule(
            line.unitCode() == null || UNIT_CODE.matcher(line.unitCode()).matches(),
            "unitCode",
            "must be a code of UN/ECE Recommendation 20, e.g. C62, MON, KWH");
    Placeholders.check(checks, "name", line.name());
    Placeholders.check(checks, "description", line.description());
    if (metered) {
      checks
          .rule(
              line.quantity() == null,
              "quantity",
              "must be left out on a metered line: it is imported for each period")
          .required("meter", line.terms().meter())
          .code("meter", line.terms().meter(), 40);
    } else {
      number(checks, "quantity", line.quantity(), 12, 6, false);
      checks.rule(
          line.terms().meter() == null, "meter", "must be left out where a line is not metered");
    }
    number(checks, "unitPrice", line.unitPrice(), 12, 6, true);
    number(checks, "baseQuantity", line.baseQuantity(), 12, 6, false);
    number(checks, "discountPercent", line.discountPercent(), 3, 2, true);
    checks.rule(
        line.discountPercent() == null || line.discountPercent().compareTo(HUNDRED) <= 0,
        "discountPercent",
        "must not be more than 100");
    VatRules.check(checks, line.vatCategory(), line.vatRate(), line.exemptionReason());
    terms(checks, line);
  }

  private static void terms(Checks checks, ContractLine line) {
    LineTerms terms = line.terms();
    ofDays(checks, "validTo", terms.validFrom(), terms.validTo());
    minimum(checks, "minimumAmount", terms.minimumAmount());
    for (int i = 0; i < terms.allowances().size(); i++) {
      AllowanceRules.ofLine(checks.of("allowances[" + i + "]"), terms.allowances().get(i));
    }
    prices(checks, line);
  }

  private static void prices(Checks checks, ContractLine line) {
    List<LinePrice> prices = line.terms().prices();
    for (int i = 0; i < prices.size(); i++) {
      LinePrice price = prices.get(i);
      Checks ofPrice = checks.of("prices[" + i + "]");
      ofPrice.required("validFrom", price.validFrom());
      ofDays(ofPrice, "validTo", price.validFrom(), price.validTo());
      number(ofPrice, "unitPrice", price.unitPrice(), 12, 6, true);
      if (price.vatRate() != null && line.vatCategory() != null) {
        ofPrice.digits("vatRate", price.vatRate(), 3, 2);
        VatRules.checkRate(ofPrice, line.vatCategory(), price.vatRate());
      }
      overlap(ofPrice, prices.subList(0, i), price);
    }
  }

  /** A price without last day gives way to later ones; any other must end before they begin. */
  private static void overlap(Checks checks, List<LinePrice> others, LinePrice price) {
    for (LinePrice other : others) {
      if (price.validFrom() == null || other.validFrom() == null) {
        continue;
      }
      boolean first = price.validFrom().isBefore(other.validFrom());
      LinePrice earlier = first ? price : other;
      LinePrice later = first ? other : price;
      boolean same = earlier.validFrom().equals(later.validFrom());
      boolean reachesIn =
          earlier.validTo() != null && !earlier.validTo().isBefore(later.validFrom());
      checks.rule(
          !same && !reachesIn,
          "validFrom",
          "the price from %s overlaps the one from %s: end it before, or leave out its last day"
              .formatted(earlier.validFrom(), later.validFrom()));
    }
  }

  static void ofDays(Checks checks, String field, LocalDate from, LocalDate to) {
    checks.rule(
        from == null || to == null || !to.isBefore(from), field, "must not be before " + from);
  }

  static void minimum(Checks checks, String field, BigDecimal amount) {
    checks
        .digits(field, amount, 12, 2)
        .rule(amount == null || amount.signum() > 0, field, "must be greater than zero");
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
}
