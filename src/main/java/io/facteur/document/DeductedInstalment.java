package io.facteur.document;

import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * An instalment that a settlement deducts (BILL-7); named as a preceding invoice (BG-3).
 *
 * @param number BT-25
 * @param issueDate BT-26
 * @param amount with VAT, less what was credited of it; part of BT-113
 */
public record DeductedInstalment(
    DocumentId instalment, String number, LocalDate issueDate, BigDecimal amount) {}
