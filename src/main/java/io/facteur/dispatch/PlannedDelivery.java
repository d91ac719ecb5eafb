package io.facteur.dispatch;

import io.facteur.contract.Role;
import io.facteur.party.EmailAddress;

/**
 * One way in which a document will go out, or will not, and why.
 *
 * @param origin what asked for it: {@code definition:12}, {@code default:EMAIL}, {@code
 *     fallback:CONTRACTING_PARTY}
 * @param individual the address of an INDIVIDUAL, else null
 * @param format as the definition asks; null: as the route or channel chooses
 * @param reaches whether, once sent, it reaches its role (DISP-5)
 * @param recipient as resolved now; null if skipped
 * @param skipped why it cannot be carried out; null if it can
 */
public record PlannedDelivery(
    String origin,
    RouteKey route,
    EmailAddress individual,
    String format,
    String language,
    String template,
    boolean copy,
    boolean reaches,
    Recipient recipient,
    SkipReason skipped) {

  public boolean isSkipped() {
    return skipped != null;
  }

  /** For people; null if it can be carried out. */
  public String skipReason() {
    return skipped == null ? null : skipped.text();
  }

  public Role role() {
    return route.role();
  }
}
