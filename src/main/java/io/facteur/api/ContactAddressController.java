package io.facteur.api;

import io.facteur.addressing.ContactAddressing;
import io.facteur.addressing.RecipientResolution;
import io.facteur.addressing.ResolvedMailboxes;
import io.facteur.document.DocumentType;
import io.facteur.party.Checks;
import io.facteur.party.Consent;
import io.facteur.party.Contact;
import io.facteur.party.ContactAddresses;
import io.facteur.party.Contacts;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Where contacts are reached, to whom their documents go, and whether they refuse e-mail. */
@RestController
@RequestMapping("/api/contacts/{code}")
@Tag(name = "Contacts")
class ContactAddressController {

  private final Contacts contacts;
  private final ContactAddressing addressing;

  ContactAddressController(Contacts contacts, ContactAddressing addressing) {
    this.contacts = contacts;
    this.addressing = addressing;
  }

  /** To whom a document would go now. */
  @Schema(name = "Recipients")
  record Recipients(
      @Schema(description = "Left out of a mail from the contact itself.") DocumentType type,
      List<String> to,
      List<String> cc,
      List<String> bcc,
      @Schema(description = "The rule that won.", example = "ADDR-2d general address") String rule,
      @Schema(description = "All that were looked at, highest first.")
          List<RecipientCandidate> candidates) {}

  /** Consent as it goes out. */
  @Schema(name = "Consent")
  record ConsentAnswer(boolean refused, String proof, Instant since, String by) {
    static ConsentAnswer of(Consent consent) {
      return new ConsentAnswer(consent.refused(), consent.proof(), consent.since(), consent.by());
    }
  }

  /** A refusal, or its withdrawal. */
  record ConsentChange(
      @NotNull Boolean refused, @NotBlank @Schema(example = "letter of 3 May 2026") String proof) {}

  @Operation(summary = "Shows all addresses of a contact (ADDR-1)")
  @GetMapping("/addresses")
  ResponseEntity<AddressesResource> addresses(@PathVariable String code) {
    return answer(contacts.get(code));
  }

  @Operation(
      summary = "Replaces all addresses of a contact",
      description =
          "The answer names the documents that go to another address now, and those whose own"
              + " address was set by hand and stays (ADDR-6, ADDR-7).")
  @PutMapping("/addresses")
  ResponseEntity<AddressesResource> change(
      @PathVariable String code,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) String ifMatch,
      @Valid @RequestBody AddressesResource body) {
    int expected = Versions.expected(ifMatch, null, contacts.get(code).version());
    Checks checks = new Checks();
    ContactAddresses addresses = body.addresses(checks);
    checks.refuse();
    ContactAddressing.Change change = addressing.change(code, expected, addresses, body.reach());
    return ResponseEntity.ok()
        .eTag(Versions.etag(change.contact().version()))
        .body(
            AddressesResource.of(
                change.contact().addresses(), AddressChangeResource.of(change.effects())));
  }

  @Operation(
      summary = "Explains to whom a document of a type would be mailed now (ADDR-2, ADDR-9)",
      description =
          "Without a type: to whom a mail goes that is written from the contact itself; its primary"
              + " person comes first.")
  @GetMapping("/recipients")
  Recipients recipients(
      @PathVariable String code,
      @Parameter(description = "Type of the document.") @RequestParam(required = false)
          DocumentType type) {
    Contact contact = contacts.get(code);
    ResolvedMailboxes resolved =
        type == null
            ? RecipientResolution.resolveForMailFrom(contact, primaryPersonOf(contact))
            : RecipientResolution.resolve(contact, type.addressUse());
    return new Recipients(
        type,
        AddressesResource.texts(resolved.to()),
        AddressesResource.texts(resolved.cc()),
        AddressesResource.texts(resolved.bcc()),
        resolved.rule(),
        RecipientCandidate.of(resolved.candidates()));
  }

  private Contact primaryPersonOf(Contact contact) {
    return contacts.personsOf(List.of(contact.id())).stream()
        .filter(Contact::primaryPerson)
        .findFirst()
        .orElse(null);
  }

  @Operation(summary = "Shows whether a contact refuses documents by e-mail (CONS-3)")
  @GetMapping("/consent")
  ConsentAnswer consent(@PathVariable String code) {
    return ConsentAnswer.of(contacts.consent(code));
  }

  @Operation(summary = "Records a refusal of documents by e-mail, or its withdrawal, with proof")
  @PutMapping("/consent")
  ConsentAnswer changeConsent(@PathVariable String code, @Valid @RequestBody ConsentChange body) {
    return ConsentAnswer.of(contacts.consent(code, body.refused(), body.proof()));
  }

  private static ResponseEntity<AddressesResource> answer(Contact contact) {
    return ResponseEntity.ok()
        .eTag(Versions.etag(contact.version()))
        .body(AddressesResource.of(contact.addresses()));
  }
}
