package io.facteur.run;

import io.facteur.billing.BilledChunk;
import io.facteur.billing.Billing;
import io.facteur.billing.BillingDay;
import io.facteur.billing.BillingOrder;
import io.facteur.billing.BillingPosition;
import io.facteur.billing.RunProblems;
import io.facteur.delivery.IssueOrder;
import io.facteur.delivery.IssueOrder.Meanwhile;
import io.facteur.delivery.IssueResult;
import io.facteur.delivery.journal.Installation;
import io.facteur.document.DocumentId;
import io.facteur.party.Counted;
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
  private final BillingDay day;
  private final RunPace pace;
  private final Installation installation;

  BillingRuns(
      Runs runs,
      Billing billing,
      RunProblems problems,
      BillingDay day,
      RunPace pace,
      Installation installation) {
    this.runs = runs;
    this.billing = billing;
    this.problems = problems;
    this.day = day;
    this.pace = pace;
    this.installation = installation;
  }

  /** Billing runs that still make their documents; none while the database is held. */
  public List<Run> running() {
    if (!installation.goesOn()) {
      return List.of();
    }
    return runs.inState(RunState.RUNNING).stream()
        .filter(run -> run.kind() == RunKind.BILLING)
        .toList();
  }

  /** Begins at the first contract, having counted what there is to do if nobody has. */
  public BillingStep first(Run run) {
    if (run.due() == null) {
      runs.counted(run.id(), billing.countDue(order(run)));
    }
    return new BillingStep(run, BillingPosition.START, null, false, order(run, List.of()), true);
  }

  /**
   * Bills the next chunk; when nothing is left to bill, looks for drafts that wait to be issued:
   * first for those that nobody holds, as other nodes issue theirs at the same time, then for what
   * is left. No step follows when the run is stopped, or the database is held.
   */
  public BillingStep next(BillingStep step) {
    Run run = step.run();
    if (runs.get(run.id()).state() != RunState.RUNNING || !installation.goesOn()) {
      return new BillingStep(run, null, step.after(), true, order(run, List.of()), false);
    }
    pace.look(run.id());
    if (step.position() != null) {
      BilledChunk chunk = billing.billDue(order(run), step.position());
      return new BillingStep(run, chunk.next(), null, false, order(run, chunk.toIssue()), true);
    }
    List<DocumentId> left = billing.draftsToIssue(run.id(), step.after(), CHUNK);
    if (left.isEmpty()) {
      return new BillingStep(run, null, null, true, order(run, left), !step.waiting());
    }
    DocumentId last = left.get(left.size() - 1);
    IssueOrder order = step.waiting() ? order(run, left).awaited() : order(run, left);
    return new BillingStep(run, null, last, step.waiting(), order, true);
  }

  /** Notes what could not be issued, so that the run does not wait for it. */
  public void issued(BillingStep step, IssueResult result) {
    result.problems().forEach(problem -> problems.addForDraft(problem.draft(), problem.reason()));
    if (!result.issued().isEmpty()) {
      log.info(
          "run {}: {} issued",
          step.run().id().value(),
          Counted.of(result.issued().size(), "document"));
    }
  }

  /** All documents are made; from now on the run only waits for its deliveries. */
  public void finish(BillingStep step) {
    pace.forget(step.run().id());
    if (!installation.goesOn()) {
      return;
    }
    if (runs.documentsMade(step.run().id(), step.run().turn())) {
      log.info("run {}: all documents are made", step.run().id().value());
    }
  }

  private static BillingOrder order(Run run) {
    return new BillingOrder(run.id(), run.company(), run.asOf(), CHUNK, run.startedBy());
  }

  private IssueOrder order(Run run, List<DocumentId> toIssue) {
    return new IssueOrder(toIssue, day.today(run.company()), run.startedBy(), Meanwhile.LEFT);
  }
}
