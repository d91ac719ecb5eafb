package io.facteur.api;

import io.facteur.contract.BillingPeriod;
import io.facteur.document.AccountingTax;
import io.facteur.document.DeductedInstalment;
import io.facteur.document.Document;
import io.facteur.document.DocumentAllowance;
import io.facteur.document.DocumentLine;
import io.facteur.document.DocumentState;
import io.facteur.document.DocumentType;
import io.facteur.document.Totals;
import io.facteur.document.VatBreakdown;
import io.facteur.party.TradeParty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
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
    @Schema(description = "On the document as a whole (BG-20, BG-21).")
        List<DocumentAllowance> allowances,
    List<VatBreakdown> vatBreakdown,
    Totals totals,
    @Schema(description = "BT-6, BT-111; left out in the company's own currency.")
        AccountingTax accountingTax,
    @Schema(description = "Instalments that a settlement deducts (BILL-7).")
        List<Deducted> deducted) {

  /** An instalment that is deducted. */
  @Schema(name = "DeductedInstalment")
  record Deducted(
      long id,
      @Schema(description = "BT-25.") String number,
      @Schema(description = "BT-26.") LocalDate issueDate,
      @Schema(description = "With VAT; part of BT-113.") BigDecimal amount) {

    private static Deducted of(DeductedInstalment instalment) {
      return new Deducted(
          instalment.instalment().value(),
          instalment.number(),
          instalment.issueDate(),
          instalment.amount());
    }
  }

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
        document.allowances(),
        document.vatBreakdown(),
        document.totals(),
        document.accountingTax(),
        document.deducted().stream().map(Deducted::of).toList());
  }
}
