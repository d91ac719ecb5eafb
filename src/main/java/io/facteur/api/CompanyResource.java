package io.facteur.api;

import io.facteur.party.Checks;
import io.facteur.party.Company;
import io.facteur.party.CompanyId;
import io.facteur.party.TradeParty;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Locale;

/** A company in JSON. */
@Schema(name = "Company")
record CompanyResource(
    @Schema(description = "Stays as it is.", example = "EDL") String code,
    @Schema(description = "Rises with each change; also the ETag.") Integer version,
    @NotBlank @Schema(example = "Énergie du Lac SA") String name,
    @NotNull @Valid PostalAddressResource address,
    @NotBlank @Schema(description = "With country prefix.", example = "FR32123456789") String vatId,
    String registrationId,
    @Schema(description = "ISO 6523 ICD of the registration.", example = "0002")
        String registrationScheme,
    @NotBlank @Schema(description = "Sender of mails; always usable for answers (MAIL-1).")
        String email,
    String phone,
    String contactName,
    String website,
    @NotBlank @Schema(example = "FR7630006000011234567890189") String iban,
    String bic,
    String bankName,
    @NotBlank @Schema(description = "ISO 4217.", example = "EUR") String currency,
    @NotBlank @Schema(example = "fr") String language,
    @NotBlank @Schema(example = "Europe/Paris") String timeZone,
    @Schema(description = "File under templates/assets.") String logo,
    @NotBlank @Schema(description = "Begins all document numbers.", example = "EDL")
        String numberPrefix,
    @Schema(description = "From issue to due date; 30 if left out.") Integer paymentDays,
    @Schema(description = "DISP-4: the first that can be carried out.", example = "[\"EMAIL\"]")
        List<String> defaultChannels,
    @Schema(description = "DISP-5; NONE for no fallback.", example = "POST") String fallbackChannel,
    @Schema(description = "Billed as if it were this day; for samples.") LocalDate fixedBillingDate,
    @Schema(description = "Amounts due are rounded to a multiple of it (BT-114).", example = "0.05")
        BigDecimal payableRounding) {

  private static final int PAYMENT_DAYS = 30;

  static CompanyResource of(Company company) {
    TradeParty party = company.party();
    return new CompanyResource(
        company.code(),
        company.version(),
        party.name(),
        PostalAddressResource.of(party.address()),
        party.vatId(),
        party.registrationId(),
        party.registrationScheme(),
        party.email(),
        party.phone(),
        party.contactName(),
        company.website(),
        company.account().iban(),
        company.account().bic(),
        company.account().bankName(),
        company.currency().getCurrencyCode(),
        company.language(),
        company.timeZone().getId(),
        company.logo(),
        company.numberPrefix(),
        company.paymentDays(),
        company.defaultChannels(),
        company.fallbackChannel(),
        company.fixedBillingDate(),
        company.payableRounding());
  }

  Company company(CompanyId id, int expectedVersion, String ownCode) {
    String account = iban.replace(" ", "").toUpperCase(Locale.ROOT);
    new Checks()
        .currency("currency", currency)
        .timeZone("timeZone", timeZone)
        .email("email", email)
        .iban("iban", account)
        .refuse();
    var party =
        new TradeParty(
            name,
            null,
            PostalAddressResource.address(address),
            vatId,
            registrationId,
            registrationScheme,
            null,
            contactName,
            phone,
            email);
    return new Company(
        id,
        expectedVersion,
        ownCode,
        party,
        new Company.BankAccount(account, bic, bankName),
        Currency.getInstance(currency),
        language,
        ZoneId.of(timeZone),
        website,
        logo,
        numberPrefix,
        paymentDays == null ? PAYMENT_DAYS : paymentDays,
        defaultChannels == null ? List.of() : defaultChannels,
        fallbackChannel,
        fixedBillingDate,
        payableRounding);
  }
}
