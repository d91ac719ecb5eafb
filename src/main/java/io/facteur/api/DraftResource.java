package io.facteur.api;

import io.facteur.addressing.DocumentAddressing.Given;
import io.facteur.contract.AllowanceCharge;
import io.facteur.contract.BillingPeriod;
import io.facteur.contract.VatCategory;
import io.facteur.document.DocumentType;
import io.facteur.document.NewDocument;
import io.facteur.document.NewLine;
import io.facteur.document.OwnAddresses;
import io.facteur.party.Checks;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/** A draft that is to be made, in JSON. */
@Schema(
    name = "NewDocument",
    description =
        "What is left out is taken from the preceding document, then from the contract, then from"
            + " contact or company.")
record DraftResource(
    @NotNull DocumentType type,
    @Schema(description = "Code of a company.", example = "EDL") String company,
    @Schema(description = "Code of the contracting party; the contract's if left out.")
        String contact,
    @Schema(
            description =
                "Code of a contact; the contract's if left out, or none if there is a delivery"
                    + " address.")
        String deliveryContact,
    @Schema(description = "BG-8, in place of the contact's.") @Valid
        OwnAddressResource billingAddress,
    @Schema(
            description =
                "BG-15, in place of the delivery contact's; without that contact it is addressed by"
                    + " post, and by e-mail only as its document's addresses say.")
        @Valid
        OwnAddressResource deliveryAddress,
    @Schema(description = "Number of a contract.", example = "V-2041") String contract,
    @Valid Period period,
    @Schema(description = "BT-72; of an invoice after a delivery note, that one's day if left out.")
        LocalDate deliveryDate,
    @Schema(
            description =
                "Number of an issued document that this one corrects or follows, by the steps of"
                    + " the chain (ADDR-4).")
        String precedingDocument,
    @Schema(example = "EUR") String currency,
    String language,
    @Schema(description = "Days from issue to due date.") Integer paymentDays,
    @Schema(description = "BT-10.") String buyerReference,
    @Schema(description = "BT-13.") String orderReference,
    @Schema(description = "BT-22.") String note,
    String printQueue,
    @Valid @Size(max = 9_999) List<@NotNull Line> lines,
    @Schema(description = "On the document as a whole (BG-20, BG-21).") @Valid @Size(max = 99)
        List<@NotNull Allowance> allowances,
    @Schema(
            description =
                "E-mail addresses of its own; without them it goes where its contact says.")
        @Valid
        DocumentAddressesResource.Changed addresses) {

  /** The invoicing period, both days included (BG-14). */
  @Schema(name = "BillingPeriod")
  record Period(@NotNull LocalDate from, @NotNull LocalDate to) {}

  /** A line whose amounts are still to be computed. */
  @Schema(name = "NewDocumentLine")
  record Line(
      @Schema(example = "Abonnement") String name,
      String description,
      @Schema(example = "1") BigDecimal quantity,
      @Schema(description = "UN/ECE Recommendation 20.", example = "MON") String unitCode,
      @Schema(description = "Without VAT.", example = "29.90") BigDecimal unitPrice,
      @Schema(description = "Units that the price is for; 1 if left out.") BigDecimal baseQuantity,
      @Schema(description = "0 if left out.") BigDecimal discountPercent,
      @Schema(description = "EN 16931 BT-151.") VatCategory vatCategory,
      @Schema(description = "Percent; 0 but in category S.", example = "20") BigDecimal vatRate,
      @Schema(description = "Where no VAT is charged, but in category Z.") String exemptionReason,
      @Schema(description = "BG-26; the document's if left out.") @Valid Period period,
      @Schema(description = "Beside the discount, without VAT of their own (BG-27, BG-28).")
          @Valid
          @Size(max = 99)
          List<@NotNull Allowance> allowances,
      @Schema(description = "Position of the preceding document's line that it carries over.")
          Integer precedingLine) {

    private NewLine line() {
      return new NewLine(
          name,
          description,
          quantity,
          unitCode,
          unitPrice,
          baseQuantity,
          discountPercent,
          vatCategory,
          vatRate,
          exemptionReason,
          days(period),
          charges(allowances),
          precedingLine);
    }
  }

  /** An allowance, or a charge. */
  @Schema(
      name = "NewDocumentAllowance",
      description = "Either a percentage or an amount. VAT: of an amount on the document only.")
  record Allowance(
      @Schema(description = "True: adds; false or left out: deducts.") Boolean charge,
      @Schema(description = "Of the line, or of the lines of each VAT rate.", example = "5")
          BigDecimal percent,
      @Schema(description = "Without VAT.") BigDecimal amount,
      @Schema(example = "Loyalty discount") String reason,
      @Schema(description = "UNTDID 5189 (allowance) or 7161 (charge).", example = "95")
          String reasonCode,
      VatCategory vatCategory,
      @Schema(description = "Percent; 0 but in category S.") BigDecimal vatRate,
      String exemptionReason) {

    private AllowanceCharge toAllowance() {
      return new AllowanceCharge(
          Boolean.TRUE.equals(charge),
          percent,
          amount,
          reason,
          reasonCode,
          vatCategory,
          vatRate,
          exemptionReason);
    }
  }

  NewDocument draft() {
    Checks checks = new Checks();
    check(checks, "period", period);
    for (int i = 0; lines != null && i < lines.size(); i++) {
      check(checks, "lines[" + i + "].period", lines.get(i).period());
    }
    checks.refuse();
    return new NewDocument(
        type,
        company,
        contact,
        deliveryContact,
        contract,
        days(period),
        deliveryDate,
        precedingDocument,
        currency,
        language,
        paymentDays,
        buyerReference,
        orderReference,
        note,
        printQueue,
        lines == null ? List.of() : lines.stream().map(Line::line).toList(),
        charges(allowances),
        new OwnAddresses(
            OwnAddressResource.address(billingAddress),
            OwnAddressResource.address(deliveryAddress)),
        null);
  }

  /** Addresses of its own; none if it has none. */
  List<Given> given() {
    if (addresses == null) {
      return List.of();
    }
    Checks checks = new Checks();
    List<Given> given = addresses.given(checks.of("addresses"), type);
    checks.refuse();
    return given;
  }

  private static void check(Checks checks, String field, Period period) {
    checks.rule(
        period == null || !period.to().isBefore(period.from()),
        field + ".to",
        "must not be before the period's first day");
  }

  private static BillingPeriod days(Period period) {
    return period == null ? null : new BillingPeriod(period.from(), period.to());
  }

  private static List<AllowanceCharge> charges(List<Allowance> allowances) {
    return allowances == null
        ? List.of()
        : allowances.stream().map(Allowance::toAllowance).toList();
  }
}
