package io.facteur.camel;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what to do about a node that does not come to the end of its start. */
class StartTurnMissedAnalyzer extends AbstractFailureAnalyzer<StartTurnMissedException> {

  @Override
  protected FailureAnalysis analyze(Throwable failure, StartTurnMissedException cause) {
    return new FailureAnalysis(
        cause.getMessage(),
        "Look at that node's log. End it if it hangs (where it cannot be reached, KILL its"
            + " connection on the database), then start this one again. facteur.start-patience"
            + " (e.g. PT30M) waits longer.",
        failure);
  }
}
