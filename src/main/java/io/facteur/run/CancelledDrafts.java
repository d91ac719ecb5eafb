package io.facteur.run;

import io.facteur.document.Discard;
import io.facteur.document.RunGate;
import io.facteur.document.RunId;
import io.facteur.document.StoppedRun;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Discards the drafts of cancelled runs. */
@Component
class CancelledDrafts {

  private static final int CHUNK = 200;

  private final RunGate gate;
  private final Discard discard;

  CancelledDrafts(RunGate gate, Discard discard) {
    this.gate = gate;
    this.discard = discard;
  }

  /** How many; 0 when none is left. */
  @Transactional(isolation = Isolation.READ_COMMITTED)
  int discardSome(RunId run) {
    boolean cancelled = gate.stopped(run).filter(StoppedRun::isCancelled).isPresent();
    return cancelled ? discard.discardOfRun(run, CHUNK) : 0;
  }
}
