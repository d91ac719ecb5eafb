package io.facteur.billing;

import io.facteur.party.Companies;
import io.facteur.party.Company;
import io.facteur.party.CompanyId;
import io.facteur.party.Refusal;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import org.springframework.stereotype.Component;

/** Tells which day it is for a company: in its own time zone, or the day that is fixed for it. */
@Component
public class BillingDay {

  private final Companies companies;
  private final Clock clock;

  BillingDay(Companies companies, Clock clock) {
    this.companies = companies;
    this.clock = clock;
  }

  /**
   * Today, for that company.
   *
   * @throws Refusal if there is no such company
   */
  public LocalDate today(CompanyId company) {
    return today(found(company));
  }

  /** Whether that company's day stands still: a setting for trying things out. */
  public boolean isFixed(CompanyId company) {
    return found(company).fixedBillingDate() != null;
  }

  public LocalDate today(Company company) {
    return company.fixedBillingDate() == null
        ? LocalDate.now(clock.withZone(company.timeZone()))
        : company.fixedBillingDate();
  }

  private Company found(CompanyId company) {
    return companies.byIds(List.of(company)).stream()
        .findFirst()
        .orElseThrow(() -> Refusal.notFound("company", String.valueOf(company.value())));
  }
}
