package io.facteur.party;

/**
 * A note that law or contract wants on invoices (EN 16931 BG-1).
 *
 * @param subject BT-21, UNTDID 4451, e.g. {@code PMT}: fixed sum for the costs of recovery; null
 *     for a note about nothing in particular
 * @param text BT-22
 */
public record LegalNote(String subject, String text) {}
