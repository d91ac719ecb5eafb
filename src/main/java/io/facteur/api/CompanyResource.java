package io.facteur.api;

import io.facteur.party.Checks;
import io.facteur.party.Company;
import io.facteur.party.CompanyId;
import io.facteur.party.InvoicingTerms;
import io.facteur.party.LegalNote;
import io.facteur.party.Payee;
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
    @Valid @Schema(description = "BT-34, in a network of e-invoices; its e-mail if left out.")
        EndpointResource endpoint,
    @Schema(description = "BT-32, of the local tax office.") String taxNumber,
    @NotBlank @Schema(description = "Sender of mails; always usable for answers (MAIL-1).")
        String email,
    String phone,
    String contactName,
    String website,
    @NotBlank @Schema(example = "FR7630006000011234567890189") String iban,
    String bic,
    String bankName,
    @Schema(
            description = "For bills in CHF or EUR: they carry a QR reference.",
            example = "CH4431999123000889012")
        String qrIban,
    @Schema(description = "Digits that the bank wants at the beginning of QR references.")
        String qrReferencePrefix,
    @Schema(description = "Whether bills in EUR carry an EPC QR code; false if left out.")
        Boolean epcQrCode,
    @Schema(
            description = "BT-90: bills of customers with a mandate are collected.",
            example = "DE98ZZZ09999999999")
        String creditorId,
    @Valid @Schema(description = "BG-10; the company itself if left out.") PayeeResource payee,
    @Valid @Schema(description = "BG-1, on each bill and credit note.") List<@NotNull Note> notes,
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

  /** Whom to pay in its place. */
  @Schema(name = "Payee")
  record PayeeResource(
      @NotBlank @Schema(description = "BT-59.") String name,
      @Schema(description = "BT-60.") String id,
      @Schema(description = "BT-61.") String registrationId,
      @Schema(description = "ISO 6523 ICD of the registration.") String registrationScheme) {}

  /** A note that law or contract wants. */
  @Schema(name = "LegalNote")
  record Note(
      @Schema(description = "BT-21, UNTDID 4451.", example = "PMT") String subject,
      @NotBlank @Schema(description = "BT-22.") String text) {}

  static CompanyResource of(Company company) {
    TradeParty party = company.party();
    InvoicingTerms invoicing = company.invoicing();
    Payee payee = invoicing.payee();
    return new CompanyResource(
        company.code(),
        company.version(),
        party.name(),
        PostalAddressResource.of(party.address()),
        party.vatId(),
        party.registrationId(),
        party.registrationScheme(),
        EndpointResource.of(party.endpoint()),
        invoicing.taxNumber(),
        party.email(),
        party.phone(),
        party.contactName(),
        company.website(),
        company.account().iban(),
        company.account().bic(),
        company.account().bankName(),
        invoicing.qrIban(),
        invoicing.qrReferencePrefix(),
        invoicing.epcQrCode(),
        invoicing.creditorId(),
        payee == null
            ? null
            : new PayeeResource(
                payee.name(), payee.id(), payee.registrationId(), payee.registrationScheme()),
        invoicing.notes().stream().map(note -> new Note(note.subject(), note.text())).toList(),
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
    String account = ContactResource.compact(iban);
    String qrAccount = ContactResource.compact(qrIban);
    new Checks()
        .currency("currency", currency)
        .timeZone("timeZone", timeZone)
        .email("email", email)
        .iban("iban", account)
        .iban("qrIban", qrAccount)
        .refuse();
    var party =
        new TradeParty(
            name,
            null,
            PostalAddressResource.address(address),
            vatId,
            registrationId,
            registrationScheme,
            EndpointResource.endpoint(endpoint),
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
        payableRounding,
        new InvoicingTerms(
            taxNumber,
            payee == null
                ? null
                : new Payee(
                    payee.name(), payee.id(), payee.registrationId(), payee.registrationScheme()),
            qrAccount,
            qrReferencePrefix,
            Boolean.TRUE.equals(epcQrCode),
            ContactResource.compact(creditorId),
            notes == null
                ? List.of()
                : notes.stream().map(note -> new LegalNote(note.subject(), note.text())).toList()));
  }
}
