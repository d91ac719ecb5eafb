package io.facteur.billing;

import io.facteur.contract.Contract;
import io.facteur.contract.ContractId;
import io.facteur.contract.ContractLine;
import io.facteur.contract.LineKind;
import io.facteur.document.BillingRevisions;
import io.facteur.document.Instalments;
import io.facteur.metering.MeteredQuantities;
import io.facteur.party.Company;
import io.facteur.party.Contact;
import io.facteur.party.ContactId;
import io.facteur.party.Contacts;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Prepares what contracts are to be invoiced: reads what is needed beside the contracts, and which
 * of their periods were billed before.
 */
@Component
class ContractPreparation {

  private record Language(String language, String country) {}

  private final MeteredQuantities quantities;
  private final Instalments instalments;
  private final Contacts contacts;
  private final BillingRevisions revisions;

  ContractPreparation(
      MeteredQuantities quantities,
      Instalments instalments,
      Contacts contacts,
      BillingRevisions revisions) {
    this.quantities = quantities;
    this.instalments = instalments;
    this.contacts = contacts;
    this.revisions = revisions;
  }

  /** For each contract, in the order given. Nothing is written or locked. */
  List<ContractInvoices> prepare(
      List<Contract> contracts, Company company, LocalDate asOf, CatchUp catchUp) {
    BillingInputs inputs = inputs(contracts, company, asOf, catchUp);
    List<ContractInvoices> invoices =
        contracts.stream().map(contract -> ContractInvoices.of(contract, inputs)).toList();
    Map<BillingRevisions.Billed, BillingRevisions.Next> next =
        revisions.next(invoices.stream().flatMap(ContractInvoices::billed).toList());
    return invoices.stream().map(one -> one.revised(next)).toList();
  }

  private BillingInputs inputs(
      List<Contract> contracts, Company company, LocalDate asOf, CatchUp catchUp) {
    return new BillingInputs(
        company,
        asOf,
        catchUp,
        quantities.waiting(
            those(contracts, contract -> contract.lines().stream().anyMatch(this::isMetered))),
        instalments.open(ids(contracts)),
        words(contracts, company));
  }

  private boolean isMetered(ContractLine line) {
    return line.terms().kind() == LineKind.METERED;
  }

  private static List<ContractId> those(List<Contract> contracts, Predicate<Contract> which) {
    return ids(contracts.stream().filter(which).toList());
  }

  private static List<ContractId> ids(List<Contract> contracts) {
    return contracts.stream().map(Contract::id).toList();
  }

  /** The contracting parties' languages are read when the first contract asks for one. */
  private Function<Contract, BillingWords> words(List<Contract> contracts, Company company) {
    Map<ContactId, String> languages = new HashMap<>();
    Map<Language, BillingWords> words = new HashMap<>();
    return contract -> {
      if (contract.language() == null && languages.isEmpty()) {
        languages.putAll(languages(contracts));
      }
      String language =
          contract.language() == null
              ? languages.get(contract.contractingParty())
              : contract.language();
      return words.computeIfAbsent(
          new Language(language, company.party().address().country()),
          known -> BillingWords.of(known.language(), known.country()));
    };
  }

  private Map<ContactId, String> languages(List<Contract> contracts) {
    return contacts
        .partiesByIds(
            contracts.stream()
                .filter(contract -> contract.language() == null)
                .map(Contract::contractingParty)
                .collect(Collectors.toSet()))
        .stream()
        .collect(Collectors.toMap(Contact::id, Contact::language));
  }
}
