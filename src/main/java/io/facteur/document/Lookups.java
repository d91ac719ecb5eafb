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
  private final Map<String, Predecessor> predecessors;
  private final ExchangeRates.Known rates;
  private final Function<Company, LocalDate> today;

  Lookups(
      Collection<Company> companies,
      Collection<Contact> contacts,
      Collection<Contract> contracts,
      Collection<Predecessor> predecessors,
      ExchangeRates.Known rates,
      Function<Company, LocalDate> today) {
    this.companies = byKey(companies, Company::code);
    this.contactsByCode = byKey(contacts, Contact::code);
    this.contactsById = byKey(contacts, Contact::id);
    this.contracts = byKey(contracts, Contract::number);
    this.predecessors = byKey(predecessors, Predecessor::number);
    this.rates = rates;
    this.today = today;
  }

  /** A map that may be asked for null. A contact may be there twice, once without its addresses. */
  private static <K, V> Map<K, V> byKey(Collection<V> values, Function<V, K> key) {
    return new HashMap<>(values.stream().collect(toMap(key, identity(), (one, theSame) -> one)));
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
        predecessors,
        Predecessor::company,
        company);
    checkErased(checks, draft);
    Predecessor before = predecessors.get(draft.precedingDocument());
    if (before != null) {
      checkStep(checks, draft, before);
    }
  }

  /** Follows, in the chain, a document of the same customer and currency. */
  private void checkStep(Checks checks, NewDocument draft, Predecessor before) {
    Contact contact = contactsByCode.get(draft.contact());
    checks
        .rule(
            DocumentChain.allows(before.type(), draft.type()),
            "precedingDocument",
            DocumentChain.refusal(before.number(), before.type(), draft.type()))
        .rule(
            !erased(contactsById.get(before.contact()))
                && !erased(contactsById.get(before.deliveryContact())),
            "precedingDocument",
            "is of an erased contact: nothing follows it but credit notes, by its follow-ups")
        .rule(
            contact == null || contact.id().equals(before.contact()),
            "contact",
            "is not that of " + before.number() + ", which this document follows")
        .rule(
            draft.currency() == null
                || draft.currency().equals(before.currency().getCurrencyCode()),
            "currency",
            "must be %s, as of %s, which this document follows"
                .formatted(before.currency(), before.number()));
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

  /**
   * Fills in what the document leaves to the one that it follows, to contract, contact or company.
   * Only after the check.
   */
  DraftRows.Row complete(NewDocument draft) {
    Company company = companies.get(draft.company());
    Predecessor before = predecessors.get(draft.precedingDocument());
    Contract contract = contract(draft);
    Contact contact = contact(draft, before, contract);
    Currency currency = currency(draft, company);
    Amounts.Computed amounts =
        DraftRules.amounts(
            draft, currency.equals(company.currency()) ? company.payableRounding() : null);
    return new DraftRows.Row(
        draft,
        company,
        contact,
        deliverTo(draft, before, contract),
        contract,
        before,
        currency,
        first(
            draft.language(),
            of(before, Predecessor::language),
            of(contract, Contract::language),
            contact.language()),
        first(
            draft.paymentDays(),
            of(before, Predecessor::paymentDays),
            of(contract, Contract::paymentDays),
            company.paymentDays()),
        first(
            draft.buyerReference(),
            of(before, Predecessor::buyerReference),
            of(contract, Contract::buyerReference),
            contact.buyerReference()),
        first(
            draft.orderReference(),
            of(before, Predecessor::orderReferenceOfFollowers),
            of(contract, Contract::orderReference)),
        first(
            draft.printQueue(),
            of(before, Predecessor::printQueue),
            of(contract, Contract::printQueue)),
        own(draft, before),
        amounts,
        accountingTax(draft, company, currency, amounts),
        Map.of());
  }

  private Contract contract(NewDocument draft) {
    Predecessor before = predecessors.get(draft.precedingDocument());
    return contracts.get(first(draft.contract(), of(before, Predecessor::contract)));
  }

  private Contact contact(NewDocument draft, Predecessor before, Contract contract) {
    if (draft.contact() != null) {
      return contactsByCode.get(draft.contact());
    }
    return contactsById.get(before == null ? contract.contractingParty() : before.contact());
  }

  private Contact deliverTo(NewDocument draft, Predecessor before, Contract contract) {
    if (draft.deliveryContact() != null) {
      return contactsByCode.get(draft.deliveryContact());
    }
    if (draft.own().delivery() != null) {
      return null;
    }
    return contactsById.get(
        before == null ? of(contract, Contract::deliveryAddress) : before.deliveryContact());
  }

  private static OwnAddresses own(NewDocument draft, Predecessor before) {
    OwnAddresses given = draft.own();
    if (before == null) {
      return given;
    }
    boolean deliveredElsewhere = draft.deliveryContact() != null || given.delivery() != null;
    return new OwnAddresses(
        first(given.billing(), before.own().billing()),
        deliveredElsewhere ? given.delivery() : before.own().delivery());
  }

  private Currency currency(NewDocument draft, Company company) {
    if (draft.currency() != null) {
      return Currency.getInstance(draft.currency());
    }
    Contract contract = contract(draft);
    return first(
        of(predecessors.get(draft.precedingDocument()), Predecessor::currency),
        contract == null ? null : contract.terms().currency(),
        company.currency());
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

  private static <S, T> T of(S thing, Function<S, T> property) {
    return thing == null ? null : property.apply(thing);
  }

  private static <T> T first(T given, T otherwise) {
    return given != null ? given : otherwise;
  }

  private static <T> T first(T given, T second, T otherwise) {
    return first(given, first(second, otherwise));
  }

  private static <T> T first(T given, T second, T third, T otherwise) {
    return first(given, first(second, third, otherwise));
  }
}
