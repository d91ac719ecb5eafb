package io.facteur.api;

import io.facteur.contract.BillingSchedule;
import io.facteur.contract.Contract;
import io.facteur.contract.ContractId;
import io.facteur.contract.ContractLine;
import io.facteur.party.Checks;
import io.facteur.party.CompanyId;
import io.facteur.party.ContactId;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Translates contracts to JSON and back. */
@Component
class ContractResources {

  private final References references;

  ContractResources(References references) {
    this.references = references;
  }

  ContractResource of(Contract contract) {
    return of(List.of(contract)).get(0);
  }

  List<ContractResource> of(List<Contract> contracts) {
    Map<CompanyId, String> companies =
        references.companyCodes(contracts.stream().map(Contract::company).toList());
    Map<ContactId, String> contacts =
        references.contactCodes(
            contracts.stream()
                .flatMap(one -> Stream.of(one.contractingParty(), one.deliveryAddress()))
                .filter(Objects::nonNull)
                .toList());
    return contracts.stream().map(one -> resource(one, companies, contacts)).toList();
  }

  /** A new contract as it is to be saved. */
  Contract created(ContractResource body) {
    Checks checks = new Checks();
    checks.required("company", body.company());
    CompanyId company = references.company(checks, "company", body.company());
    return contract(body, checks, null, 0, company, body.number());
  }

  /** A contract as it is to be replaced. */
  Contract changed(ContractResource body, Contract before, int expectedVersion) {
    Checks checks = new Checks();
    checks.rule(
        body.number() == null || body.number().equals(before.number()),
        "number",
        "a number stays as it is: leave it out or repeat it");
    CompanyId company =
        body.company() == null
            ? before.company()
            : references.company(checks, "company", body.company());
    return contract(body, checks, before.id(), expectedVersion, company, before.number());
  }

  private Contract contract(
      ContractResource body,
      Checks checks,
      ContractId id,
      int version,
      CompanyId company,
      String number) {
    ContactId party = references.contact(checks, "contractingParty", body.contractingParty());
    ContactId delivery = references.contact(checks, "deliveryAddress", body.deliveryAddress());
    checks.currency("currency", body.currency());
    checks.refuse();
    return new Contract(
        id,
        version,
        company,
        number,
        party,
        delivery,
        body.start(),
        body.end(),
        body.language(),
        body.paymentDays(),
        body.buyerReference(),
        body.orderReference(),
        body.printQueue(),
        body.schedule() == null ? null : schedule(body.schedule()),
        lines(body),
        BillingTermsResources.terms(body));
  }

  private static BillingSchedule schedule(ContractResource.Schedule schedule) {
    return new BillingSchedule(
        schedule.intervalMonths(),
        schedule.timing(),
        schedule.anchorDay() == null ? 1 : schedule.anchorDay(),
        schedule.billedThrough(),
        schedule.releasePolicy() == null
            ? BillingSchedule.ReleasePolicy.DRAFT
            : schedule.releasePolicy());
  }

  private static List<ContractLine> lines(ContractResource body) {
    List<ContractLine> lines = new ArrayList<>();
    for (ContractResource.Line line :
        body.lines() == null ? List.<ContractResource.Line>of() : body.lines()) {
      lines.add(
          new ContractLine(
              line.position() == null ? lines.size() + 1 : line.position(),
              line.name(),
              line.description(),
              line.quantity(),
              line.unitCode(),
              line.unitPrice(),
              line.baseQuantity() == null ? BigDecimal.ONE : line.baseQuantity(),
              line.discountPercent() == null ? BigDecimal.ZERO : line.discountPercent(),
              line.vatCategory(),
              line.vatRate(),
              line.exemptionReason(),
              BillingTermsResources.lineTerms(line)));
    }
    return lines;
  }

  private static ContractResource resource(
      Contract contract, Map<CompanyId, String> companies, Map<ContactId, String> contacts) {
    return new ContractResource(
        contract.number(),
        contract.version(),
        companies.get(contract.company()),
        contacts.get(contract.contractingParty()),
        contract.deliveryAddress() == null ? null : contacts.get(contract.deliveryAddress()),
        contract.start(),
        contract.end(),
        contract.language(),
        contract.paymentDays(),
        contract.buyerReference(),
        contract.orderReference(),
        contract.printQueue(),
        contract.terms().currency() == null ? null : contract.terms().currency().getCurrencyCode(),
        contract.schedule() == null ? null : resource(contract.schedule()),
        BillingTermsResources.instalments(contract.terms()),
        contract.lines().stream().map(ContractResources::resource).toList(),
        BillingTermsResources.allowances(contract.terms()),
        BillingTermsResources.minimum(contract.terms()),
        BillingTermsResources.pauses(contract.terms()));
  }

  private static ContractResource.Schedule resource(BillingSchedule schedule) {
    return new ContractResource.Schedule(
        schedule.intervalMonths(),
        schedule.timing(),
        schedule.anchorDay(),
        schedule.billedThrough(),
        schedule.releasePolicy());
  }

  private static ContractResource.Line resource(ContractLine line) {
    return new ContractResource.Line(
        line.position(),
        line.name(),
        line.description(),
        line.terms().kind(),
        line.terms().meter(),
        shortest(line.quantity()),
        line.unitCode(),
        shortest(line.unitPrice()),
        shortest(line.baseQuantity()),
        shortest(line.discountPercent()),
        line.vatCategory(),
        shortest(line.vatRate()),
        line.exemptionReason(),
        BillingTermsResources.prices(line.terms()),
        BillingTermsResources.allowances(line.terms()),
        shortest(line.terms().minimumAmount()),
        line.terms().validFrom(),
        line.terms().validTo());
  }

  /** Without the zeros that the column adds; never in exponents. */
  static BigDecimal shortest(BigDecimal number) {
    if (number == null) {
      return null;
    }
    BigDecimal stripped = number.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }
}
