package io.facteur.api;

import io.facteur.party.Contact;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import java.time.Instant;

/** A contact in JSON. */
@Schema(name = "Contact")
record ContactResource(
    @Schema(description = "Stays as it is.", example = "C-1001") String code,
    @Schema(description = "Rises with each change; also the ETag.") Integer version,
    @Schema(description = "Code of its company; stays as it is.", example = "EDL") String company,
    @Schema(description = "CUSTOMER if left out.") Contact.Kind kind,
    @Schema(description = "Code of the contact that a PERSON belongs to.") String organisation,
    Boolean primaryPerson,
    @NotBlank @Schema(example = "Dupont SARL") String name,
    @Schema(description = "A second name line.") String additionalName,
    @Valid PostalAddressResource address,
    @Schema(description = "The company's if left out.", example = "fr") String language,
    @Schema(description = "BT-48, with country prefix.") String vatId,
    @Schema(description = "BT-47.") String registrationId,
    @Schema(description = "ISO 6523 ICD of the registration.") String registrationScheme,
    @Valid @Schema(description = "BT-49, where it takes e-invoices.") Endpoint endpoint,
    @Schema(description = "BT-10.") String buyerReference,
    @Schema(description = "Changed by its own path only.", accessMode = Schema.AccessMode.READ_ONLY)
        Boolean paperlessRefused,
    @Valid @Schema(description = "Left out on a change: they stay as they are.")
        AddressesResource addresses,
    @Schema(
            description = "When its personal data was erased: it can no longer be used.",
            accessMode = Schema.AccessMode.READ_ONLY)
        Instant erasedAt) {

  /** An electronic address for e-invoices. */
  @Schema(name = "Endpoint")
  record Endpoint(
      @NotBlank @Schema(description = "From the EAS code list.", example = "0088") String scheme,
      @NotBlank String id) {}
}
