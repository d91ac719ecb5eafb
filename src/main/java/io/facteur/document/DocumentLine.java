package io.facteur.document;

import io.facteur.contract.BillingPeriod;
import io.facteur.contract.VatCategory;
import java.math.BigDecimal;
import java.util.List;

/**
 * A line of a document (EN 16931 BG-25) with its amounts already computed.
 *
 * @param position BT-126
 * @param name BT-153
 * @param description BT-154; null if none
 * @param quantity BT-129
 * @param unitCode BT-130, UN/ECE Recommendation 20, e.g. {@code C62}, {@code MON}, {@code KWH}
 * @param unitPrice BT-146, for {@code baseQuantity} units, without VAT
 * @param baseQuantity BT-149
 * @param discountPercent BT-138; zero if none
 * @param discountAmount BT-136; zero if none
 * @param netAmount BT-131, after discount, allowances and charges
 * @param vatCategory BT-151
 * @param vatRate BT-152, percent
 * @param exemptionReason why no VAT is charged; null where it is
 * @param period BG-26; null: the document's
 * @param allowances allowances and charges beside the discount (BG-27, BG-28)
 */
public record DocumentLine(
    int position,
    String name,
    String description,
    BigDecimal quantity,
    String unitCode,
    BigDecimal unitPrice,
    BigDecimal baseQuantity,
    BigDecimal discountPercent,
    BigDecimal discountAmount,
    BigDecimal netAmount,
    VatCategory vatCategory,
    BigDecimal vatRate,
    String exemptionReason,
    BillingPeriod period,
    List<DocumentAllowance> allowances) {

  public DocumentLine {
    allowances = List.copyOf(allowances);
  }
}
