package io.facteur.run;

import io.facteur.billing.BilledChunk;
import io.facteur.billing.Billing;
import io.facteur.billing.BillingDay;
import io.facteur.billing.BillingOrder;
import io.facteur.billing.BillingPosition;
import io.facteur.billing.CatchUp;
import io.facteur.billing.RunProblems;
import io.facteur.delivery.IssueOrder;
import io.facteur.delivery.IssueResult;
import io.facteur.document.DocumentId;
import io.facteur.party.Companies;
import io.facteur.party.Company;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The steps of a billing run, in the order in which {@code routes/billing.camel.yaml} takes them.
 * Any step may be taken again, by any node: what is billed is not billed twice, and what a killed
 * node has billed but not issued is issued at the end.
 */
@Component
public class BillingRuns {

  private static final Logger log = LoggerFactory.getLogger(BillingRuns.class);

  private static final int CHUNK = 200;

  private final Runs runs;
  private final Billing billing;
  private final RunProblems problems;
  private final Companies companies;
  private final BillingDay day;

  BillingRuns(
      Runs runs, Billing billing, RunProblems problems, Companies companies, BillingDay day) {
    this.runs = runs;
    this.billing = billing;
    this.problems = problems;
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
    RunStart start =
        runs.start(RunKind.BILLING, company.id(), day.today(company), "schedule " + companyCode);
    log.info("company {}: billing run {}", companyCode, start.run().value());
  }

  /** Billing runs that still make their documents. */
  public List<Run> running() {
    return runs.inState(RunState.RUNNING).stream()
        .filter(run -> run.kind() == RunKind.BILLING)
        .toList();
  }

  public BillingStep first(Run run) {
    return step(run, BillingPosition.START, null, List.of(), true);
  }

  /**
   * Bills the next chunk; when nothing is left to bill, looks for drafts that wait to be issued.
   */
  public BillingStep next(BillingStep step) {
    Run run = step.run();
    if (step.position() != null) {
      BilledChunk chunk =
          billing.billDue(
              new BillingOrder(
                  run.id(), run.company(), run.asOf(), CatchUp.none(), CHUNK, run.startedBy()),
              step.position());
      return step(run, chunk.next(), null, chunk.toIssue(), true);
    }
    List<DocumentId> left = billing.draftsToIssue(run.id(), step.after(), CHUNK);
    return left.isEmpty()
        ? step(run, null, step.after(), left, false)
        : step(run, null, left.get(left.size() - 1), left, true);
  }

  /** Notes what could not be issued, so that the run does not wait for it. */
  public void issued(BillingStep step, IssueResult result) {
    result.problems().forEach(problem -> problems.addForDraft(problem.draft(), problem.reason()));
    if (!result.issued().isEmpty()) {
      log.info("run {}: {} documents issued", step.run().id().value(), result.issued().size());
    }
  }

  /** All documents are made; from now on the run only waits for its deliveries. */
  public void finish(BillingStep step) {
    if (runs.documentsMade(step.run().id())) {
      log.info("run {}: all documents are made", step.run().id().value());
    }
  }

  private BillingStep step(
      Run run, BillingPosition position, DocumentId after, List<DocumentId> toIssue, boolean more) {
    IssueOrder order = new IssueOrder(toIssue, day.today(run.company()), run.startedBy());
    return new BillingStep(run, position, after, order, more);
  }
}
