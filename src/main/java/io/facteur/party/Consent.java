package io.facteur.party;

import java.time.Instant;

/**
 * Whether a contact accepts documents by e-mail; without a refusal it does (CONS-3).
 *
 * @param proof what the last change rests on; null if it was never changed
 * @param since when it was last changed; null if never
 * @param by who changed it; null if never
 */
public record Consent(boolean refused, String proof, Instant since, String by) {}
