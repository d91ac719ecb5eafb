package io.facteur.run;

import io.facteur.billing.RunProblems;
import io.facteur.document.Discard;
import io.facteur.document.DocumentId;
import io.facteur.document.Drafts;
import io.facteur.document.RunGate;
import io.facteur.document.RunId;
import io.facteur.document.StoppedRun;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Discards the drafts of cancelled runs. What cannot be discarded is a problem of its run, and from
 * then on a draft of no run, which clerks issue: those of a cancelled run are withheld.
 */
@Component
class CancelledDrafts {

  private static final int CHUNK = 200;

  private final RunGate gate;
  private final Discard discard;
  private final Drafts drafts;
  private final RunProblems problems;

  CancelledDrafts(RunGate gate, Discard discard, Drafts drafts, RunProblems problems) {
    this.gate = gate;
    this.discard = discard;
    this.drafts = drafts;
    this.problems = problems;
  }

  /** How many; 0 when none is left. */
  @Transactional(isolation = Isolation.READ_COMMITTED)
  int discardSome(RunId run) {
    if (gate.stopped(run).filter(StoppedRun::isCancelled).isEmpty()) {
      return 0;
    }
    int discarded = discard.discardOfRun(run, CHUNK);
    if (discarded == 0) {
      Map<DocumentId, String> kept = discard.keptOfRun(run);
      kept.forEach(problems::addForDraft);
      drafts.leaveRun(kept.keySet());
    }
    return discarded;
  }
}
