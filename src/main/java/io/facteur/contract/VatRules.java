package io.facteur.contract;

import io.facteur.party.Checks;
import java.math.BigDecimal;

/** How VAT category, rate and reason must fit each other (EN 16931 BR-S, BR-Z, BR-E, …). */
public final class VatRules {

  private static final BigDecimal HUNDRED = new BigDecimal(100);

  private VatRules() {}

  /** Checks {@code vatCategory}, {@code vatRate} and {@code exemptionReason}. */
  public static void check(
      Checks checks, VatCategory category, BigDecimal rate, String exemptionReason) {
    checks
        .required("vatCategory", category)
        .required("vatRate", rate)
        .digits("vatRate", rate, 3, 2)
        .text("exemptionReason", exemptionReason, 300);
    if (category == null || rate == null) {
      return;
    }
    boolean charged = category == VatCategory.S || category == VatCategory.Z;
    checkRate(checks, category, rate);
    checks
        .rule(
            charged || (exemptionReason != null && !exemptionReason.isBlank()),
            "exemptionReason",
            "is required in category " + category + ": say why no VAT is charged")
        .rule(
            !charged || exemptionReason == null,
            "exemptionReason",
            "must be left out in category " + category);
  }

  /** Checks {@code vatRate} alone. */
  static void checkRate(Checks checks, VatCategory category, BigDecimal rate) {
    boolean standard = category == VatCategory.S;
    checks
        .rule(
            !standard || (rate.signum() > 0 && rate.compareTo(HUNDRED) <= 0),
            "vatRate",
            "must be greater than 0 and at most 100 in category S (EN 16931 BR-S-05)")
        .rule(standard || rate.signum() == 0, "vatRate", "must be 0 in category " + category);
  }
}
