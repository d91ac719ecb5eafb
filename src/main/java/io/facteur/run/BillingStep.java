package io.facteur.run;

import io.facteur.billing.BillingPosition;
import io.facteur.delivery.IssueOrder;
import io.facteur.document.DocumentId;

/**
 * How far this node has come with a billing run.
 *
 * @param position in the contracts; null when nothing is left to bill
 * @param after the last draft of an earlier, interrupted turn that was looked at; null: none yet
 * @param waiting whether drafts that somebody held at the first look are waited for
 * @param order drafts that this step wants issued; may be empty
 * @param more whether another step follows
 */
public record BillingStep(
    Run run,
    BillingPosition position,
    DocumentId after,
    boolean waiting,
    IssueOrder order,
    boolean more) {}
