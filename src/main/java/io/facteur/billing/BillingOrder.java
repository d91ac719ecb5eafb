package io.facteur.billing;

import io.facteur.document.RunId;
import io.facteur.party.CompanyId;
import java.time.LocalDate;

/**
 * What a run is to bill.
 *
 * @param asOf everything that is due on this day, or was before
 * @param chunk contracts in one transaction
 * @param actor who has asked for it
 */
public record BillingOrder(RunId run, CompanyId company, LocalDate asOf, int chunk, String actor) {

  public BillingOrder {
    if (chunk < 1 || chunk > 1_000) {
      throw new IllegalArgumentException("a chunk of " + chunk + " contracts: 1 to 1000 can be");
    }
  }
}
