package io.facteur.contract;

import java.math.BigDecimal;

/**
 * What a contract's document comes to at least, for a whole period; in a part of one, pro rata by
 * days. What is missing is added as a charge.
 *
 * @param amount without VAT
 * @param vatCategory of the charge
 * @param vatRate percent
 * @param exemptionReason why no VAT is charged; null where it is
 */
public record MinimumAmount(
    BigDecimal amount, VatCategory vatCategory, BigDecimal vatRate, String exemptionReason) {}
