package io.facteur.document;

import java.math.BigDecimal;

/**
 * Document totals (EN 16931 BG-22).
 *
 * @param lineNet BT-106
 * @param allowances BT-107, of the document as a whole
 * @param charges BT-108, of the document as a whole
 * @param taxExclusive BT-109
 * @param tax BT-110
 * @param taxInclusive BT-112
 * @param prepaid BT-113
 * @param rounding BT-114
 * @param payable BT-115
 */
public record Totals(
    BigDecimal lineNet,
    BigDecimal allowances,
    BigDecimal charges,
    BigDecimal taxExclusive,
    BigDecimal tax,
    BigDecimal taxInclusive,
    BigDecimal prepaid,
    BigDecimal rounding,
    BigDecimal payable) {

  /** The same with another amount due, of a document that states bills. */
  Totals withPayable(BigDecimal other) {
    return new Totals(
        lineNet, allowances, charges, taxExclusive, tax, taxInclusive, prepaid, rounding, other);
  }
}
