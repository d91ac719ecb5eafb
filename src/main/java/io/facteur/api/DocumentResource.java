package io.facteur.api;

import io.facteur.contract.BillingPeriod;
import io.facteur.document.Document;
import io.facteur.document.DocumentLine;
import io.facteur.document.DocumentState;
import io.facteur.document.DocumentType;
import io.facteur.document.Totals;
import io.facteur.document.VatBreakdown;
import io.facteur.party.TradeParty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import java.util.List;

/** A whole document in JSON. */
@Schema(name = "Document")
record DocumentResource(
    long id,
    @Schema(description = "BT-1; drafts have none.", example = "EDL-2026-000017") String number,
    DocumentType type,
    DocumentState state,
    @Schema(description = "Code of the company.") String company,
    @Schema(description = "BT-12.") String contract,
    @Schema(description = "BT-2.") LocalDate issueDate,
    @Schema(description = "BT-9.") LocalDate dueDate,
    int paymentDays,
    @Schema(description = "BG-14.") BillingPeriod period,
    @Schema(description = "BT-25, of the invoice that a credit note corrects.")
        String precedingDocument,
    @Schema(description = "BT-10.") String buyerReference,
    @Schema(description = "BT-13.") String orderReference,
    @Schema(description = "BT-22.") String note,
    String currency,
    String language,
    TradeParty seller,
    TradeParty buyer,
    @Schema(description = "BG-13; left out if the goods go to the buyer.") TradeParty deliverTo,
    List<DocumentLine> lines,
    List<VatBreakdown> vatBreakdown,
    Totals totals) {

  static DocumentResource of(Document document) {
    return new DocumentResource(
        document.id().value(),
        document.number(),
        document.type(),
        document.number() == null ? DocumentState.DRAFT : DocumentState.ISSUED,
        document.seller().companyCode(),
        document.contractNumber(),
        document.issueDate(),
        document.dueDate(),
        document.paymentDays(),
        document.period(),
        document.precedingNumber(),
        document.buyerReference(),
        document.orderReference(),
        document.note(),
        document.currency().getCurrencyCode(),
        document.language(),
        document.seller().party(),
        document.buyer(),
        document.deliverTo(),
        document.lines(),
        document.vatBreakdown(),
        document.totals());
  }
}
