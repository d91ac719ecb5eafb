package io.facteur.run;

import io.facteur.billing.BillingDay;
import io.facteur.party.Companies;
import io.facteur.party.Company;
import io.facteur.party.Refusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Starts runs when a schedule in the routes says so. */
@Component
public class ScheduledRuns {

  private static final Logger log = LoggerFactory.getLogger(ScheduledRuns.class);

  private final Runs runs;
  private final Companies companies;
  private final BillingDay day;

  ScheduledRuns(Runs runs, Companies companies, BillingDay day) {
    this.runs = runs;
    this.companies = companies;
    this.day = day;
  }

  /** Starts a company's run for its present day, by its schedule. */
  public void start(String companyCode) {
    Company company = companies.byCode(companyCode).orElse(null);
    if (company == null) {
      log.warn(
          "a schedule in routes/billing.camel.yaml names company {}, which does not exist",
          companyCode);
      return;
    }
    try {
      RunStart start =
          runs.start(RunKind.BILLING, company.id(), day.today(company), "schedule " + companyCode);
      log.info("company {}: billing run {}", companyCode, start.run().value());
    } catch (Refusal refusal) {
      log.warn("company {}: no billing run: {}", companyCode, refusal.getMessage());
    }
  }
}
