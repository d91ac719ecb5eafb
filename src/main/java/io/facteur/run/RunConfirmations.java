package io.facteur.run;

import io.facteur.billing.RunProblems;
import io.facteur.billing.WaitingDrafts;
import io.facteur.document.DocumentId;
import io.facteur.document.RunId;
import io.facteur.party.AuditLog;
import io.facteur.party.Checks;
import io.facteur.party.Counted;
import io.facteur.party.CurrentActor;
import io.facteur.party.Refusal;
import io.facteur.run.Confirmation.What;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes a person's word for what a run may not do by itself: bill several missed periods (BILL-2),
 * issue drafts that are to be looked at (BILL-6). The count that is confirmed must be the right
 * one; then the run makes, or issues, exactly those (DISP-8).
 */
@Service
public class RunConfirmations {

  private static final int MAX_CHOSEN = 1_000;

  private final RunStops runs;
  private final RunProblems problems;
  private final WaitingDrafts drafts;
  private final AuditLog audit;
  private final CurrentActor actor;

  RunConfirmations(
      RunStops runs,
      RunProblems problems,
      WaitingDrafts drafts,
      AuditLog audit,
      CurrentActor actor) {
    this.runs = runs;
    this.problems = problems;
    this.drafts = drafts;
    this.audit = audit;
    this.actor = actor;
  }

  /** What waits, for the count that a confirmation has to name. */
  public WaitsForConfirmation waiting(RunId run) {
    RunProblems.Missed missed = problems.missed(run, List.of());
    return new WaitsForConfirmation(
        missed.contracts(), missed.periods(), drafts.count(run, WaitingDrafts.Selection.ALL));
  }

  /**
   * Confirms, and lets the run go on: it makes documents once more, also if it had completed.
   *
   * @throws Refusal if what is chosen does not wait, the count is another, or the run is stopped;
   *     then nothing has changed
   */
  @Transactional(isolation = Isolation.READ_COMMITTED)
  public void confirm(RunId id, Confirmation confirmation) {
    check(confirmation);
    Run run = runs.lock(id);
    if (run.state() == RunState.PAUSED) {
      throw Refusal.conflict("run", "run %d is paused: resume it first".formatted(id.value()));
    }
    if (run.state() == RunState.CANCELLED || run.state() == RunState.FAILED) {
      throw Refusal.conflict(
          "run", "run %d is %s: start another one".formatted(id.value(), run.state()));
    }
    What what = what(id, confirmation);
    if (what == What.MISSED_PERIODS) {
      confirmMissed(id, confirmation);
    } else {
      release(id, confirmation);
    }
    runs.goOn(id);
    audit.record("run.confirm", "run:" + id.value(), null, recorded(what, confirmation));
  }

  /** Nothing selected means nothing sent (DISP-8): an empty list is no way to say "all". */
  private static void check(Confirmation confirmation) {
    Checks checks = new Checks();
    checks.required("count", confirmation.count());
    checks.between("count", confirmation.count(), 1, Integer.MAX_VALUE);
    checkChosen(checks, "contracts", confirmation.contracts());
    checkChosen(checks, "documents", confirmation.documents());
    checks.rule(
        confirmation.documents() == null || confirmation.what() != What.MISSED_PERIODS,
        "documents",
        "missed periods have none yet: choose contracts, or leave it out for all");
    checks.refuse();
  }

  private static void checkChosen(Checks checks, String field, List<?> chosen) {
    if (chosen != null) {
      checks.rule(!chosen.isEmpty(), field, "is empty: leave it out for all that wait");
      checks.rule(
          chosen.size() <= MAX_CHOSEN, field, "at most " + MAX_CHOSEN + " can be chosen at once");
    }
  }

  private What what(RunId run, Confirmation confirmation) {
    WaitsForConfirmation waits = waiting(run);
    boolean missed = waits.contracts() > 0;
    boolean waitingDrafts = waits.drafts() > 0;
    if (confirmation.what() == null
        && confirmation.documents() == null
        && missed
        && waitingDrafts) {
      throw Refusal.invalid(
          "what",
          "both wait, %s and %s: say which, MISSED_PERIODS or DRAFTS"
              .formatted(
                  Counted.of(waits.periods(), "missed period"),
                  Counted.of(waits.drafts(), "draft")));
    }
    What what = confirmation.what();
    if (what == null) {
      what = confirmation.documents() != null || !missed ? What.DRAFTS : What.MISSED_PERIODS;
    }
    if (what == What.MISSED_PERIODS ? !missed : !waitingDrafts) {
      throw Refusal.conflict(
          "what",
          "run %d: nothing of that kind waits for a confirmation (any more)"
              .formatted(run.value()));
    }
    return what;
  }

  private void confirmMissed(RunId run, Confirmation confirmation) {
    List<String> contracts = orAll(confirmation.contracts());
    Checks checks = new Checks();
    known(checks, "contracts", contracts, problems.missedAmong(run, contracts), "missed periods");
    checks.refuse();
    RunProblems.Missed missed = problems.missed(run, contracts);
    refuseOther(
        confirmation.count(),
        missed.periods(),
        "%s would be made, for the missed periods of %s"
            .formatted(
                Counted.of(missed.periods(), "invoice"),
                Counted.of(missed.contracts(), "contract")));
    problems.confirmMissed(run, contracts, actor.name());
  }

  private void release(RunId run, Confirmation confirmation) {
    List<String> contracts = orAll(confirmation.contracts());
    List<DocumentId> documents = orAll(confirmation.documents());
    var selection = new WaitingDrafts.Selection(contracts, documents);
    if (!contracts.isEmpty() || !documents.isEmpty()) {
      List<WaitingDrafts.Waiting> chosen = drafts.list(run, selection);
      Checks checks = new Checks();
      known(
          checks,
          "contracts",
          contracts,
          chosen.stream().map(WaitingDrafts.Waiting::contract).toList(),
          "drafts");
      known(
          checks,
          "documents",
          documents.stream().map(DocumentId::value).toList(),
          chosen.stream().map(draft -> draft.id().value()).toList(),
          "drafts");
      checks.refuse();
    }
    int waiting = drafts.count(run, selection);
    refuseOther(confirmation.count(), waiting, waiting + " drafts would be released");
    drafts.release(run, selection, actor.name());
  }

  private static <T> void known(
      Checks checks, String field, List<T> chosen, Collection<T> waiting, String what) {
    Set<T> known = new HashSet<>(waiting);
    for (int i = 0; i < chosen.size(); i++) {
      checks.rule(
          known.contains(chosen.get(i)),
          field + "[" + i + "]",
          "of %s no %s wait in this run".formatted(chosen.get(i), what));
    }
  }

  private static void refuseOther(int count, int right, String meaning) {
    if (count != right) {
      throw Refusal.conflict("count", "%s, not %d: confirm %d".formatted(meaning, count, right));
    }
  }

  private static <T> List<T> orAll(List<T> chosen) {
    return chosen == null ? List.of() : chosen;
  }

  private static Map<String, Object> recorded(What what, Confirmation confirmation) {
    return Map.of(
        "what",
        what,
        "count",
        confirmation.count(),
        "contracts",
        orAll(confirmation.contracts()),
        "documents",
        orAll(confirmation.documents()).stream().map(DocumentId::value).toList());
  }
}
