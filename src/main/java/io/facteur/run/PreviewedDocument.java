package io.facteur.run;

import io.facteur.billing.PreviewRow;
import io.facteur.contract.BillingPeriod;
import io.facteur.document.DocumentId;
import io.facteur.document.DocumentState;
import io.facteur.document.DocumentType;

/**
 * A document of a run that is or would be made, with its reviewed plan; or a contract that would be
 * held.
 *
 * @param head null where a contract is held
 * @param bill null for a document that exists
 * @param review null where a contract is held
 */
public record PreviewedDocument(Head head, PreviewRow bill, ReviewedPlan review) {

  /**
   * Which document it is.
   *
   * @param id null if it does not exist yet
   * @param state null if it does not exist yet
   * @param number null unless it is issued
   * @param contract number; null if it belongs to none
   * @param contact code of the contracting party
   * @param period null if it is not for one
   */
  public record Head(
      DocumentId id,
      DocumentState state,
      String number,
      String contract,
      String contact,
      DocumentType type,
      BillingPeriod period) {}
}
