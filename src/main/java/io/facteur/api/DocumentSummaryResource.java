package io.facteur.api;

import io.facteur.contract.BillingPeriod;
import io.facteur.document.DocumentState;
import io.facteur.document.DocumentSummary;
import io.facteur.document.DocumentType;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;

/** A document as a line of a list, in JSON. */
@Schema(name = "DocumentSummary")
record DocumentSummaryResource(
    long id,
    @Schema(description = "Drafts have none.", example = "EDL-2026-000017") String number,
    DocumentType type,
    DocumentState state,
    @Schema(description = "Code of the company.") String company,
    @Schema(description = "Code of the contracting party.") String contact,
    @Schema(description = "Name, as it stands on the document.") String buyer,
    String contract,
    LocalDate issueDate,
    LocalDate dueDate,
    BillingPeriod period,
    String currency,
    BigDecimal payable,
    @Schema(description = "The run that made it.") Long run,
    Instant createdAt) {

  static DocumentSummaryResource of(DocumentSummary summary) {
    return new DocumentSummaryResource(
        summary.id().value(),
        summary.number(),
        summary.type(),
        summary.state(),
        summary.company(),
        summary.contact(),
        summary.buyer(),
        summary.contract(),
        summary.issueDate(),
        summary.dueDate(),
        summary.period(),
        summary.currency(),
        summary.payable(),
        summary.run() == null ? null : summary.run().value(),
        summary.createdAt());
  }
}
