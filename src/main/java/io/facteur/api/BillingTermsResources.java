package io.facteur.api;

import static io.facteur.api.ContractResources.shortest;

import io.facteur.contract.AllowanceCharge;
import io.facteur.contract.BillingTerms;
import io.facteur.contract.ContractAllowance;
import io.facteur.contract.InstalmentPlan;
import io.facteur.contract.LineKind;
import io.facteur.contract.LinePrice;
import io.facteur.contract.LineTerms;
import io.facteur.contract.MinimumAmount;
import io.facteur.contract.Pause;
import io.facteur.party.Checks;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;

/** Translates the terms of contracts and their lines to JSON and back. */
final class BillingTermsResources {

  private BillingTermsResources() {}

  static BillingTerms terms(ContractResource body) {
    ContractResource.Minimum minimum = body.minimum();
    ContractResource.Instalments instalments = body.instalments();
    return new BillingTerms(
        body.currency() == null ? null : Currency.getInstance(body.currency()),
        given(body.allowances()).stream()
            .map(one -> new ContractAllowance(allowance(one), one.validFrom(), one.validTo()))
            .toList(),
        minimum == null
            ? null
            : new MinimumAmount(
                minimum.amount(),
                minimum.vatCategory(),
                minimum.vatRate(),
                minimum.exemptionReason()),
        given(body.pauses()).stream().map(pause -> new Pause(pause.from(), pause.to())).toList(),
        instalments == null
            ? null
            : new InstalmentPlan(instalments.intervalMonths(), instalments.billedThrough()));
  }

  static LineTerms lineTerms(ContractResource.Line line) {
    List<ContractResource.Allowance> allowances = given(line.allowances());
    Checks checks = new Checks();
    for (int i = 0; i < allowances.size(); i++) {
      checks.rule(
          allowances.get(i).validFrom() == null && allowances.get(i).validTo() == null,
          "lines.allowances[" + i + "].validFrom",
          "must be left out on a line: make a line of its own for those days");
    }
    checks.refuse();
    return new LineTerms(
        line.kind() == null ? LineKind.FIXED : line.kind(),
        line.meter(),
        given(line.prices()).stream()
            .map(
                price ->
                    new LinePrice(
                        price.validFrom(), price.validTo(), price.unitPrice(), price.vatRate()))
            .toList(),
        allowances.stream().map(BillingTermsResources::allowance).toList(),
        line.minimumAmount(),
        line.validFrom(),
        line.validTo());
  }

  private static AllowanceCharge allowance(ContractResource.Allowance allowance) {
    return new AllowanceCharge(
        Boolean.TRUE.equals(allowance.charge()),
        allowance.percent(),
        allowance.amount(),
        allowance.reason(),
        allowance.reasonCode(),
        allowance.vatCategory(),
        allowance.vatRate(),
        allowance.exemptionReason());
  }

  private static <T> List<T> given(List<T> list) {
    return list == null ? List.of() : list;
  }

  static List<ContractResource.Allowance> allowances(BillingTerms terms) {
    return terms.allowances().stream()
        .map(one -> resource(one.allowance(), one.validFrom(), one.validTo()))
        .toList();
  }

  static List<ContractResource.Allowance> allowances(LineTerms terms) {
    return terms.allowances().stream().map(one -> resource(one, null, null)).toList();
  }

  private static ContractResource.Allowance resource(
      AllowanceCharge allowance, LocalDate validFrom, LocalDate validTo) {
    return new ContractResource.Allowance(
        allowance.charge(),
        shortest(allowance.percent()),
        allowance.amount(),
        allowance.reason(),
        allowance.reasonCode(),
        allowance.vatCategory(),
        shortest(allowance.vatRate()),
        allowance.exemptionReason(),
        validFrom,
        validTo);
  }

  static List<ContractResource.Price> prices(LineTerms terms) {
    return terms.prices().stream()
        .map(
            price ->
                new ContractResource.Price(
                    price.validFrom(),
                    price.validTo(),
                    shortest(price.unitPrice()),
                    shortest(price.vatRate())))
        .toList();
  }

  static ContractResource.Minimum minimum(BillingTerms terms) {
    MinimumAmount minimum = terms.minimum();
    return minimum == null
        ? null
        : new ContractResource.Minimum(
            minimum.amount(),
            minimum.vatCategory(),
            shortest(minimum.vatRate()),
            minimum.exemptionReason());
  }

  static List<ContractResource.PauseDays> pauses(BillingTerms terms) {
    return terms.pauses().stream()
        .map(pause -> new ContractResource.PauseDays(pause.from(), pause.to()))
        .toList();
  }

  static ContractResource.Instalments instalments(BillingTerms terms) {
    InstalmentPlan plan = terms.instalments();
    return plan == null
        ? null
        : new ContractResource.Instalments(plan.intervalMonths(), plan.billedThrough());
  }
}
