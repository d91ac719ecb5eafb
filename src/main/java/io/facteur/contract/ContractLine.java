package io.facteur.contract;

import java.math.BigDecimal;

/**
 * What is billed in each period (BILL-1).
 *
 * @param position from 1, in the order of the document
 * @param name BT-153
 * @param description BT-154; null if none
 * @param quantity BT-129, for a whole period; null where it is metered
 * @param unitCode BT-130, UN/ECE Recommendation 20
 * @param unitPrice BT-146, for {@code baseQuantity} units, without VAT
 * @param baseQuantity BT-149
 * @param discountPercent BT-138; zero if none
 * @param vatCategory BT-151
 * @param vatRate BT-152, percent
 * @param exemptionReason BT-120; null where VAT is charged
 * @param terms how it is billed beside quantity and price
 */
public record ContractLine(
    int position,
    String name,
    String description,
    BigDecimal quantity,
    String unitCode,
    BigDecimal unitPrice,
    BigDecimal baseQuantity,
    BigDecimal discountPercent,
    VatCategory vatCategory,
    BigDecimal vatRate,
    String exemptionReason,
    LineTerms terms) {

  /** A fixed line with nothing special. */
  public ContractLine(
      int position,
      String name,
      String description,
      BigDecimal quantity,
      String unitCode,
      BigDecimal unitPrice,
      BigDecimal baseQuantity,
      BigDecimal discountPercent,
      VatCategory vatCategory,
      BigDecimal vatRate,
      String exemptionReason) {
    this(
        position,
        name,
        description,
        quantity,
        unitCode,
        unitPrice,
        baseQuantity,
        discountPercent,
        vatCategory,
        vatRate,
        exemptionReason,
        LineTerms.FIXED);
  }
}
