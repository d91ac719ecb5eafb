package io.facteur.api;

import io.facteur.party.PostalAddress;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotBlank;

/** A postal address in JSON. */
record PostalAddressResource(
    @Schema(example = "4 rue de la Paix") String street,
    @NotBlank @Schema(example = "75002") String postcode,
    @NotBlank @Schema(example = "Paris") String city,
    @NotBlank @Schema(description = "ISO 3166-1 alpha-2.", example = "FR") String country) {

  static PostalAddressResource of(PostalAddress address) {
    return address == null
        ? null
        : new PostalAddressResource(
            address.street(), address.postcode(), address.city(), address.country());
  }

  static PostalAddress address(PostalAddressResource resource) {
    return resource == null
        ? null
        : new PostalAddress(
            resource.street(), resource.postcode(), resource.city(), resource.country());
  }
}
