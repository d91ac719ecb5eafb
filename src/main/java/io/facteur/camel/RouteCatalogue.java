package io.facteur.camel;

import io.facteur.contract.Domain;
import io.facteur.contract.Role;
import io.facteur.dispatch.Channel;
import io.facteur.dispatch.DispatchRoutes;
import io.facteur.dispatch.RouteKey;
import io.facteur.dispatch.RoutesAwayException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.CamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.springframework.stereotype.Component;

/**
 * Reads from the defined routes what they offer, whether they have started or not. That something
 * is not offered is only said while all of them are there.
 */
@Component
public class RouteCatalogue implements DispatchRoutes {

  private final CamelContext context;
  private volatile Known known = new Known(List.of(), Map.of());

  public RouteCatalogue(CamelContext context) {
    this.context = context;
  }

  /**
   * The routes of some definitions, by the names of the {@code direct:} endpoints they begin at.
   */
  private record Known(List<RouteDefinition> definitions, Map<String, RouteDefinition> byName) {}

  /**
   * {@inheritDoc}
   *
   * @throws RoutesAwayException while they cannot be told
   */
  @Override
  public Set<String> channels() {
    refuseUnlessThere();
    return new TreeSet<>(
        context.getRegistry().findByTypeWithName(ChannelDeclaration.class).keySet());
  }

  /**
   * {@inheritDoc}
   *
   * @throws RoutesAwayException while it cannot be told, as with all further questions
   */
  @Override
  public Optional<Channel> channel(String name) {
    return orAway(
            Optional.ofNullable(
                context.getRegistry().lookupByNameAndType(name, ChannelDeclaration.class)))
        .map(declared -> new Channel(name, declared.getNeeds(), declared.getReaches()));
  }

  @Override
  public boolean hasRoute(Domain domain, String channel, Role role) {
    return route(domain, channel, role).isPresent();
  }

  @Override
  public Optional<String> fallback(Domain domain, String channel, Role role) {
    return parameter("fallback", domain, channel, role);
  }

  @Override
  public Optional<String> format(Domain domain, String channel, Role role) {
    return parameter("format", domain, channel, role);
  }

  /**
   * Whether no file defines the route of that name; false while that cannot be told.
   *
   * @param name see {@link RouteKey}
   */
  boolean lacks(String name) {
    return isThere() && !defined().containsKey(name);
  }

  private Optional<String> parameter(String name, Domain domain, String channel, Role role) {
    return route(domain, channel, role)
        .map(RouteDefinition::getTemplateParameters)
        .map(parameters -> parameters.get(name))
        .map(Object::toString)
        .filter(value -> !value.isBlank());
  }

  private Optional<RouteDefinition> route(Domain domain, String channel, Role role) {
    String name = new RouteKey(domain, channel, role).toString();
    return orAway(Optional.ofNullable(defined().get(name)));
  }

  /** Cheap: it is asked several times for each delivery that is planned. */
  private Map<String, RouteDefinition> defined() {
    if (!isThere() && !context.isStopping()) {
      throw new RoutesAwayException(); // they are being read, or gone
    }
    List<RouteDefinition> now =
        new ArrayList<>(((ModelCamelContext) context).getRouteDefinitions());
    Known last = known;
    if (!last.definitions().equals(now)) {
      last = new Known(now, byName(now));
      known = last;
    }
    return last.byName();
  }

  private Map<String, RouteDefinition> byName(List<RouteDefinition> definitions) {
    Map<String, RouteDefinition> routes = new HashMap<>();
    for (RouteDefinition definition : definitions) {
      String name = RouteInputs.directName(context, definition);
      if (name != null) {
        routes.put(name, definition);
      }
    }
    return routes;
  }

  private <T> Optional<T> orAway(Optional<T> found) {
    if (found.isEmpty()) {
      refuseUnlessThere();
    }
    return found;
  }

  private void refuseUnlessThere() {
    if (!isThere()) {
      throw new RoutesAwayException();
    }
  }

  /** All are defined before the context starts, and what it has registered goes when it stops. */
  private boolean isThere() {
    return context.isStarted() || context.isStarting();
  }
}
