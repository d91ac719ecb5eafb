package io.facteur.api;

import io.facteur.party.Checks;
import io.facteur.party.Companies;
import io.facteur.party.Company;
import io.facteur.party.CompanyId;
import io.facteur.party.Contact;
import io.facteur.party.ContactAddresses;
import io.facteur.party.ContactId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** Translates contacts to JSON and back. */
@Component
class ContactResources {

  private final References references;
  private final Companies companies;

  ContactResources(References references, Companies companies) {
    this.references = references;
    this.companies = companies;
  }

  ContactResource of(Contact contact) {
    return of(List.of(contact)).get(0);
  }

  List<ContactResource> of(List<Contact> contacts) {
    Map<CompanyId, String> companyCodes =
        references.companyCodes(contacts.stream().map(Contact::company).toList());
    Map<ContactId, String> organisationCodes =
        references.contactCodes(
            contacts.stream().map(Contact::organisation).filter(Objects::nonNull).toList());
    return contacts.stream()
        .map(
            contact ->
                resource(
                    contact,
                    companyCodes.get(contact.company()),
                    contact.organisation() == null
                        ? null
                        : organisationCodes.get(contact.organisation())))
        .toList();
  }

  /** A new contact as it is to be saved. */
  Contact created(ContactResource body) {
    Checks checks = new Checks();
    checks.required("company", body.company());
    CompanyId company = references.company(checks, "company", body.company());
    ContactAddresses addresses =
        body.addresses() == null
            ? ContactAddresses.NONE
            : body.addresses().addresses(checks.of("addresses"));
    checks.rule(
        !Boolean.TRUE.equals(body.paperlessRefused()),
        "paperlessRefused",
        "needs a proof: PUT it to the consent of the contact");
    ContactId organisation = references.contact(checks, "organisation", body.organisation());
    checks.refuse();
    return contact(
        body,
        new Contact(
            null,
            0,
            company,
            body.code(),
            null,
            organisation,
            false,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            false,
            addresses));
  }

  /** A contact as it is to be replaced. */
  Contact changed(ContactResource body, Contact before, int expectedVersion) {
    Checks checks = new Checks();
    checks.rule(
        body.code() == null || body.code().equals(before.code()),
        "code",
        "a code stays as it is: leave it out or repeat it");
    CompanyId company =
        body.company() == null
            ? before.company()
            : references.company(checks, "company", body.company());
    ContactAddresses addresses =
        body.addresses() == null
            ? before.addresses()
            : body.addresses().addresses(checks.of("addresses"));
    checks.rule(
        body.paperlessRefused() == null || body.paperlessRefused() == before.paperlessRefused(),
        "paperlessRefused",
        "needs a proof: PUT it to the consent of the contact");
    ContactId organisation = references.contact(checks, "organisation", body.organisation());
    checks.refuse();
    return contact(
        body,
        new Contact(
            before.id(),
            expectedVersion,
            company,
            before.code(),
            null,
            organisation,
            false,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            before.paperlessRefused(),
            addresses));
  }

  private Contact contact(ContactResource body, Contact frame) {
    String language = body.language();
    if (language == null) {
      language =
          companies.byIds(List.of(frame.company())).stream()
              .findFirst()
              .map(Company::language)
              .orElseThrow();
    }
    return new Contact(
        frame.id(),
        frame.version(),
        frame.company(),
        frame.code(),
        body.kind() == null ? Contact.Kind.CUSTOMER : body.kind(),
        frame.organisation(),
        Boolean.TRUE.equals(body.primaryPerson()),
        body.name(),
        body.additionalName(),
        PostalAddressResource.address(body.address()),
        language,
        new Contact.Registration(body.vatId(), body.registrationId(), body.registrationScheme()),
        EndpointResource.endpoint(body.endpoint()),
        body.buyerReference(),
        frame.paperlessRefused(),
        frame.addresses(),
        ContactResource.MandateResource.mandate(body.mandate()),
        null);
  }

  private static ContactResource resource(Contact contact, String company, String organisation) {
    return new ContactResource(
        contact.code(),
        contact.version(),
        company,
        contact.kind(),
        organisation,
        contact.primaryPerson(),
        contact.name(),
        contact.additionalName(),
        PostalAddressResource.of(contact.address()),
        contact.language(),
        contact.registration().vatId(),
        contact.registration().id(),
        contact.registration().scheme(),
        EndpointResource.of(contact.endpoint()),
        contact.buyerReference(),
        ContactResource.MandateResource.of(contact.mandate()),
        contact.paperlessRefused(),
        AddressesResource.of(contact.addresses()),
        contact.erasedAt());
  }
}
