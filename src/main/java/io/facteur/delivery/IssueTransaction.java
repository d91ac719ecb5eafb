package io.facteur.delivery;

import io.facteur.delivery.journal.Installation;
import io.facteur.document.DocumentId;
import io.facteur.document.IssuedDocument;
import io.facteur.document.RunGate;
import io.facteur.document.StoppedRun;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/**
 * The transactions in which drafts are issued. A pause of their run waits for them; after it, they
 * leave the run's drafts out.
 */
@Component
class IssueTransaction {

  private final Installation installation;
  private final RunGate gate;
  private final LedgerTransaction transaction;

  IssueTransaction(Installation installation, RunGate gate, LedgerTransaction transaction) {
    this.installation = installation;
    this.gate = gate;
    this.transaction = transaction;
  }

  IssueResult withoutStopped(
      List<DocumentId> drafts, Function<List<DocumentId>, List<IssuedDocument>> work) {
    return transaction.nested(
        () -> {
          installation.refuseWhileHeld();
          Map<DocumentId, StoppedRun> stopped = gate.stoppedAmong(drafts);
          List<DocumentId> free =
              drafts.stream().filter(draft -> !stopped.containsKey(draft)).toList();
          return new IssueResult(
              free.isEmpty() ? List.of() : work.apply(free),
              List.of(),
              drafts.stream()
                  .filter(stopped::containsKey)
                  .map(draft -> withheld(draft, stopped.get(draft)))
                  .toList());
        });
  }

  private static IssueResult.Problem withheld(DocumentId draft, StoppedRun run) {
    String reason =
        "document %d is not issued: %s%s"
            .formatted(
                draft.value(),
                run.reason(),
                run.isCancelled() ? "" : "; resume the run, or discard the draft");
    return new IssueResult.Problem(draft, reason);
  }
}
