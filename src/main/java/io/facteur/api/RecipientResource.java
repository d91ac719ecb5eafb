package io.facteur.api;

import io.facteur.dispatch.Recipient;
import io.facteur.party.TradeParty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** Who gets something, in JSON; which parts there are depends on the channel. */
@Schema(name = "Recipient")
record RecipientResource(
    String name,
    List<String> to,
    List<String> cc,
    List<String> bcc,
    @Schema(description = "Second name line of a postal address.") String additionalName,
    PostalAddressResource address,
    Endpoint endpoint,
    @Schema(description = "Why this one.", example = "ADDR-2d general address") String rule,
    @Schema(description = "Where the addresses stand.", example = "contact C-1001, general address")
        String source,
    @Schema(description = "Addresses that were known as well, and why they did not win.")
        List<Recipient.Loser> lost,
    @Schema(description = "What to know of it, e.g. that a suspended address is left out.")
        String remark) {

  /** An address in an e-invoice network. */
  @Schema(name = "NetworkEndpoint")
  record Endpoint(String scheme, String id) {}

  /** Null stays null. */
  static RecipientResource of(Recipient recipient) {
    if (recipient == null) {
      return null;
    }
    TradeParty postal = recipient.postal();
    TradeParty.Endpoint endpoint = recipient.endpoint();
    return new RecipientResource(
        recipient.name(),
        AddressesResource.texts(recipient.to()),
        AddressesResource.texts(recipient.cc()),
        AddressesResource.texts(recipient.bcc()),
        postal == null ? null : postal.additionalName(),
        postal == null ? null : PostalAddressResource.of(postal.address()),
        endpoint == null ? null : new Endpoint(endpoint.scheme(), endpoint.id()),
        recipient.rule(),
        recipient.source(),
        recipient.lost().isEmpty() ? null : recipient.lost(),
        recipient.remark());
  }
}
