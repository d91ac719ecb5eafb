package io.facteur.api;

import io.facteur.document.RunId;
import io.facteur.run.Run;
import io.facteur.run.RunConfirmations;
import io.facteur.run.Runs;
import java.util.List;
import org.springframework.stereotype.Component;

/** Shows a run as it is now. */
@Component
class RunResources {

  private final Runs runs;
  private final RunConfirmations confirmations;
  private final References references;

  RunResources(Runs runs, RunConfirmations confirmations, References references) {
    this.runs = runs;
    this.confirmations = confirmations;
    this.references = references;
  }

  RunResource get(RunId id) {
    Run run = runs.get(id);
    String company = references.companyCodes(List.of(run.company())).get(run.company());
    return RunResource.of(run, company, runs.progress(id), confirmations.waiting(id));
  }
}
