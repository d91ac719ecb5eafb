package io.facteur.recovery;

import java.util.Set;

/**
 * What an admin decides when a restored database is released.
 *
 * @param count of findings, as {@link HoldRelease#show} tells it
 * @param lostPeriods what becomes of periods that were billed in the lost time; null only where
 *     there are none
 * @param billAgain numbers of contracts whose periods are billed again all the same
 * @param withoutNodes names of nodes that will never tell what they know
 */
public record ReleaseOrder(
    int count, LostPeriods lostPeriods, Set<String> billAgain, Set<String> withoutNodes) {

  /** What becomes of a period whose invoice the restored database does not have. */
  public enum LostPeriods {
    /** The next run bills it, under a new number. */
    BILL_AGAIN,
    /** It counts as billed, by the invoice that the customer has. */
    KEEP_BILLED
  }

  public ReleaseOrder {
    billAgain = billAgain == null ? Set.of() : Set.copyOf(billAgain);
    withoutNodes = withoutNodes == null ? Set.of() : Set.copyOf(withoutNodes);
  }
}
