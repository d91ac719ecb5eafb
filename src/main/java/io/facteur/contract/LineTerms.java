package io.facteur.contract;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/**
 * How a contract line is billed, beside its quantity and price.
 *
 * @param meter name of the meter whose quantity is billed; null where the line is not metered
 * @param prices for some days, instead of the line's own, in the order of their days
 * @param allowances allowances and charges of the line; amounts are for a whole period
 * @param minimumAmount what the line comes to at least in a whole period, without VAT; null:
 *     nothing
 * @param validFrom null: from the contract's start
 * @param validTo last day, included; null: open
 */
public record LineTerms(
    LineKind kind,
    String meter,
    List<LinePrice> prices,
    List<AllowanceCharge> allowances,
    BigDecimal minimumAmount,
    LocalDate validFrom,
    LocalDate validTo) {

  /** A fixed line with nothing special. */
  public static final LineTerms FIXED =
      new LineTerms(LineKind.FIXED, null, List.of(), List.of(), null, null, null);

  /** A line that bills what a meter has measured, with nothing special. */
  public static LineTerms metered(String meter) {
    return new LineTerms(LineKind.METERED, meter, List.of(), List.of(), null, null, null);
  }

  public LineTerms {
    prices = List.copyOf(prices);
    allowances = List.copyOf(allowances);
  }
}
