package io.facteur.document;

import io.facteur.contract.VatCategory;
import java.math.BigDecimal;

/**
 * VAT of one category and rate (EN 16931 BG-23).
 *
 * @param category BT-118
 * @param rate BT-119, percent
 * @param taxableAmount BT-116
 * @param taxAmount BT-117
 * @param exemptionReason BT-120; null where VAT is charged
 */
public record VatBreakdown(
    VatCategory category,
    BigDecimal rate,
    BigDecimal taxableAmount,
    BigDecimal taxAmount,
    String exemptionReason) {}
