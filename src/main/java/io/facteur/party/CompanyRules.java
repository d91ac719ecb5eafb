package io.facteur.party;

import java.util.regex.Pattern;

/** What must hold of a company before it is saved. */
final class CompanyRules {

  private static final Pattern LOGO = Pattern.compile("[A-Za-z0-9_-]+\\.(svg|png|jpe?g)");
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
