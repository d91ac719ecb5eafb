package io.facteur.api;

import io.facteur.addressing.ContactAddressing;
import io.facteur.addressing.Reach;
import io.facteur.api.idempotency.Idempotent;
import io.facteur.party.Checks;
import io.facteur.party.CompanyId;
import io.facteur.party.Contact;
import io.facteur.party.ContactFilter;
import io.facteur.party.Contacts;
import io.facteur.party.Page;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.net.URI;
import java.util.Set;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Contacts over HTTP. */
@RestController
@RequestMapping("/api/contacts")
@Tag(name = "Contacts", description = "Customers, suppliers, leads and their people.")
class ContactController {

  private final Contacts contacts;
  private final ContactAddressing addressing;
  private final ContactResources resources;
  private final References references;

  ContactController(
      Contacts contacts,
      ContactAddressing addressing,
      ContactResources resources,
      References references) {
    this.contacts = contacts;
    this.addressing = addressing;
    this.resources = resources;
    this.references = references;
  }

  @Operation(
      summary = "Lists contacts",
      description = "Sorted by code, name, kind, postcode or city.")
  @GetMapping
  PageResource<ContactResource> list(
      @Parameter(description = "Code of a company.") @RequestParam(required = false) String company,
      @RequestParam(required = false) Contact.Kind kind,
      @Parameter(description = "A part of the name, in any case.") @RequestParam(required = false)
          String name,
      @Parameter(description = "One of its addresses of any kind.") @RequestParam(required = false)
          String email,
      @Valid @ParameterObject ListQuery query) {
    Checks checks = new Checks();
    Set<CompanyId> companies = references.companies(checks, "company", company);
    checks.refuse();
    Page<Contact> page =
        contacts.list(new ContactFilter(companies, kind, name, email), query.paging());
    return PageResource.of(
        new Page<>(resources.of(page.items()), page.page(), page.size(), page.total()));
  }

  @Operation(summary = "Shows a contact with its addresses")
  @GetMapping("/{code}")
  ResponseEntity<ContactResource> get(@PathVariable String code) {
    return answer(contacts.get(code));
  }

  @Operation(summary = "Adds a contact, with or without addresses")
  @Idempotent
  @PostMapping
  ResponseEntity<ContactResource> create(@Valid @RequestBody ContactResource body) {
    Contact saved = contacts.create(resources.created(body));
    return ResponseEntity.created(URI.create("/api/contacts/" + saved.code()))
        .eTag(Versions.etag(saved.version()))
        .body(resources.of(saved));
  }

  @Operation(summary = "Replaces a contact; code, company and consent stay")
  @PutMapping("/{code}")
  ResponseEntity<ContactResource> update(
      @PathVariable String code,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) String ifMatch,
      @Valid @RequestBody ContactResource body) {
    Contact before = contacts.get(code);
    int expected = Versions.expected(ifMatch, body.version(), before.version());
    Contact changed = resources.changed(body, before, expected);
    Reach reach = body.addresses() == null ? null : body.addresses().reach();
    return answer(addressing.update(changed, reach).contact());
  }

  private ResponseEntity<ContactResource> answer(Contact contact) {
    return ResponseEntity.ok().eTag(Versions.etag(contact.version())).body(resources.of(contact));
  }
}
