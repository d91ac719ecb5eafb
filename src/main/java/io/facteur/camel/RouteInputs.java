package io.facteur.camel;

import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;

/** Where defined routes begin, also those that have not started. */
final class RouteInputs {

  private static final String DIRECT = "direct:";

  /** Camel numbers routes that say nothing from 1,000 on. */
  private static final int LATE = 1_000_000;

  private RouteInputs() {}

  /**
   * The name of the {@code direct:} endpoint that a route begins at; null if it takes its work from
   * elsewhere: a queue, a schedule, a folder.
   */
  static String directName(CamelContext context, RouteDefinition route) {
    Map<String, Object> parameters = route.getTemplateParameters();
    String given =
        RouteParameters.resolved(
            route.getEndpointUrl(),
            name -> {
              Object value = parameters == null ? null : parameters.get(name);
              return value == null ? null : value.toString();
            });
    String uri = given.contains("{{") ? context.resolvePropertyPlaceholders(given) : given;
    if (!uri.startsWith(DIRECT)) {
      return null;
    }
    String name = uri.substring(DIRECT.length()).split("\\?", 2)[0];
    return name.startsWith("//") ? name.substring(2) : name;
  }

  /**
   * Lets routes that take work from elsewhere start after all those that the work may pass, and end
   * before them. Otherwise they start in the order of the files, and what the first ones take finds
   * no route. To be called before the context starts.
   */
  static void startLast(ModelCamelContext context) {
    int order = LATE;
    for (RouteDefinition route : context.getRouteDefinitions()) {
      route.setStartupOrder(directName(context, route) == null ? order++ : null);
    }
  }
}
