package io.facteur.contract;

import io.facteur.party.Checks;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/** What must hold of allowances and charges, on contracts and on documents. */
public final class AllowanceRules {

  private static final Pattern REASON_CODE = Pattern.compile("[A-Z0-9]{1,4}");
  private static final BigDecimal HUNDRED = new BigDecimal(100);

  private AllowanceRules() {}

  /** Of a line: VAT is the line's. */
  public static void ofLine(Checks checks, AllowanceCharge allowance) {
    value(checks, allowance);
    checks.rule(
        allowance.vatCategory() == null
            && allowance.vatRate() == null
            && allowance.exemptionReason() == null,
        "vatCategory",
        "must be left out on a line: the line's VAT holds");
  }

  /** Of a document as a whole: an amount tells its VAT (BR-32, BR-37), a percentage does not. */
  public static void ofDocument(Checks checks, AllowanceCharge allowance) {
    value(checks, allowance);
    if (allowance.amount() != null) {
      VatRules.check(
          checks, allowance.vatCategory(), allowance.vatRate(), allowance.exemptionReason());
    } else {
      checks.rule(
          allowance.vatCategory() == null
              && allowance.vatRate() == null
              && allowance.exemptionReason() == null,
          "vatCategory",
          "must be left out with a percentage: it is taken from each VAT rate alike");
    }
  }

  private static void value(Checks checks, AllowanceCharge allowance) {
    checks
        .rule(
            (allowance.percent() == null) != (allowance.amount() == null),
            "amount",
            "either an amount or a percentage must be given, not both")
        .digits("amount", allowance.amount(), 12, 2)
        .rule(
            allowance.amount() == null || allowance.amount().signum() > 0,
            "amount",
            "must be greater than zero: an allowance deducts it, a charge adds it")
        .digits("percent", allowance.percent(), 3, 2)
        .rule(
            allowance.percent() == null
                || (allowance.percent().signum() > 0
                    && (allowance.charge() || allowance.percent().compareTo(HUNDRED) <= 0)),
            "percent",
            "must be greater than 0, and of an allowance at most 100")
        .required("reason", allowance.reason())
        .text("reason", allowance.reason(), 100)
        .rule(
            allowance.reasonCode() == null || REASON_CODE.matcher(allowance.reasonCode()).matches(),
            "reasonCode",
            "must be a code of UNTDID 5189 (allowance, e.g. 95) or 7161 (charge, e.g. FC)");
  }
}
