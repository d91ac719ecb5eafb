package io.facteur.privacy;

/**
 * Which contact is to be erased, and why.
 *
 * @param code of the contact
 * @param reason for the audit; names nobody
 * @param newCode under which the contact is found afterwards; null: it keeps its code
 */
public record ErasureOrder(String code, String reason, String newCode) {}
