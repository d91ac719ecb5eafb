package io.facteur.api;

import io.facteur.document.OwnAddress;
import io.facteur.party.PostalAddress;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotBlank;

/** A postal address of a document's own, in JSON. */
@Schema(name = "OwnAddress", description = "In place of the contact's, on this document (ADDR-3).")
record OwnAddressResource(
    @Schema(description = "The contact's if left out.", example = "Hôtel du Port") String name,
    String additionalName,
    @Schema(example = "1 quai Nord") String street,
    @NotBlank @Schema(example = "29200") String postcode,
    @NotBlank @Schema(example = "Brest") String city,
    @NotBlank @Schema(description = "ISO 3166-1 alpha-2.", example = "FR") String country) {

  /** Null stays null. */
  static OwnAddressResource of(OwnAddress own) {
    return own == null
        ? null
        : new OwnAddressResource(
            own.name(),
            own.additionalName(),
            own.address().street(),
            own.address().postcode(),
            own.address().city(),
            own.address().country());
  }

  /** Null stays null. */
  static OwnAddress address(OwnAddressResource resource) {
    return resource == null
        ? null
        : new OwnAddress(
            resource.name(),
            resource.additionalName(),
            new PostalAddress(
                resource.street(), resource.postcode(), resource.city(), resource.country()));
  }
}
