package io.facteur.contract;

import java.util.Set;

/** What the route files offer: channels, and the ways that exist for their documents (ROUTE-1). */
public interface ChannelCatalogue {

  /** Names of all channels, e.g. {@code EMAIL}. */
  Set<String> channels();

  /** Whether some route carries this combination. */
  boolean hasRoute(Domain domain, String channel, Role role);
}
