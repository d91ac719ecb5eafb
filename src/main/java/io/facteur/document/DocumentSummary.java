package io.facteur.document;

import io.facteur.contract.BillingPeriod;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;

/**
 * A document as a line in a list.
 *
 * @param number null for a draft
 * @param company code
 * @param contact code of the contracting party
 * @param buyer name, as it stands on the document
 * @param contract number; null if none
 * @param issueDate null for a draft
 * @param dueDate null for a draft and where nothing falls due
 * @param period null if the document is not for a period
 * @param run that made it; null if none did
 */
public record DocumentSummary(
    DocumentId id,
    String number,
    DocumentType type,
    DocumentState state,
    String company,
    String contact,
    String buyer,
    String contract,
    LocalDate issueDate,
    LocalDate dueDate,
    BillingPeriod period,
    String currency,
    BigDecimal payable,
    RunId run,
    Instant createdAt) {}
