package io.facteur.api;

import io.facteur.addressing.AddressEffects;
import io.facteur.addressing.AddressKind;
import io.facteur.addressing.Reach;
import io.facteur.contract.Role;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** What the change of an address did, in JSON (ADDR-6, ADDR-7). */
@Schema(name = "AddressChange")
record AddressChangeResource(
    @Schema(description = "DOCUMENT: To, Cc and Bcc; REMINDER: of reminders.") AddressKind address,
    @Schema(description = "On documents; left out where it was changed on the contact.") Role role,
    @Schema(description = "How far it went.", example = "DOCUMENT_AND_CONTACT") Reach kept,
    @Schema(description = "Whether there was no such address before (ADDR-5).") boolean first,
    @Schema(description = "Code of the contact that has it from now on.") String contact,
    @Schema(description = "Documents that go to another address now.") Documents updated,
    @Schema(description = "Documents that keep the contact's address of before.") Documents left,
    @Schema(description = "Documents whose own address was set by hand or inherited, and stays.")
        Documents keptByHand) {

  /** Some documents. */
  @Schema(name = "ConcernedDocuments")
  record Documents(
      long count,
      @Schema(description = "Numbers, of drafts ids; the newest first, at most 50.")
          List<String> documents) {
    private static Documents of(AddressEffects.Group group) {
      return new Documents(group.count(), group.documents());
    }
  }

  static List<AddressChangeResource> of(List<AddressEffects> effects) {
    return effects.stream().map(AddressChangeResource::of).toList();
  }

  /** Null stays null. */
  static AddressChangeResource of(AddressEffects effects) {
    return effects == null
        ? null
        : new AddressChangeResource(
            effects.kind(),
            effects.role(),
            effects.reach(),
            effects.first(),
            effects.contact(),
            Documents.of(effects.updated()),
            Documents.of(effects.left()),
            Documents.of(effects.keptByHand()));
  }
}
