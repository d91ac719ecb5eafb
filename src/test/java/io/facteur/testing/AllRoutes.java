package io.facteur.testing;

import io.facteur.contract.Domain;
import io.facteur.contract.Role;
import io.facteur.dispatch.Channel;
import io.facteur.dispatch.DispatchRoutes;
import io.facteur.dispatch.Need;
import io.facteur.dispatch.RouteKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The channels that Facteur comes with and a route for every combination, unless a test takes one
 * away. For tests of what decides about routes, without running any.
 */
public final class AllRoutes implements DispatchRoutes {

  private final Map<String, Channel> channels = new HashMap<>();
  private final Set<RouteKey> removed = new HashSet<>();
  private final Map<RouteKey, String> fallbacks = new HashMap<>();

  public AllRoutes() {
    declare(new Channel("EMAIL", Need.EMAIL_ADDRESS, true));
    declare(new Channel("POST", Need.POSTAL_ADDRESS, true));
    declare(new Channel("EINVOICE", Need.NETWORK_ENDPOINT, true));
    declare(new Channel("ARCHIVE", Need.NOTHING, false));
  }

  private void declare(Channel channel) {
    channels.put(channel.name(), channel);
  }

  public AllRoutes without(String channel, Role role) {
    removed.add(new RouteKey(Domain.INVOICE, channel, role));
    return this;
  }

  public AllRoutes fallingBack(String channel, Role role, String fallback) {
    fallbacks.put(new RouteKey(Domain.INVOICE, channel, role), fallback);
    return this;
  }

  /** As at the beginning. */
  public void reset() {
    removed.clear();
    fallbacks.clear();
  }

  @Override
  public Set<String> channels() {
    return channels.keySet();
  }

  @Override
  public Optional<Channel> channel(String name) {
    return Optional.ofNullable(channels.get(name));
  }

  @Override
  public boolean hasRoute(Domain domain, String channel, Role role) {
    return channels.containsKey(channel) && !removed.contains(new RouteKey(domain, channel, role));
  }

  @Override
  public Optional<String> fallback(Domain domain, String channel, Role role) {
    return Optional.ofNullable(fallbacks.get(new RouteKey(domain, channel, role)));
  }

  @Override
  public Optional<String> format(Domain domain, String channel, Role role) {
    return Optional.empty();
  }
}
