package io.facteur.dispatch;

import io.facteur.contract.Domain;
import io.facteur.contract.Role;

/**
 * The combination that one instance of the route template {@code dispatch-definition} carries.
 * Written {@code INVOICE-EMAIL-CONTRACTING_PARTY}, which is also the name of its {@code direct:}
 * endpoint.
 */
public record RouteKey(Domain domain, String channel, Role role) {

  @Override
  public String toString() {
    return domain + "-" + channel + "-" + role;
  }
}
