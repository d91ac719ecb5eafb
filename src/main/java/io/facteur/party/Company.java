package io.facteur.party;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;

/**
 * An issuer of documents; an installation may have several.
 *
 * @param id null until it is saved
 * @param version rises with each change
 * @param party as it stands on documents (BG-4); its e-mail address is the sender of mails and
 *     always usable for answers (MAIL-1)
 * @param website null if none
 * @param logo file name under {@code templates/assets}; null if none
 * @param numberPrefix makes document numbers unique across companies
 * @param paymentDays from issue to due date, where the contract says nothing else
 * @param defaultChannels DISP-4: in order, the first that can be carried out; empty: as configured
 * @param fallbackChannel DISP-5; {@code NONE}: no fallback; null: as the route or configuration
 *     says
 * @param fixedBillingDate billed as if it were this day, whatever the clock says; null: the clock
 * @param payableRounding amounts due in its own currency are rounded to a multiple of it, e.g. 0.05
 *     (BT-114); null: they are not
 * @param invoicing what its bills say beside
 */
public record Company(
    CompanyId id,
    int version,
    String code,
    TradeParty party,
    BankAccount account,
    Currency currency,
    String language,
    ZoneId timeZone,
    String website,
    String logo,
    String numberPrefix,
    int paymentDays,
    List<String> defaultChannels,
    String fallbackChannel,
    LocalDate fixedBillingDate,
    BigDecimal payableRounding,
    InvoicingTerms invoicing) {

  /**
   * Where to pay (BG-17).
   *
   * @param iban BT-84, without spaces
   * @param bic BT-86; null if none
   * @param bankName null if none
   */
  public record BankAccount(String iban, String bic, String bankName) {}

  public Company {
    defaultChannels = List.copyOf(defaultChannels);
    invoicing = invoicing == null ? InvoicingTerms.NONE : invoicing;
  }

  /** One whose bills say nothing special. */
  public Company(
      CompanyId id,
      int version,
      String code,
      TradeParty party,
      BankAccount account,
      Currency currency,
      String language,
      ZoneId timeZone,
      String website,
      String logo,
      String numberPrefix,
      int paymentDays,
      List<String> defaultChannels,
      String fallbackChannel,
      LocalDate fixedBillingDate,
      BigDecimal payableRounding) {
    this(
        id,
        version,
        code,
        party,
        account,
        currency,
        language,
        timeZone,
        website,
        logo,
        numberPrefix,
        paymentDays,
        defaultChannels,
        fallbackChannel,
        fixedBillingDate,
        payableRounding,
        InvoicingTerms.NONE);
  }

  public EmailAddress sender() {
    return new EmailAddress(party.email());
  }
}
