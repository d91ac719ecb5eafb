package io.facteur.document;

import io.facteur.party.Company;
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
 */
public record Seller(
    String companyCode,
    TradeParty party,
    String iban,
    String bic,
    String bankName,
    String website,
    String logo) {

  /** The company as it stands now. */
  static Seller of(Company company) {
    return new Seller(
        company.code(),
        company.party(),
        company.account().iban(),
        company.account().bic(),
        company.account().bankName(),
        company.website(),
        company.logo());
  }
}
