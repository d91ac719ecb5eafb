package io.facteur.api;

import io.facteur.contract.BillingPeriod;
import io.facteur.document.AccountingTax;
import io.facteur.document.DeductedInstalment;
import io.facteur.document.Document;
import io.facteur.document.DocumentAllowance;
import io.facteur.document.DocumentHead;
import io.facteur.document.DocumentLine;
import io.facteur.document.DocumentState;
import io.facteur.document.DocumentType;
import io.facteur.document.PaymentMeans;
import io.facteur.document.StatedBill;
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
    @Schema(description = "BT-72.") LocalDate deliveryDate,
    @Schema(description = "Number of the document that it corrects (BT-25) or follows.")
        String precedingDocument,
    @Schema(description = "What follows it, drafts as well (ADDR-4).") List<FollowUp> followUps,
    @Schema(description = "BT-10.") String buyerReference,
    @Schema(description = "BT-13.") String orderReference,
    @Schema(description = "BT-22.") String note,
    String currency,
    String language,
    TradeParty seller,
    TradeParty buyer,
    @Schema(description = "BG-13; left out if the goods go to the buyer.") TradeParty deliverTo,
    @Schema(description = "Left out if the contact's own is used.")
        OwnAddressResource billingAddress,
    @Schema(description = "Left out if the contact's own is used, or there is none.")
        OwnAddressResource deliveryAddress,
    List<DocumentLine> lines,
    @Schema(description = "On the document as a whole (BG-20, BG-21).")
        List<DocumentAllowance> allowances,
    List<VatBreakdown> vatBreakdown,
    Totals totals,
    @Schema(description = "BT-6, BT-111; left out in the company's own currency.")
        AccountingTax accountingTax,
    @Schema(description = "How the amount due is to be paid (BG-16); left out if nothing is.")
        PaymentMeans payment,
    @Schema(description = "Instalments that a settlement deducts (BILL-7).")
        List<Deducted> deducted,
    @Schema(description = "Bills that a reminder or payment notice is about.")
        List<Stated> stated) {

  /** A document that follows this one. */
  @Schema(name = "FollowUpReference")
  record FollowUp(
      long id,
      @Schema(description = "Drafts have none.") String number,
      DocumentType type,
      DocumentState state) {

    private static FollowUp of(DocumentHead head) {
      return new FollowUp(head.id().value(), head.number(), head.type(), head.state());
    }
  }

  /** A bill that is stated. */
  @Schema(name = "StatedBill")
  record Stated(
      long id,
      String number,
      DocumentType type,
      LocalDate issueDate,
      LocalDate dueDate,
      @Schema(description = "BT-115 of the bill.") BigDecimal payable,
      @Schema(description = "With VAT, less what was credited.") BigDecimal open) {

    private static Stated of(StatedBill bill) {
      return new Stated(
          bill.bill().value(),
          bill.number(),
          bill.type(),
          bill.issueDate(),
          bill.dueDate(),
          bill.payable(),
          bill.open());
    }
  }

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

  static DocumentResource of(Document document, List<DocumentHead> followUps) {
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
        document.deliveryDate(),
        document.precedingNumber(),
        followUps.stream().map(FollowUp::of).toList(),
        document.buyerReference(),
        document.orderReference(),
        document.note(),
        document.currency().getCurrencyCode(),
        document.language(),
        document.seller().party(),
        document.buyer(),
        document.deliverTo(),
        OwnAddressResource.of(document.own().billing()),
        OwnAddressResource.of(document.own().delivery()),
        document.lines(),
        document.allowances(),
        document.vatBreakdown(),
        document.totals(),
        document.accountingTax(),
        PaymentMeans.of(document),
        document.deducted().stream().map(Deducted::of).toList(),
        document.stated().stream().map(Stated::of).toList());
  }
}
