package io.facteur.party;

import java.util.regex.Pattern;

/** What must hold of a company before it is saved. */
final class CompanyRules {

  private static final Pattern LOGO = Pattern.compile("[A-Za-z0-9_-]+\\.(svg|png|jpe?g)");
  private static final Pattern QR_IBAN = Pattern.compile("(CH|LI)[0-9]{2}3[01][0-9]{15}");
  private static final Pattern QR_PREFIX = Pattern.compile("[0-9]{1,12}");
  private static final Pattern CREDITOR_ID =
      Pattern.compile("[A-Z]{2}[0-9]{2}[A-Z0-9]{3}[A-Z0-9]{1,28}");
  private static final Pattern NOTE_SUBJECT = Pattern.compile("[A-Z]{3}");
  private static final int MAX_NOTES = 20;
  private static final Pattern CHANNEL = Pattern.compile("[A-Z][A-Z0-9_]{0,39}");

  private CompanyRules() {}

  static void check(Company company) {
    Checks checks = new Checks();
    checks
        .required("code", company.code())
        .code("code", company.code(), 20)
        .required("currency", company.currency())
        .required("language", company.language())
        .language("language", company.language())
        .required("timeZone", company.timeZone())
        .text("website", company.website(), 200)
        .text("logo", company.logo(), 100)
        .required("numberPrefix", company.numberPrefix())
        .code("numberPrefix", company.numberPrefix(), 10)
        .between("paymentDays", company.paymentDays(), 0, 365);
    checks
        .digits("payableRounding", company.payableRounding(), 2, 2)
        .rule(
            company.payableRounding() == null || company.payableRounding().signum() > 0,
            "payableRounding",
            "must be greater than zero, e.g. 0.05");
    checks.rule(
        company.logo() == null || LOGO.matcher(company.logo()).matches(),
        "logo",
        "must be the name of an SVG, PNG or JPEG file under templates/assets");
    party(checks, company.party());
    account(checks, company.account());
    invoicing(checks, company.invoicing());
    channels(checks, company);
    checks.refuse();
  }

  private static void party(Checks checks, TradeParty party) {
    checks
        .required("name", party.name())
        .text("name", party.name(), 200)
        .required("email", party.email())
        .email("email", party.email())
        .required("vatId", party.vatId())
        .vatId("vatId", party.vatId())
        .identifier(
            "registrationId",
            party.registrationId(),
            60,
            "registrationScheme",
            party.registrationScheme())
        .endpoint("endpoint", party.endpoint())
        .text("phone", party.phone(), 40)
        .text("contactName", party.contactName(), 100)
        .required("address", party.address());
    if (party.address() != null) {
      checks.of("address").required("street", party.address().street()).postal(party.address());
    }
  }

  private static void account(Checks checks, Company.BankAccount account) {
    checks
        .required("iban", account.iban())
        .iban("iban", account.iban())
        .bic("bic", account.bic())
        .text("bankName", account.bankName(), 100);
  }

  private static void invoicing(Checks checks, InvoicingTerms invoicing) {
    checks
        .text("taxNumber", invoicing.taxNumber(), 60)
        .iban("qrIban", invoicing.qrIban())
        .rule(
            invoicing.qrIban() == null || QR_IBAN.matcher(invoicing.qrIban()).matches(),
            "qrIban",
            "is no QR-IBAN: after CH or LI and the check digits those have 30000 to 31999")
        .rule(
            invoicing.qrReferencePrefix() == null
                || QR_PREFIX.matcher(invoicing.qrReferencePrefix()).matches(),
            "qrReferencePrefix",
            "must be one to twelve digits")
        .rule(
            invoicing.qrReferencePrefix() == null || invoicing.qrIban() != null,
            "qrReferencePrefix",
            "needs the QR-IBAN that it belongs to")
        .rule(
            invoicing.creditorId() == null || isCreditorId(invoicing.creditorId()),
            "creditorId",
            "is no SEPA creditor identifier, e.g. DE98ZZZ09999999999: look at its check digits");
    if (invoicing.payee() != null) {
      Payee payee = invoicing.payee();
      checks
          .of("payee")
          .required("name", payee.name())
          .text("name", payee.name(), 200)
          .text("id", payee.id(), 60)
          .identifier(
              "registrationId",
              payee.registrationId(),
              60,
              "registrationScheme",
              payee.registrationScheme());
    }
    checks.rule(invoicing.notes().size() <= MAX_NOTES, "notes", "are more than " + MAX_NOTES);
    for (int i = 0; i < invoicing.notes().size(); i++) {
      LegalNote note = invoicing.notes().get(i);
      checks
          .of("notes[" + i + "]")
          .rule(
              note.subject() == null || NOTE_SUBJECT.matcher(note.subject()).matches(),
              "subject",
              "must be a code of UNTDID 4451, three capital letters such as PMT")
          .required("text", note.text())
          .longText("text", note.text(), 1000);
    }
  }

  /** The business code, three characters after the check digits, does not count. */
  private static boolean isCreditorId(String id) {
    return CREDITOR_ID.matcher(id).matches() && Mod97.isValid(id.substring(7) + id.substring(0, 4));
  }

  private static void channels(Checks checks, Company company) {
    for (int i = 0; i < company.defaultChannels().size(); i++) {
      channel(checks, "defaultChannels[" + i + "]", company.defaultChannels().get(i));
    }
    checks.rule(
        String.join(",", company.defaultChannels()).length() <= 200,
        "defaultChannels",
        "are longer than 200 characters together");
    channel(checks, "fallbackChannel", company.fallbackChannel());
  }

  private static void channel(Checks checks, String field, String channel) {
    checks.rule(
        channel == null || CHANNEL.matcher(channel).matches(),
        field,
        "must be the name of a channel, in capital letters, e.g. EMAIL");
  }
}
