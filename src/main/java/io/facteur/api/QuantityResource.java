package io.facteur.api;

import io.facteur.metering.MeteredQuantity;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;

/** A meter's quantity in JSON. */
@Schema(name = "MeteredQuantity")
record QuantityResource(
    long id,
    @Schema(example = "POWER") String meter,
    LocalDate from,
    @Schema(description = "Last day, included.") LocalDate to,
    BigDecimal quantity,
    @Schema(description = "Rises with each later quantity for the same days.") int revision,
    MeteredQuantity.State state,
    @Schema(description = "Id of the billed quantity that it corrects.") Long corrects,
    @Schema(description = "Number, or id of the draft, that bills it.") String document,
    Instant receivedAt,
    @Schema(description = "Who has sent it.") String receivedBy) {

  static QuantityResource of(MeteredQuantity quantity) {
    return new QuantityResource(
        quantity.id(),
        quantity.meter(),
        quantity.period().from(),
        quantity.period().to(),
        ContractResources.shortest(quantity.quantity()),
        quantity.revision(),
        quantity.state(),
        quantity.corrects(),
        quantity.document(),
        quantity.receivedAt(),
        quantity.receivedBy());
  }
}
