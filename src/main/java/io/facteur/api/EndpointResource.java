package io.facteur.api;

import io.facteur.party.TradeParty;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotBlank;

/** An electronic address for e-invoices. */
@Schema(name = "Endpoint")
record EndpointResource(
    @NotBlank @Schema(description = "From the EAS code list.", example = "0088") String scheme,
    @NotBlank String id) {

  /** Null stays null. */
  static EndpointResource of(TradeParty.Endpoint endpoint) {
    return endpoint == null ? null : new EndpointResource(endpoint.scheme(), endpoint.id());
  }

  /** Null stays null. */
  static TradeParty.Endpoint endpoint(EndpointResource body) {
    return body == null ? null : new TradeParty.Endpoint(body.scheme(), body.id());
  }
}
