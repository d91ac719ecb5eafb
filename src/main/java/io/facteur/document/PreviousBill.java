package io.facteur.document;

import io.facteur.contract.BillingPeriod;
import java.math.BigDecimal;
import java.util.Currency;

/**
 * The last bill of a type that a contract had, issued or not.
 *
 * @param net BT-109
 */
public record PreviousBill(
    DocumentType type, BillingPeriod period, Currency currency, BigDecimal net) {}
