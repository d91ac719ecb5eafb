package io.facteur.document;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The master data that a batch of new documents refers to, and how it completes them. */
final class Lookups {

  /** A document that another one corrects or follows. */
  record Preceding(long id, long company, DocumentType type) {}

  private final Map<String, MasterData.Company> companies;
  private final Map<String, MasterData.Contact> contactsByCode;
  private final Map<Long, MasterData.Contact> contactsById;
  private final Map<String, MasterData.Contract> contracts;
  private final Map<String, Preceding> preceding;

  Lookups(
      Map<String, MasterData.Company> companies,
      Collection<MasterData.Contact> contacts,
      Map<String, MasterData.Contract> contracts,
      Map<String, Preceding> preceding) {
    this.companies = companies;
    this.contactsByCode =
        contacts.stream().collect(Collectors.toMap(MasterData.Contact::code, Function.identity()));
    this.contactsById =
        contacts.stream().collect(Collectors.toMap(MasterData.Contact::id, Function.identity()));
    this.contracts = contracts;
    this.preceding = preceding;
  }

  /** References of the document that lead nowhere, or to another company. */
  List<FieldError> faults(NewDocument draft) {
    List<FieldError> errors = new ArrayList<>();
    MasterData.Company company = companies.get(draft.company());
    if (company == null) {
      return List.of(new FieldError("company", "there is no company " + draft.company()));
    }
    if (draft.currency() == null) {
      String fault = DraftRules.currencyFault(company.currency());
      if (fault != null) {
        errors.add(new FieldError("currency", fault));
      }
    }
    MasterData.Contract contract = contracts.get(draft.contract());
    Long contractCompany = contract == null ? null : contract.company();
    check(errors, "contract", draft.contract(), contractCompany, company);
    check(errors, "contact", draft.contact(), companyOf(draft.contact()), company);
    check(
        errors,
        "deliveryContact",
        draft.deliveryContact(),
        companyOf(draft.deliveryContact()),
        company);
    Preceding before = preceding.get(draft.precedingDocument());
    Long beforeCompany = before == null ? null : before.company();
    check(errors, "precedingDocument", draft.precedingDocument(), beforeCompany, company);
    if (before != null
        && draft.type() == DocumentType.CREDIT_NOTE
        && before.type() != DocumentType.INVOICE) {
      errors.add(new FieldError("precedingDocument", "a credit note corrects an invoice only"));
    }
    return errors;
  }

  private Long companyOf(String contactCode) {
    MasterData.Contact contact = contactsByCode.get(contactCode);
    return contact == null ? null : contact.company();
  }

  private static void check(
      List<FieldError> errors,
      String field,
      String given,
      Long foundCompany,
      MasterData.Company company) {
    if (given != null && (foundCompany == null || foundCompany != company.id())) {
      errors.add(
          new FieldError(field, "'" + given + "' does not exist in company " + company.code()));
    }
  }

  /** Fills in what the document leaves to contract, contact or company. Only without faults. */
  DraftRows.Row complete(NewDocument draft) {
    MasterData.Company company = companies.get(draft.company());
    MasterData.Contract contract = contracts.get(draft.contract());
    MasterData.Contact contact =
        draft.contact() == null
            ? contactsById.get(contract.contractingParty())
            : contactsByCode.get(draft.contact());
    MasterData.Contact deliverTo =
        draft.deliveryContact() == null
            ? of(contract, MasterData.Contract::deliveryAddress, contactsById)
            : contactsByCode.get(draft.deliveryContact());
    Preceding before = preceding.get(draft.precedingDocument());
    return new DraftRows.Row(
        draft,
        company,
        contact,
        deliverTo,
        contract == null ? null : contract.id(),
        before == null ? null : before.id(),
        first(draft.currency(), company.currency()),
        first(draft.language(), of(contract, MasterData.Contract::language), contact.language()),
        first(
            draft.paymentDays(),
            of(contract, MasterData.Contract::paymentDays),
            company.paymentDays()),
        first(
            draft.buyerReference(),
            of(contract, MasterData.Contract::buyerReference),
            contact.buyerReference()),
        first(draft.orderReference(), of(contract, MasterData.Contract::orderReference)),
        first(draft.printQueue(), of(contract, MasterData.Contract::printQueue)),
        Amounts.compute(draft.lines()));
  }

  private static <T> T of(MasterData.Contract contract, Function<MasterData.Contract, T> property) {
    return contract == null ? null : property.apply(contract);
  }

  private static <T> T of(
      MasterData.Contract contract,
      Function<MasterData.Contract, Long> property,
      Map<Long, T> things) {
    Long id = of(contract, property);
    return id == null ? null : things.get(id);
  }

  private static <T> T first(T given, T otherwise) {
    return given != null ? given : otherwise;
  }

  private static <T> T first(T given, T second, T otherwise) {
    return first(given, first(second, otherwise));
  }
}
