package io.facteur.document;

import io.facteur.contract.AllowanceCharge;
import io.facteur.contract.BillingPeriod;
import io.facteur.contract.VatCategory;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

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
 * @param period BG-26; null: the document's
 * @param allowances allowances and charges beside the discount (BG-27, BG-28)
 * @param precedingLine position of the line of the preceding document that its quantity is carried
 *     over from; null if none
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
    String exemptionReason,
    BillingPeriod period,
    List<AllowanceCharge> allowances,
    Integer precedingLine) {

  public NewLine {
    baseQuantity = Objects.requireNonNullElse(baseQuantity, BigDecimal.ONE);
    discountPercent = Objects.requireNonNullElse(discountPercent, BigDecimal.ZERO);
    vatRate = Objects.requireNonNullElse(vatRate, BigDecimal.ZERO);
    allowances = allowances == null ? List.of() : List.copyOf(allowances);
  }

  /** For the document's own period, without allowances and charges. */
  public NewLine(
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
        null,
        List.of());
  }

  /** That follows no other. */
  public NewLine(
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
      BillingPeriod period,
      List<AllowanceCharge> allowances) {
    this(
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
        period,
        allowances,
        null);
  }

  /** A part of a document's line, at its conditions. */
  static NewLine partOf(
      DocumentLine line,
      BigDecimal quantity,
      BillingPeriod period,
      List<AllowanceCharge> allowances) {
    return new NewLine(
        line.name(),
        line.description(),
        quantity,
        line.unitCode(),
        line.unitPrice(),
        line.baseQuantity(),
        line.discountPercent(),
        line.vatCategory(),
        line.vatRate(),
        line.exemptionReason(),
        period,
        allowances,
        line.position());
  }

  /** The same line with further allowances or charges. */
  public NewLine with(List<AllowanceCharge> further) {
    return new NewLine(
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
        period,
        Stream.concat(allowances.stream(), further.stream()).toList(),
        precedingLine);
  }
}
