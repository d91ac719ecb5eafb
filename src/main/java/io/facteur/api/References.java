package io.facteur.api;

import io.facteur.party.Checks;
import io.facteur.party.Companies;
import io.facteur.party.Company;
import io.facteur.party.CompanyId;
import io.facteur.party.Contact;
import io.facteur.party.ContactId;
import io.facteur.party.Contacts;
import io.facteur.party.CurrentActor;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Codes of companies and contacts, which stand in JSON, and the ids that stand in the database. */
@Component
class References {

  private final Companies companies;
  private final Contacts contacts;
  private final CurrentActor actor;

  References(Companies companies, Contacts contacts, CurrentActor actor) {
    this.companies = companies;
    this.contacts = contacts;
    this.actor = actor;
  }

  /**
   * The companies that a list tells of: that of the code, or all that the user sees.
   *
   * @return null for all there are
   */
  Set<CompanyId> companies(Checks checks, String field, String code) {
    CompanyId company = company(checks, field, code);
    if (company != null) {
      return Set.of(company);
    }
    return actor.limitedTo().isEmpty() ? null : actor.limitedTo();
  }

  /**
   * Null for null, and for an unknown code, which {@code checks} then knows. What the user does not
   * see is unknown.
   */
  CompanyId company(Checks checks, String field, String code) {
    if (code == null || code.isBlank()) {
      return null;
    }
    CompanyId id = companies.byCode(code).map(Company::id).filter(actor::sees).orElse(null);
    checks.rule(id != null, field, "there is no company '" + code + "'");
    return id;
  }

  /** As {@link #company}. */
  ContactId contact(Checks checks, String field, String code) {
    if (code == null || code.isBlank()) {
      return null;
    }
    ContactId id =
        contacts
            .byCode(code)
            .filter(contact -> actor.sees(contact.company()))
            .map(Contact::id)
            .orElse(null);
    checks.rule(id != null, field, "there is no contact '" + code + "'");
    return id;
  }

  Map<CompanyId, String> companyCodes(Collection<CompanyId> ids) {
    return companies.byIds(ids).stream().collect(Collectors.toMap(Company::id, Company::code));
  }

  Map<ContactId, String> contactCodes(Collection<ContactId> ids) {
    return contacts.byIds(ids).stream().collect(Collectors.toMap(Contact::id, Contact::code));
  }
}
