package io.facteur.party;

/** What must hold of a contact before it is saved. */
final class ContactRules {

  private ContactRules() {}

  static void check(Contact contact) {
    Checks checks = new Checks();
    checks
        .required("company", contact.company())
        .required("code", contact.code())
        .code("code", contact.code(), 30)
        .required("kind", contact.kind())
        .required("name", contact.name())
        .text("name", contact.name(), 200)
        .text("additionalName", contact.additionalName(), 200)
        .required("language", contact.language())
        .language("language", contact.language())
        .vatId("vatId", contact.registration().vatId())
        .identifier(
            "registrationId",
            contact.registration().id(),
            60,
            "registrationScheme",
            contact.registration().scheme())
        .text("buyerReference", contact.buyerReference(), 100)
        .rule(
            contact.kind() == Contact.Kind.PERSON || contact.organisation() == null,
            "organisation",
            "only a PERSON belongs to an organisation")
        .rule(
            !contact.primaryPerson() || contact.organisation() != null,
            "primaryPerson",
            "needs the organisation whose primary person it is");
    if (contact.address() != null) {
      checks.of("address").postal(contact.address());
    }
    if (contact.endpoint() != null) {
      checks
          .of("endpoint")
          .required("scheme", contact.endpoint().scheme())
          .required("id", contact.endpoint().id())
          .identifier("id", contact.endpoint().id(), 100, "scheme", contact.endpoint().scheme());
    }
    checks.refuse();
  }
}
