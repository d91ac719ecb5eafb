package io.facteur.camel;

import io.facteur.contract.Domain;
import io.facteur.contract.Role;
import io.facteur.dispatch.Channel;
import io.facteur.dispatch.DispatchRoutes;
import io.facteur.dispatch.RouteKey;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.springframework.stereotype.Component;

/** Reads from the running routes what they offer. */
@Component
public class RouteCatalogue implements DispatchRoutes {

  private final CamelContext context;

  public RouteCatalogue(CamelContext context) {
    this.context = context;
  }

  @Override
  public Set<String> channels() {
    return new TreeSet<>(
        context.getRegistry().findByTypeWithName(ChannelDeclaration.class).keySet());
  }

  @Override
  public Optional<Channel> channel(String name) {
    return Optional.ofNullable(
            context.getRegistry().lookupByNameAndType(name, ChannelDeclaration.class))
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

  private Optional<String> parameter(String name, Domain domain, String channel, Role role) {
    return route(domain, channel, role)
        .map(this::parameters)
        .map(parameters -> parameters.get(name))
        .map(Object::toString)
        .filter(value -> !value.isBlank());
  }

  private Optional<Route> route(Domain domain, String channel, Role role) {
    String endpoint = "direct://" + new RouteKey(domain, channel, role);
    return context.getRoutes().stream()
        .filter(route -> route.getEndpoint().getEndpointUri().equals(endpoint))
        .filter(
            route -> {
              var status = context.getRouteController().getRouteStatus(route.getRouteId());
              return status != null && !status.isStopped();
            })
        .findFirst();
  }

  private Map<String, Object> parameters(Route route) {
    RouteDefinition definition =
        ((ModelCamelContext) context).getRouteDefinition(route.getRouteId());
    Map<String, Object> parameters = definition == null ? null : definition.getTemplateParameters();
    return parameters == null ? Map.of() : parameters;
  }
}
