package io.facteur.document;

import io.facteur.contract.VatCategory;
import java.math.BigDecimal;
import java.util.Objects;

/**
 * A line of a document that is about to be made; its amounts are computed by {@link Amounts}.
 *
 * @param name BT-153
 * @param description BT-154; null if none
 * @param quantity BT-129, at most 6 decimals
 * @param unitCode BT-130, UN/ECE Recommendation 20
 * @param unitPrice BT-146, for {@code baseQuantity} units, without VAT, at most 6 decimals
 * @param baseQuantity BT-149; 1 if not given
 * @param discountPercent BT-138; 0 if not given
 * @param vatCategory BT-151
 * @param vatRate BT-152, percent; 0 if not given
 * @param exemptionReason why no VAT is charged; null where it is
 */
public record NewLine(
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

  public NewLine {
    baseQuantity = Objects.requireNonNullElse(baseQuantity, BigDecimal.ONE);
    discountPercent = Objects.requireNonNullElse(discountPercent, BigDecimal.ZERO);
    vatRate = Objects.requireNonNullElse(vatRate, BigDecimal.ZERO);
  }

  /** The same line for a part of its quantity, e.g. for the days of a period that are billed. */
  public NewLine withQuantity(BigDecimal newQuantity) {
    return new NewLine(
        name,
        description,
        newQuantity,
        unitCode,
        unitPrice,
        baseQuantity,
        discountPercent,
        vatCategory,
        vatRate,
        exemptionReason);
  }
}
