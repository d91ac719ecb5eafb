package io.facteur.party;

import java.time.LocalDate;

/**
 * A customer's permission to collect its bills by SEPA direct debit (EN 16931 BG-19).
 *
 * @param reference BT-89
 * @param iban BT-91, without spaces
 * @param signedOn null if it is not known
 */
public record Mandate(String reference, String iban, LocalDate signedOn) {}
