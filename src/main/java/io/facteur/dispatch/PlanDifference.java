package io.facteur.dispatch;

import io.facteur.contract.Role;

/**
 * What differs from the way in which the contract's last document went out (DISP-6).
 *
 * @param origin of the delivery; null if it concerns the document as a whole, as are channel and
 *     role then
 * @param individual address of an INDIVIDUAL, else null
 * @param before where the last one went; null if that is not known, or it did not
 * @param after where this one would go; null if it would not
 * @param reason why it is skipped now; null for the others
 */
public record PlanDifference(
    Kind kind,
    String origin,
    String channel,
    Role role,
    String individual,
    Destination before,
    Destination after,
    String reason) {

  /** What differs. */
  public enum Kind {
    /** The contract has no issued document of this domain before. */
    FIRST_DOCUMENT,
    /** The last document did not go this way. */
    NEW_DELIVERY,
    /** Only the last document went this way. */
    GONE_DELIVERY,
    /** It goes to somebody or somewhere else. */
    OTHER_RECIPIENT,
    NOW_SKIPPED,
    NO_LONGER_SKIPPED
  }
}
