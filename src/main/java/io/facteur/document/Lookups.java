package io.facteur.document;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import io.facteur.contract.Contract;
import io.facteur.party.Checks;
import io.facteur.party.Company;
import io.facteur.party.CompanyId;
import io.facteur.party.Contact;
import io.facteur.party.ContactId;
import io.facteur.party.ExchangeRates;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
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
  private final ExchangeRates.Known rates;
  private final Function<Company, LocalDate> today;

  Lookups(
      Collection<Company> companies,
      Collection<Contact> contacts,
      Collection<Contract> contracts,
      Collection<DocumentHead> preceding,
      ExchangeRates.Known rates,
      Function<Company, LocalDate> today) {
    this.companies = byKey(companies, Company::code);
    this.contactsByCode = byKey(contacts, Contact::code);
    this.contactsById = byKey(contacts, Contact::id);
    this.contracts = byKey(contracts, Contract::number);
    this.preceding = byKey(preceding, DocumentHead::number);
    this.rates = rates;
    this.today = today;
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
    Currency currency = currency(draft, company);
    DraftRules.checkDecimals(checks, currency);
    checks.rule(
        currency.equals(company.currency()) || rate(draft, company, currency) != null,
        "currency",
        "there is no exchange rate from %s to %s on %s: add one"
            .formatted(currency, company.currency(), rateDay(draft, company)));
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
    checkErased(checks, draft);
    DocumentHead before = preceding.get(draft.precedingDocument());
    checks.rule(
        before == null || draft.type() != DocumentType.CREDIT_NOTE || before.type().isBill(),
        "precedingDocument",
        "must be an invoice: a credit note corrects nothing else");
  }

  /** A credit note over a kept invoice takes its parties from that, and does not come by here. */
  private void checkErased(Checks checks, NewDocument draft) {
    Contract contract = contracts.get(draft.contract());
    checks
        .rule(!erased(contactsByCode.get(draft.contact())), "contact", "is erased: choose another")
        .rule(
            !erased(contactsByCode.get(draft.deliveryContact())),
            "deliveryContact",
            "is erased: choose another")
        .rule(
            !erased(contactsById.get(of(contract, Contract::contractingParty)))
                && !erased(contactsById.get(of(contract, Contract::deliveryAddress))),
            "contract",
            "is one of an erased contact: nothing more is billed by it");
  }

  private static boolean erased(Contact contact) {
    return contact != null && contact.erased();
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
    Currency currency = currency(draft, company);
    Amounts.Computed amounts =
        DraftRules.amounts(
            draft, currency.equals(company.currency()) ? company.payableRounding() : null);
    return new DraftRows.Row(
        draft,
        company,
        contact,
        deliverTo,
        contract,
        preceding.get(draft.precedingDocument()),
        currency,
        first(draft.language(), of(contract, Contract::language), contact.language()),
        first(draft.paymentDays(), of(contract, Contract::paymentDays), company.paymentDays()),
        first(
            draft.buyerReference(),
            of(contract, Contract::buyerReference),
            contact.buyerReference()),
        first(draft.orderReference(), of(contract, Contract::orderReference)),
        first(draft.printQueue(), of(contract, Contract::printQueue)),
        amounts,
        accountingTax(draft, company, currency, amounts));
  }

  private Currency currency(NewDocument draft, Company company) {
    if (draft.currency() != null) {
      return Currency.getInstance(draft.currency());
    }
    Contract contract = contracts.get(draft.contract());
    return first(contract == null ? null : contract.terms().currency(), company.currency());
  }

  private LocalDate rateDay(NewDocument draft, Company company) {
    LocalDate day = draft.billing().rateDay();
    return day == null ? today.apply(company) : day;
  }

  private BigDecimal rate(NewDocument draft, Company company, Currency currency) {
    return rates.on(rateDay(draft, company), company.id(), currency);
  }

  private AccountingTax accountingTax(
      NewDocument draft, Company company, Currency currency, Amounts.Computed amounts) {
    if (currency.equals(company.currency())) {
      return null;
    }
    BigDecimal rate = rate(draft, company, currency);
    return new AccountingTax(
        company.currency(),
        rate,
        amounts.totals().tax().multiply(rate).setScale(2, RoundingMode.HALF_UP));
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
