package io.facteur.document;

import java.math.BigDecimal;

/**
 * Document totals (EN 16931 BG-22).
 *
 * @param lineNet BT-106
 * @param taxExclusive BT-109
 * @param tax BT-110
 * @param taxInclusive BT-112
 * @param prepaid BT-113
 * @param rounding BT-114
 * @param payable BT-115
 */
public record Totals(
    BigDecimal lineNet,
    BigDecimal taxExclusive,
    BigDecimal tax,
    BigDecimal taxInclusive,
    BigDecimal prepaid,
    BigDecimal rounding,
    BigDecimal payable) {}
