package io.facteur.api;

import io.facteur.party.Contact;
import io.facteur.party.Mandate;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;

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
    @Valid @Schema(description = "BT-49, where it takes e-invoices.") EndpointResource endpoint,
    @Schema(description = "BT-10.") String buyerReference,
    @Valid @Schema(description = "Its bills in EUR are collected by SEPA direct debit.")
        MandateResource mandate,
    @Schema(description = "Changed by its own path only.", accessMode = Schema.AccessMode.READ_ONLY)
        Boolean paperlessRefused,
    @Valid @Schema(description = "Left out on a change: they stay as they are.")
        AddressesResource addresses,
    @Schema(
            description = "When its personal data was erased: it can no longer be used.",
            accessMode = Schema.AccessMode.READ_ONLY)
        Instant erasedAt) {

  /** Permission to collect bills by SEPA direct debit. */
  @Schema(name = "Mandate")
  record MandateResource(
      @NotBlank @Schema(description = "BT-89.", example = "M-2026-017") String reference,
      @NotBlank @Schema(description = "BT-91.", example = "DE89370400440532013000") String iban,
      LocalDate signedOn) {

    static MandateResource of(Mandate mandate) {
      return mandate == null
          ? null
          : new MandateResource(mandate.reference(), mandate.iban(), mandate.signedOn());
    }

    static Mandate mandate(MandateResource body) {
      return body == null
          ? null
          : new Mandate(body.reference(), compact(body.iban()), body.signedOn());
    }
  }

  /** An account number or identifier as machines write it; null stays null. */
  static String compact(String identifier) {
    return identifier == null ? null : identifier.replace(" ", "").toUpperCase(Locale.ROOT);
  }
}
