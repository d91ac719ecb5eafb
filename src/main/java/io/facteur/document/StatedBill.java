package io.facteur.document;

import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * A bill that a reminder or payment notice is about.
 *
 * @param dueDate null if nothing fell due
 * @param payable BT-115 of the bill
 * @param open with VAT, less what was credited, when it was stated
 */
public record StatedBill(
    DocumentId bill,
    DocumentType type,
    String number,
    LocalDate issueDate,
    LocalDate dueDate,
    BigDecimal payable,
    BigDecimal open) {}
