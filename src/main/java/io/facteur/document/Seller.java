package io.facteur.document;

import io.facteur.party.Company;
import io.facteur.party.InvoicingTerms;
import io.facteur.party.TradeParty;

/**
 * The issuing company as it stands on a document: who sells (BG-4) and where to pay (BG-17).
 *
 * @param companyCode Facteur's own code of the company
 * @param party name, address, identifiers, contact
 * @param iban BT-84
 * @param bic BT-86; null if none
 * @param bankName null if none
 * @param website null if none
 * @param logo file name under {@code templates/assets}; null if none
 * @param invoicing identifiers, ways to pay, notes
 */
public record Seller(
    String companyCode,
    TradeParty party,
    String iban,
    String bic,
    String bankName,
    String website,
    String logo,
    InvoicingTerms invoicing) {

  public Seller {
    invoicing = invoicing == null ? InvoicingTerms.NONE : invoicing;
  }

  /** One whose bills say nothing special. */
  public Seller(
      String companyCode,
      TradeParty party,
      String iban,
      String bic,
      String bankName,
      String website,
      String logo) {
    this(companyCode, party, iban, bic, bankName, website, logo, InvoicingTerms.NONE);
  }

  /** The company as it stands now. */
  public static Seller of(Company company) {
    return new Seller(
        company.code(),
        reachable(company.party()),
        company.account().iban(),
        company.account().bic(),
        company.account().bankName(),
        company.website(),
        company.logo(),
        company.invoicing());
  }

  /** BT-34: without an address in a network of e-invoices it is reached by e-mail. */
  private static TradeParty reachable(TradeParty party) {
    return party.endpoint() != null
        ? party
        : new TradeParty(
            party.name(),
            party.additionalName(),
            party.address(),
            party.vatId(),
            party.registrationId(),
            party.registrationScheme(),
            new TradeParty.Endpoint("EM", party.email()),
            party.contactName(),
            party.phone(),
            party.email());
  }
}
