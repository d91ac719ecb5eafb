package io.facteur.billing;

import io.facteur.document.ComputedDraft;

/**
 * A document that a run would make, or a contract that it would hold.
 *
 * @param draft the document as it would be made; null where the contract is held
 */
public record PreviewedBill(PreviewRow row, ComputedDraft draft) {}
