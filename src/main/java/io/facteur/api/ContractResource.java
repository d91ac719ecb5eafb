package io.facteur.api;

import io.facteur.contract.BillingSchedule;
import io.facteur.contract.LineKind;
import io.facteur.contract.VatCategory;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/** A contract in JSON. */
@Schema(name = "Contract")
record ContractResource(
    @Schema(description = "Stays as it is.", example = "V-2041") String number,
    @Schema(description = "Rises with each change, and when a period is billed; also the ETag.")
        Integer version,
    @Schema(description = "Code of its company; stays as it is.", example = "EDL") String company,
    @NotBlank @Schema(description = "Code of a contact.", example = "C-1001")
        String contractingParty,
    @Schema(description = "Code of a contact.") String deliveryAddress,
    @NotNull LocalDate start,
    @Schema(description = "Last day, included.") LocalDate end,
    @Schema(description = "The contracting party's if left out.") String language,
    @Schema(description = "The company's if left out.") Integer paymentDays,
    @Schema(description = "BT-10.") String buyerReference,
    @Schema(description = "BT-13.") String orderReference,
    String printQueue,
    @Schema(description = "Of its documents; the company's if left out.", example = "EUR")
        String currency,
    @Valid Schedule schedule,
    @Schema(description = "Instalments that the schedule settles (BILL-7).") @Valid
        Instalments instalments,
    @Valid @Size(max = 1000) List<@NotNull Line> lines,
    @Schema(description = "On its documents as a whole.") @Valid @Size(max = 100)
        List<@NotNull Allowance> allowances,
    @Schema(description = "What a document comes to at least in a whole period.") @Valid
        Minimum minimum,
    @Schema(description = "Days for which nothing is billed.") @Valid @Size(max = 1000)
        List<@NotNull PauseDays> pauses) {

  /** When it is billed (BILL-1). */
  @Schema(name = "BillingSchedule")
  record Schedule(
      @NotNull @Schema(description = "1 monthly, 3 quarterly, 12 yearly.") Integer intervalMonths,
      @NotNull @Schema(description = "ADVANCE: on the first day of a period; ARREARS: after it.")
          BillingSchedule.Timing timing,
      @Schema(description = "Day on which periods begin; 31 is the last; 1 if left out.")
          Integer anchorDay,
      @Schema(description = "Last day that is billed, here or elsewhere (BILL-2).")
          LocalDate billedThrough,
      @Schema(description = "DRAFT if left out (BILL-6).")
          BillingSchedule.ReleasePolicy releasePolicy) {}

  /** What is billed in each period. */
  @Schema(name = "ContractLine")
  record Line(
      @Schema(description = "In the order of the list if left out.") Integer position,
      @NotBlank String name,
      @Schema(
              description =
                  "Name and description may hold {period}, {from}, {to}, {month}, {year}, {meter}, {quantity}, {contract}.")
          String description,
      @Schema(
              description =
                  "FIXED if left out; METERED: quantities are imported; INSTALMENT: billed on instalments.")
          LineKind kind,
      @Schema(description = "Of a metered line.", example = "E-4711") String meter,
      @Schema(description = "For a whole period; left out where it is metered.", example = "1")
          BigDecimal quantity,
      @NotBlank @Schema(description = "UN/ECE Recommendation 20.", example = "MON") String unitCode,
      @NotNull @Schema(description = "Without VAT.", example = "29.90") BigDecimal unitPrice,
      @Schema(description = "Units that the price is for; 1 if left out.") BigDecimal baseQuantity,
      @Schema(description = "0 if left out.") BigDecimal discountPercent,
      @NotNull @Schema(description = "EN 16931 BT-151.") VatCategory vatCategory,
      @NotNull @Schema(description = "Percent; 0 but in category S.", example = "20")
          BigDecimal vatRate,
      @Schema(description = "Where no VAT is charged, but in category Z.") String exemptionReason,
      @Schema(description = "For some days, instead of the line's own.") @Valid @Size(max = 1000)
          List<@NotNull Price> prices,
      @Valid @Size(max = 20) List<@NotNull Allowance> allowances,
      @Schema(description = "What the line comes to at least in a whole period, without VAT.")
          BigDecimal minimumAmount,
      LocalDate validFrom,
      @Schema(description = "Last day, included.") LocalDate validTo) {}

  /** A line's price for some days. */
  @Schema(name = "LinePrice")
  record Price(
      @NotNull LocalDate validFrom,
      @Schema(
              description =
                  "Last day, included; open if left out, and then later prices go before it.")
          LocalDate validTo,
      @NotNull @Schema(description = "Without VAT.", example = "31.90") BigDecimal unitPrice,
      @Schema(description = "Percent; the line's if left out.") BigDecimal vatRate) {}

  /** An allowance, or a charge. */
  @Schema(
      name = "ContractAllowance",
      description = "A percentage or an amount for a whole period. VAT and days: not on lines.")
  record Allowance(
      @Schema(description = "True: adds; false or left out: deducts.") Boolean charge,
      @Schema(example = "5") BigDecimal percent,
      @Schema(description = "Without VAT.") BigDecimal amount,
      @NotBlank @Schema(example = "Loyalty discount") String reason,
      @Schema(description = "UNTDID 5189 (allowance) or 7161 (charge).", example = "95")
          String reasonCode,
      @Schema(description = "Of an amount on the document.") VatCategory vatCategory,
      @Schema(description = "Percent.") BigDecimal vatRate,
      String exemptionReason,
      LocalDate validFrom,
      @Schema(description = "Last day, included.") LocalDate validTo) {}

  /** A minimum amount. */
  @Schema(name = "MinimumAmount", description = "What is missing to it is added as a charge.")
  record Minimum(
      @NotNull @Schema(description = "Without VAT.", example = "20.00") BigDecimal amount,
      @NotNull VatCategory vatCategory,
      @NotNull BigDecimal vatRate,
      String exemptionReason) {}

  /** A pause. */
  @Schema(name = "Pause")
  record PauseDays(
      @NotNull LocalDate from,
      @Schema(description = "Last day, included; until further notice if left out.")
          LocalDate to) {}

  /** Instalments. */
  @Schema(name = "InstalmentPlan")
  record Instalments(
      @NotNull @Schema(description = "Of one instalment.", example = "1") Integer intervalMonths,
      @Schema(description = "Last day of the last one's period, billed here or elsewhere.")
          LocalDate billedThrough) {}
}
