package io.facteur.document;

import io.facteur.contract.AllowanceCharge;
import io.facteur.contract.VatCategory;
import java.math.BigDecimal;

/**
 * An allowance or charge with its amount, on a line (EN 16931 BG-27, BG-28) or on the document as a
 * whole (BG-20, BG-21).
 *
 * @param charge whether it is added; else it is deducted
 * @param percent BT-94, BT-101, BT-138, BT-143; null if it is not a percentage
 * @param baseAmount BT-93, BT-100, BT-137, BT-142; null if it is not a percentage
 * @param amount BT-92, BT-99, BT-136, BT-141, without VAT
 * @param reason BT-97, BT-104, BT-139, BT-144
 * @param reasonCode BT-98, BT-105, BT-140, BT-145; null if none
 * @param vatCategory BT-95, BT-102; null on a line, whose VAT holds
 * @param vatRate BT-96, BT-103, percent; null on a line
 * @param exemptionReason why no VAT is charged; null where it is, and on a line
 */
public record DocumentAllowance(
    boolean charge,
    BigDecimal percent,
    BigDecimal baseAmount,
    BigDecimal amount,
    String reason,
    String reasonCode,
    VatCategory vatCategory,
    BigDecimal vatRate,
    String exemptionReason) {

  /** As it counts: a charge adds, an allowance deducts. */
  BigDecimal signed() {
    return charge ? amount : amount.negate();
  }

  /**
   * As it is given on a line, or on the document: a percentage stays, else it is of that amount.
   */
  AllowanceCharge given(BigDecimal otherAmount) {
    boolean percentage = percent != null;
    return new AllowanceCharge(
        charge,
        percent,
        percentage ? null : otherAmount,
        reason,
        reasonCode,
        percentage ? null : vatCategory,
        percentage ? null : vatRate,
        percentage ? null : exemptionReason);
  }
}
