package io.facteur.api;

import io.facteur.contract.BillingSchedule;
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
    @Valid Schedule schedule,
    @Valid @Size(max = 1000) List<@NotNull Line> lines) {

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
      String description,
      @NotNull @Schema(description = "For a whole period.", example = "1") BigDecimal quantity,
      @NotBlank @Schema(description = "UN/ECE Recommendation 20.", example = "MON") String unitCode,
      @NotNull @Schema(description = "Without VAT.", example = "29.90") BigDecimal unitPrice,
      @Schema(description = "Units that the price is for; 1 if left out.") BigDecimal baseQuantity,
      @Schema(description = "0 if left out.") BigDecimal discountPercent,
      @NotNull @Schema(description = "EN 16931 BT-151.") VatCategory vatCategory,
      @NotNull @Schema(description = "Percent; 0 but in category S.", example = "20")
          BigDecimal vatRate,
      @Schema(description = "Where no VAT is charged, but in category Z.")
          String exemptionReason) {}
}
