package io.facteur.party;

import java.util.regex.Pattern;

/** What must hold of a contact before it is saved. */
final class ContactRules {

  /** What SEPA allows; its first character says something. */
  private static final Pattern MANDATE =
      Pattern.compile("[A-Za-z0-9/?:().,'+-][A-Za-z0-9/?:().,'+ -]{0,34}");

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
    checks.endpoint("endpoint", contact.endpoint());
    if (contact.mandate() != null) {
      checks
          .of("mandate")
          .required("reference", contact.mandate().reference())
          .rule(
              contact.mandate().reference() == null
                  || MANDATE.matcher(contact.mandate().reference()).matches(),
              "reference",
              "must be at most 35 characters of the SEPA set: letters, digits, spaces, / - ? : ( ) . , ' +")
          .required("iban", contact.mandate().iban())
          .iban("iban", contact.mandate().iban());
    }
    checks.refuse();
  }
}
