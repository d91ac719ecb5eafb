package io.facteur.document;

import java.math.BigDecimal;
import java.util.Currency;

/**
 * VAT in the currency in which the seller accounts for it, where the document is in another.
 *
 * @param currency BT-6
 * @param exchangeRate units of that currency for one of the document's
 * @param tax BT-111
 */
public record AccountingTax(Currency currency, BigDecimal exchangeRate, BigDecimal tax) {}
