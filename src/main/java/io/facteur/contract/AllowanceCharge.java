package io.facteur.contract;

import java.math.BigDecimal;

/**
 * An allowance (deduction) or a charge (addition), on a line or on a document as a whole (EN 16931
 * BG-20, BG-21, BG-27, BG-28). Either a percentage or an amount.
 *
 * @param percent of the line's gross amount, or of the sum of the document's lines; null: an amount
 * @param amount without VAT; null: a percentage
 * @param reason BT-97, BT-104, BT-139, BT-144
 * @param reasonCode UNTDID 5189 of an allowance, 7161 of a charge; null if none
 * @param vatCategory only where an amount is for the document as a whole; a percentage is taken
 *     from each VAT category and rate of the document alike
 * @param vatRate percent; null where there is no category
 * @param exemptionReason why no VAT is charged; null where it is
 */
public record AllowanceCharge(
    boolean charge,
    BigDecimal percent,
    BigDecimal amount,
    String reason,
    String reasonCode,
    VatCategory vatCategory,
    BigDecimal vatRate,
    String exemptionReason) {

  /** An amount on a line. */
  public static AllowanceCharge onLine(boolean charge, BigDecimal amount, String reason) {
    return new AllowanceCharge(charge, null, amount, reason, null, null, null, null);
  }

  /** The same for another amount. */
  public AllowanceCharge withAmount(BigDecimal other) {
    return new AllowanceCharge(
        charge, percent, other, reason, reasonCode, vatCategory, vatRate, exemptionReason);
  }
}
