package io.facteur.contract;

import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * A line's price for some days, instead of the line's own. Of several, the one that has begun last
 * holds; when that is over, the one before it again.
 *
 * @param validTo last day, included; null: open
 * @param unitPrice BT-146
 * @param vatRate BT-152, percent; null: the line's
 */
public record LinePrice(
    LocalDate validFrom, LocalDate validTo, BigDecimal unitPrice, BigDecimal vatRate) {}
