package io.facteur.api;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.facteur.addressing.AddressKind;
import io.facteur.addressing.AddressedDocument;
import io.facteur.addressing.AddressedParty;
import io.facteur.addressing.DocumentAddressing.Given;
import io.facteur.addressing.OnDocument;
import io.facteur.addressing.Reach;
import io.facteur.addressing.ResolvedMailboxes;
import io.facteur.contract.Role;
import io.facteur.document.DocumentType;
import io.facteur.party.AddressEntry;
import io.facteur.party.Checks;
import io.facteur.party.Mailboxes;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The e-mail addresses of a document, in JSON (ADDR-3). */
final class DocumentAddressesResource {

  private DocumentAddressesResource() {}

  /** Addresses of one role. */
  @Schema(name = "DocumentAddress")
  record Shown(
      List<String> to,
      List<String> cc,
      List<String> bcc,
      @Schema(
              description =
                  "CONTACT: the contact's, or kept from it when it changed; HAND: set on the"
                      + " document; PREDECESSOR: inherited. Left out if there is none.")
          OnDocument.Source origin,
      @Schema(description = "Who set them on the document.") String by,
      Instant at,
      @Schema(description = "The rule that won.", example = "ADDR-2d general address") String rule,
      @Schema(description = "All that were looked at, highest first.")
          List<RecipientCandidate> candidates) {

    private static Shown of(AddressedParty party, AddressKind kind) {
      ResolvedMailboxes resolved = party.resolved(kind);
      OnDocument.Stand stand = party.decides(kind);
      return new Shown(
          AddressesResource.texts(resolved.to()),
          AddressesResource.texts(resolved.cc()),
          AddressesResource.texts(resolved.bcc()),
          stand != null ? stand.source() : resolved.isEmpty() ? null : OnDocument.Source.CONTACT,
          stand == null ? null : stand.by(),
          stand == null ? null : stand.at(),
          resolved.rule(),
          RecipientCandidate.of(resolved.candidates()));
    }
  }

  /** All of them. */
  @Schema(name = "DocumentAddresses")
  record Answer(
      @Schema(description = "Number; of a draft its id.") String document,
      DocumentType type,
      @Schema(description = "Of the contracting party.") @JsonUnwrapped Shown own,
      @Schema(description = "Where its reminders go; left out of reminders.") Shown reminder,
      @Schema(description = "Of the delivery address; left out if the document has none.")
          Shown delivery,
      @Schema(description = "What a change did.") List<AddressChangeResource> changes) {}

  static Answer of(AddressedDocument document, List<AddressChangeResource> changes) {
    AddressedParty contracting = document.party(Role.CONTRACTING_PARTY, "document");
    AddressKind own = document.ownKind();
    return new Answer(
        document.name(),
        document.type(),
        Shown.of(contracting, own),
        own == AddressKind.REMINDER ? null : Shown.of(contracting, AddressKind.REMINDER),
        document.parties().stream()
            .filter(party -> party.role() == Role.DELIVERY_ADDRESS)
            .map(party -> Shown.of(party, own))
            .findFirst()
            .orElse(null),
        changes);
  }

  /** Where a changed address is kept (ADDR-6). */
  enum SaveAddress {
    NO(Reach.NOTHING),
    DOCUMENT(Reach.DOCUMENT),
    DOCUMENT_AND_CONTACT(Reach.DOCUMENT_AND_CONTACT);

    private final Reach reach;

    SaveAddress(Reach reach) {
      this.reach = reach;
    }

    /** Null stays null: by default. */
    static Reach reach(SaveAddress choice) {
      return choice == null ? null : choice.reach;
    }
  }

  /** Recipients as they are given. */
  @Schema(name = "GivenRecipients", description = "To or Cc must not be empty.")
  record Recipients(
      @Schema(description = "';' may separate addresses.")
          @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
          @Size(max = 100)
          List<String> to,
      @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) @Size(max = 100)
          List<String> cc,
      @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) @Size(max = 100)
          List<String> bcc) {

    private boolean isLeftOut() {
      return to == null && cc == null && bcc == null;
    }

    /** Null if they are left out, or wrong, which {@code checks} then knows. */
    Mailboxes mailboxes(Checks checks) {
      if (isLeftOut()) {
        return null;
      }
      int before = checks.problems().size();
      Mailboxes mailboxes = AddressEntry.mailboxes(checks, to, cc, bcc);
      if (mailboxes.isEmpty() && checks.problems().size() == before) {
        checks.problem("to", "To or Cc must not be empty");
      }
      return mailboxes.isEmpty() ? null : mailboxes;
    }
  }

  /** Addresses that are to be changed; what is left out stays. */
  @Schema(name = "ChangedDocumentAddresses")
  record Changed(
      @Schema(description = "Of the contracting party. ';' may separate addresses.")
          @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
          @Size(max = 100)
          List<String> to,
      @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) @Size(max = 100)
          List<String> cc,
      @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) @Size(max = 100)
          List<String> bcc,
      @Schema(description = "Where reminders of the document go.") Recipients reminder,
      @Schema(description = "Of the delivery address.") Recipients delivery,
      @Schema(description = "Where to, cc, bcc and delivery are kept; as configured if left out.")
          SaveAddress saveAddress,
      @Schema(description = "Where reminder is kept; as configured if left out.")
          SaveAddress saveReminder) {

    /** What is wrong is left to {@code checks}, which must be asked before it is used. */
    List<Given> given(Checks checks, DocumentType type) {
      AddressKind own = AddressKind.of(type.addressUse());
      List<Given> all = new ArrayList<>();
      add(all, Role.CONTRACTING_PARTY, own, new Recipients(to, cc, bcc).mailboxes(checks));
      if (delivery != null) {
        add(all, Role.DELIVERY_ADDRESS, own, delivery.mailboxes(checks.of("delivery")));
      }
      if (reminder != null) {
        checks.rule(
            own != AddressKind.REMINDER,
            "reminder",
            "a " + type + " has no reminders: change its own to, cc and bcc");
        Mailboxes mailboxes = reminder.mailboxes(checks.of("reminder"));
        if (mailboxes != null) {
          all.add(
              new Given(
                  Role.CONTRACTING_PARTY,
                  AddressKind.REMINDER,
                  mailboxes,
                  SaveAddress.reach(saveReminder),
                  "saveReminder"));
        }
      }
      return all;
    }

    private void add(List<Given> all, Role role, AddressKind kind, Mailboxes mailboxes) {
      if (mailboxes != null) {
        all.add(new Given(role, kind, mailboxes, SaveAddress.reach(saveAddress), "saveAddress"));
      }
    }
  }
}
