package io.facteur.document;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import io.facteur.contract.Contract;
import io.facteur.party.Checks;
import io.facteur.party.Company;
import io.facteur.party.CompanyId;
import io.facteur.party.Contact;
import io.facteur.party.ContactId;
import java.util.Collection;
import java.util.Currency;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** The master data that a batch of new documents refers to, and how it completes them. */
final class Lookups {

  private final Map<String, Company> companies;
  private final Map<String, Contact> contactsByCode;
  private final Map<ContactId, Contact> contactsById;
  private final Map<String, Contract> contracts;
  private final Map<String, DocumentHead> preceding;

  Lookups(
      Collection<Company> companies,
      Collection<Contact> contacts,
      Collection<Contract> contracts,
      Collection<DocumentHead> preceding) {
    this.companies = byKey(companies, Company::code);
    this.contactsByCode = byKey(contacts, Contact::code);
    this.contactsById = byKey(contacts, Contact::id);
    this.contracts = byKey(contracts, Contract::number);
    this.preceding = byKey(preceding, DocumentHead::number);
  }

  /** A map that may be asked for null. */
  private static <K, V> Map<K, V> byKey(Collection<V> values, Function<V, K> key) {
    return new HashMap<>(values.stream().collect(toMap(key, identity())));
  }

  /** References of the document that lead nowhere, or to another company. */
  void check(Checks checks, NewDocument draft) {
    Company company = companies.get(draft.company());
    if (company == null) {
      checks.problem("company", "there is no company '" + draft.company() + "'");
      return;
    }
    DraftRules.checkDecimals(checks, currency(draft, company));
    refersTo(checks, "contract", draft.contract(), contracts, Contract::company, company);
    refersTo(checks, "contact", draft.contact(), contactsByCode, Contact::company, company);
    refersTo(
        checks,
        "deliveryContact",
        draft.deliveryContact(),
        contactsByCode,
        Contact::company,
        company);
    refersTo(
        checks,
        "precedingDocument",
        draft.precedingDocument(),
        preceding,
        DocumentHead::company,
        company);
    DocumentHead before = preceding.get(draft.precedingDocument());
    checks.rule(
        before == null
            || draft.type() != DocumentType.CREDIT_NOTE
            || before.type() == DocumentType.INVOICE,
        "precedingDocument",
        "must be an invoice: a credit note corrects nothing else");
  }

  private static <T> void refersTo(
      Checks checks,
      String field,
      String key,
      Map<String, T> things,
      Function<T, CompanyId> owner,
      Company company) {
    T thing = things.get(key);
    checks.rule(
        key == null || (thing != null && owner.apply(thing).equals(company.id())),
        field,
        "there is no '" + key + "' in company " + company.code());
  }

  /** Fills in what the document leaves to contract, contact or company. Only after the check. */
  DraftRows.Row complete(NewDocument draft) {
    Company company = companies.get(draft.company());
    Contract contract = contracts.get(draft.contract());
    Contact contact =
        draft.contact() == null
            ? contactsById.get(contract.contractingParty())
            : contactsByCode.get(draft.contact());
    Contact deliverTo =
        draft.deliveryContact() == null
            ? contactsById.get(of(contract, Contract::deliveryAddress))
            : contactsByCode.get(draft.deliveryContact());
    return new DraftRows.Row(
        draft,
        company,
        contact,
        deliverTo,
        contract,
        preceding.get(draft.precedingDocument()),
        currency(draft, company),
        first(draft.language(), of(contract, Contract::language), contact.language()),
        first(draft.paymentDays(), of(contract, Contract::paymentDays), company.paymentDays()),
        first(
            draft.buyerReference(),
            of(contract, Contract::buyerReference),
            contact.buyerReference()),
        first(draft.orderReference(), of(contract, Contract::orderReference)),
        first(draft.printQueue(), of(contract, Contract::printQueue)),
        Amounts.compute(draft.lines()));
  }

  private static Currency currency(NewDocument draft, Company company) {
    return draft.currency() == null ? company.currency() : Currency.getInstance(draft.currency());
  }

  private static <T> T of(Contract contract, Function<Contract, T> property) {
    return contract == null ? null : property.apply(contract);
  }

  private static <T> T first(T given, T otherwise) {
    return given != null ? given : otherwise;
  }

  private static <T> T first(T given, T second, T otherwise) {
    return first(given, first(second, otherwise));
  }
}
