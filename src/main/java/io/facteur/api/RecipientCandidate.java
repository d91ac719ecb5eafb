package io.facteur.api;

import io.facteur.addressing.ResolvedMailboxes;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** One level of the rule ADDR-2. */
@Schema(name = "RecipientCandidate")
record RecipientCandidate(
    String rule,
    String source,
    List<String> to,
    List<String> cc,
    List<String> bcc,
    boolean won,
    @Schema(description = "Left out for the winner.") String whyNot) {

  static List<RecipientCandidate> of(List<ResolvedMailboxes.Candidate> candidates) {
    return candidates.stream()
        .map(
            one ->
                new RecipientCandidate(
                    one.rule(),
                    one.source(),
                    AddressesResource.texts(one.mailboxes().to()),
                    AddressesResource.texts(one.mailboxes().cc()),
                    AddressesResource.texts(one.mailboxes().bcc()),
                    one.won(),
                    one.whyNot()))
        .toList();
  }
}
