package io.facteur.api;

import com.fasterxml.jackson.annotation.JsonFormat;
import io.facteur.addressing.Reach;
import io.facteur.party.AddressEntry;
import io.facteur.party.AddressUse;
import io.facteur.party.Checks;
import io.facteur.party.CommunicationPlace;
import io.facteur.party.ContactAddresses;
import io.facteur.party.DocumentAddresses;
import io.facteur.party.EmailAddress;
import io.facteur.party.Mailboxes;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A contact's addresses in JSON (ADDR-1). */
@Schema(name = "Addresses")
record AddressesResource(
    @Schema(description = "One mailbox.", example = "info@dupont.example") String general,
    @Valid @Size(max = 50) List<@NotNull Documents> documents,
    @Schema(description = "Of reminders and payment notices. ';' may separate addresses.")
        @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        @Size(max = 100)
        List<String> reminder,
    @Valid @Size(max = 100) List<@NotNull Place> places,
    @Schema(
            description =
                "Whether documents that exist follow (ADDR-6); as configured if left out. Only"
                    + " taken.",
            accessMode = Schema.AccessMode.WRITE_ONLY)
        ExistingInvoices existingInvoices,
    @Schema(
            description = "What a change did. Only answered.",
            accessMode = Schema.AccessMode.READ_ONLY)
        List<AddressChangeResource> changes) {

  /** What becomes of invoices whose address came from the contact (ADDR-6). */
  enum ExistingInvoices {
    UPDATE(Reach.CONTACT_AND_EXISTING),
    LEAVE(Reach.CONTACT_AND_FUTURE);

    private final Reach reach;

    ExistingInvoices(Reach reach) {
      this.reach = reach;
    }
  }

  /** Recipients for a choice of document types. */
  @Schema(name = "DocumentAddresses")
  record Documents(
      @NotEmpty Set<AddressUse> types,
      @Schema(description = "To or Cc must not be empty. ';' may separate addresses.")
          @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
          List<String> to,
      @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) List<String> cc,
      @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) List<String> bcc) {}

  /** A communication place. */
  @Schema(name = "CommunicationPlace")
  record Place(
      @NotNull CommunicationPlace.Kind kind,
      @NotNull CommunicationPlace.Place place,
      @NotBlank String value) {}

  static AddressesResource of(ContactAddresses addresses) {
    return of(addresses, null);
  }

  static AddressesResource of(ContactAddresses addresses, List<AddressChangeResource> changes) {
    return new AddressesResource(
        addresses.general() == null ? null : addresses.general().value(),
        addresses.documents().stream()
            .map(
                one ->
                    new Documents(
                        one.uses(),
                        texts(one.mailboxes().to()),
                        texts(one.mailboxes().cc()),
                        texts(one.mailboxes().bcc())))
            .toList(),
        texts(addresses.reminder()),
        addresses.places().stream()
            .map(one -> new Place(one.kind(), one.place(), one.value()))
            .toList(),
        null,
        changes);
  }

  /** Null: by default. */
  Reach reach() {
    return existingInvoices == null ? null : existingInvoices.reach;
  }

  /** What is wrong is left to {@code checks}, which must be asked before the result is used. */
  ContactAddresses addresses(Checks checks) {
    EmailAddress one = AddressEntry.one(checks, "general", general);
    List<DocumentAddresses> sets = new ArrayList<>();
    for (int i = 0; documents != null && i < documents.size(); i++) {
      Documents set = documents.get(i);
      String field = "documents[" + i + "]";
      int before = checks.problems().size();
      Mailboxes mailboxes = AddressEntry.mailboxes(checks.of(field), set.to(), set.cc(), set.bcc());
      if (mailboxes.isEmpty()) {
        checks.rule(checks.problems().size() > before, field + ".to", "To or Cc must not be empty");
      } else {
        sets.add(new DocumentAddresses(set.types(), mailboxes));
      }
    }
    List<CommunicationPlace> places = new ArrayList<>();
    for (int i = 0; this.places != null && i < this.places.size(); i++) {
      Place place = this.places.get(i);
      try {
        places.add(CommunicationPlace.given(place.kind(), place.place(), place.value()));
      } catch (IllegalArgumentException e) {
        checks.problem("places[" + i + "].value", e.getMessage());
      }
    }
    return new ContactAddresses(one, sets, AddressEntry.list(checks, "reminder", reminder), places);
  }

  static List<String> texts(List<EmailAddress> addresses) {
    return addresses.stream().map(EmailAddress::value).toList();
  }
}
