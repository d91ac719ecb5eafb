package io.facteur.party;

/**
 * Whom to pay in place of the seller (EN 16931 BG-10), e.g. a factoring bank. The bank account of
 * the company is then the payee's.
 *
 * @param name BT-59
 * @param id BT-60; null if none
 * @param registrationId BT-61; null if none
 * @param registrationScheme BT-61-1, ISO 6523 ICD; null if none
 */
public record Payee(String name, String id, String registrationId, String registrationScheme) {}
