package io.facteur.api;

import io.facteur.contract.ContractId;
import io.facteur.contract.DefinitionId;
import io.facteur.contract.DispatchDefinition;
import io.facteur.contract.Domain;
import io.facteur.contract.Role;
import io.facteur.party.AddressEntry;
import io.facteur.party.Checks;
import io.facteur.party.EmailAddress;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.time.LocalDate;

/** A dispatch definition in JSON (DISP-1). */
@Schema(name = "DispatchDefinition")
record DefinitionResource(
    @Schema(accessMode = Schema.AccessMode.READ_ONLY) Long id,
    @Schema(description = "Rises with each change; also the ETag.") Integer version,
    @NotNull Domain domain,
    @NotBlank @Schema(description = "A channel of the routes.", example = "EMAIL") String channel,
    @NotNull Role role,
    @Schema(description = "Of the role INDIVIDUAL only: one of the individual addresses (DISP-2).")
        String address,
    @Schema(description = "The route's if left out.") String format,
    @Schema(description = "The document's if left out.") String language,
    @Schema(description = "The document type's if left out.") String template,
    @Schema(description = "Whether the recipient gets a copy, marked as one.") Boolean copy,
    @Schema(description = "First day.") LocalDate validFrom,
    @Schema(description = "Last day, included.") LocalDate validTo) {

  static DefinitionResource of(DispatchDefinition definition) {
    EmailAddress address = definition.individualAddress();
    return new DefinitionResource(
        definition.id().value(),
        definition.version(),
        definition.domain(),
        definition.channel(),
        definition.role(),
        address == null ? null : address.value(),
        definition.format(),
        definition.language(),
        definition.template(),
        definition.copy(),
        definition.validFrom(),
        definition.validTo());
  }

  DispatchDefinition definition(DefinitionId ownId, int expectedVersion, ContractId contract) {
    Checks checks = new Checks();
    checks.rule(
        id == null || (ownId != null && id == ownId.value()),
        "id",
        "is given by Facteur: leave it out");
    EmailAddress individual = AddressEntry.one(checks, "address", address);
    checks.refuse();
    return new DispatchDefinition(
        ownId,
        expectedVersion,
        contract,
        domain,
        channel,
        role,
        individual,
        format,
        language,
        template,
        Boolean.TRUE.equals(copy),
        validFrom,
        validTo);
  }
}
