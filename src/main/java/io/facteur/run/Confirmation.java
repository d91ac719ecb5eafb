package io.facteur.run;

import io.facteur.document.DocumentId;
import java.util.List;

/**
 * What of a run is confirmed.
 *
 * @param what null: the one that waits
 * @param count invoices that it makes, or drafts that it releases
 * @param contracts numbers; null: all that wait
 * @param documents drafts; null: all that wait
 */
public record Confirmation(
    What what, Integer count, List<String> contracts, List<DocumentId> documents) {

  /** Which decision of a person. */
  public enum What {
    /** To bill each missed period (BILL-2). */
    MISSED_PERIODS,
    /** To issue drafts (BILL-6). */
    DRAFTS
  }

  public Confirmation {
    contracts = contracts == null ? null : List.copyOf(contracts);
    documents = documents == null ? null : List.copyOf(documents);
  }
}
