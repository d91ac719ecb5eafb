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
 * @param skipReason why it cannot be carried out; null if it can
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
    String skipReason) {

  public boolean isSkipped() {
    return skipReason != null;
  }

  public Role role() {
    return route.role();
  }
}
