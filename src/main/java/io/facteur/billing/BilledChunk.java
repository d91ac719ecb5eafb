package io.facteur.billing;

import io.facteur.document.DocumentId;
import java.util.List;

/**
 * What one step of billing has made.
 *
 * @param toIssue new drafts that their contract says to issue at once (BILL-6)
 * @param drafts number of new drafts, those to issue included
 * @param held number of contracts that were held, with a problem of the run
 * @param next where to go on; null when nothing is left to bill, here or on any other node, or the
 *     run was stopped
 */
public record BilledChunk(List<DocumentId> toIssue, int drafts, int held, BillingPosition next) {

  public BilledChunk {
    toIssue = List.copyOf(toIssue);
  }

  static BilledChunk empty(BillingPosition next) {
    return new BilledChunk(List.of(), 0, 0, next);
  }

  public boolean isLast() {
    return next == null;
  }
}
