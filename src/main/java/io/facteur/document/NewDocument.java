package io.facteur.document;

import io.facteur.contract.AllowanceCharge;
import io.facteur.contract.BillingPeriod;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/**
 * A draft that is about to be made. What is not given is taken from the document that it follows,
 * then from the contract, then from the contact or the company.
 *
 * @param company code
 * @param contact code of the contracting party; null: the preceding document's, or the contract's
 * @param deliveryContact code; null: as the preceding document is delivered, or the contract's
 *     delivery address, or none; none as well if there is a delivery address of its own
 * @param contract number; null: the preceding document's, or none
 * @param period BG-14; null if the document is not for a period
 * @param deliveryDate BT-72; null: the preceding document's, of a delivery note its day
 * @param precedingDocument number of an issued document that this one corrects or follows; null if
 *     none
 * @param currency ISO 4217
 * @param paymentDays days from issue to due date
 * @param buyerReference BT-10
 * @param orderReference BT-13; null: the preceding document's, or its number if it is an order
 *     without
 * @param note BT-22; null if none, also where the preceding document has one
 * @param allowances allowances and charges on the document as a whole (BG-20, BG-21)
 * @param own null: the preceding document's, or none
 * @param billing what only billing knows of it
 */
public record NewDocument(
    DocumentType type,
    String company,
    String contact,
    String deliveryContact,
    String contract,
    BillingPeriod period,
    LocalDate deliveryDate,
    String precedingDocument,
    String currency,
    String language,
    Integer paymentDays,
    String buyerReference,
    String orderReference,
    String note,
    String printQueue,
    List<NewLine> lines,
    List<AllowanceCharge> allowances,
    OwnAddresses own,
    Billing billing) {

  /**
   * What billing knows of a document that it makes.
   *
   * @param rateDay day of the exchange rate, if the document is in a foreign currency; null: today
   * @param settles instalments that a settlement deducts (BILL-7)
   * @param revision rises where a period is billed again after it was credited in whole
   * @param released whether its run issues it without waiting for a person (BILL-6)
   */
  public record Billing(
      LocalDate rateDay, List<DeductedInstalment> settles, int revision, boolean released) {

    /** Of a document that is not made by billing. */
    public static final Billing NONE = new Billing(null, List.of(), 0, false);

    public Billing {
      settles = List.copyOf(settles);
    }

    /** BT-113. */
    BigDecimal prepaid() {
      return settles.stream()
          .map(DeductedInstalment::amount)
          .reduce(BigDecimal.ZERO, BigDecimal::add);
    }
  }

  public NewDocument {
    lines = lines == null ? List.of() : List.copyOf(lines);
    allowances = allowances == null ? List.of() : List.copyOf(allowances);
    own = own == null ? OwnAddresses.NONE : own;
    billing = billing == null ? Billing.NONE : billing;
  }

  /** Without allowances and charges, and not made by billing. */
  public NewDocument(
      DocumentType type,
      String company,
      String contact,
      String deliveryContact,
      String contract,
      BillingPeriod period,
      String precedingDocument,
      String currency,
      String language,
      Integer paymentDays,
      String buyerReference,
      String orderReference,
      String note,
      String printQueue,
      List<NewLine> lines) {
    this(
        type,
        company,
        contact,
        deliveryContact,
        contract,
        period,
        null,
        precedingDocument,
        currency,
        language,
        paymentDays,
        buyerReference,
        orderReference,
        note,
        printQueue,
        lines,
        List.of(),
        OwnAddresses.NONE,
        Billing.NONE);
  }

  /** The same with what billing knows of it. */
  NewDocument with(Billing other) {
    return new NewDocument(
        type,
        company,
        contact,
        deliveryContact,
        contract,
        period,
        deliveryDate,
        precedingDocument,
        currency,
        language,
        paymentDays,
        buyerReference,
        orderReference,
        note,
        printQueue,
        lines,
        allowances,
        own,
        other);
  }

  /** The same document as the bill of another revision. */
  public NewDocument withRevision(int revision) {
    return with(new Billing(billing.rateDay(), billing.settles(), revision, billing.released()));
  }

  /** An invoice of a contract for a period; everything else is as the contract says. */
  public static NewDocument invoice(
      String company, String contract, BillingPeriod period, List<NewLine> lines) {
    return ofContract(
        DocumentType.INVOICE, company, contract, period, lines, List.of(), Billing.NONE);
  }

  /** A document of a contract for a period; everything else is as the contract says. */
  public static NewDocument ofContract(
      DocumentType type,
      String company,
      String contract,
      BillingPeriod period,
      List<NewLine> lines,
      List<AllowanceCharge> allowances,
      Billing billing) {
    return new NewDocument(
        type,
        company,
        null,
        null,
        contract,
        period,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        lines,
        allowances,
        OwnAddresses.NONE,
        billing);
  }

  /** A document that follows another and has from it what is left out here. */
  static NewDocument following(
      Predecessor predecessor,
      DocumentType type,
      BillingPeriod period,
      FollowUpRequest request,
      CarriedLines.Handed handed) {
    return new NewDocument(
        type,
        predecessor.companyCode(),
        null,
        null,
        null,
        period,
        null,
        predecessor.number(),
        null,
        null,
        null,
        null,
        request.orderReference(),
        request.note(),
        null,
        handed.lines(),
        handed.allowances(),
        OwnAddresses.NONE,
        Billing.NONE);
  }
}
