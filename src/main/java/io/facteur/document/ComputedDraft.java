package io.facteur.document;

import java.util.Currency;

/** What a draft would come to, without making it. */
public record ComputedDraft(Currency currency, Totals totals) {}
