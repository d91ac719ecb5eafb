package io.facteur.document;

import io.facteur.contract.BillingPeriod;
import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * An instalment that no settlement has deducted yet (BILL-7).
 *
 * @param number null for a draft
 * @param issueDate null for a draft
 * @param amount due, with VAT, less what was credited
 * @param creditDraft a credit note of it that is not issued; null if there is none
 */
public record OpenInstalment(
    DocumentId id,
    String number,
    LocalDate issueDate,
    BillingPeriod period,
    BigDecimal amount,
    DocumentId creditDraft) {

  public boolean isIssued() {
    return number != null;
  }

  public DeductedInstalment deducted() {
    return new DeductedInstalment(id, number, issueDate, amount);
  }
}
