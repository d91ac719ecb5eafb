package io.facteur.contract;

import java.util.Currency;
import java.util.List;

/**
 * What of a contract's billing goes beyond its schedule and lines.
 *
 * @param currency of its documents; null: the company's
 * @param allowances allowances and charges on its documents as a whole
 * @param minimum null if there is none
 * @param pauses in the order of their days
 * @param instalments null if it is billed without (BILL-7)
 */
public record BillingTerms(
    Currency currency,
    List<ContractAllowance> allowances,
    MinimumAmount minimum,
    List<Pause> pauses,
    InstalmentPlan instalments) {

  public static final BillingTerms NONE = new BillingTerms(null, List.of(), null, List.of(), null);

  public BillingTerms {
    allowances = List.copyOf(allowances);
    pauses = List.copyOf(pauses);
  }
}
