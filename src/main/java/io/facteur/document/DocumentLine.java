package io.facteur.document;

import io.facteur.contract.VatCategory;
import java.math.BigDecimal;

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
 * @param netAmount BT-131, after the discount
 * @param vatCategory BT-151
 * @param vatRate BT-152, percent
 * @param exemptionReason why no VAT is charged; null where it is
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
    String exemptionReason) {}
