package io.facteur.camel;

import io.facteur.camel.RouteFiles.RouteFile;
import io.facteur.dispatch.Need;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.core.env.PropertyResolver;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * How route files are to be written, seen in their text: names, descriptions, error policies,
 * channels' declarations (ROUTE-3).
 */
final class RouteConventions {

  private static final Set<String> TOP_LEVEL =
      Set.of("route", "from", "routeTemplate", "templatedRoute", "routeConfiguration", "beans");

  private static final Set<String> DECLARATION = Set.of("name", "type", "properties");

  private static final Pattern ID = Pattern.compile("[a-z]+(-[a-z0-9]+)+");
  private final List<Finding> findings;

  private RouteConventions(List<Finding> findings) {
    this.findings = findings;
  }

  static void check(RouteFiles files, PropertyResolver properties, List<Finding> findings) {
    RouteConventions conventions = new RouteConventions(findings);
    files.all().forEach(conventions::checkStructure);
    conventions.checkIds(files);
    conventions.checkPolicies(files);
    conventions.checkConsumers(files);
    RouteParameters.check(files, properties, findings);
  }

  private void checkStructure(RouteFile file) {
    for (Node item : RouteFiles.items(file.tree())) {
      for (String key : keys(item)) {
        if (!TOP_LEVEL.contains(key)) {
          add(file.name(), item, "'" + key + "' is not allowed here: one of " + sorted(TOP_LEVEL));
        }
      }
      Node template = RouteFiles.child(item, "routeTemplate");
      if (template != null) {
        checkDescription(file, RouteFiles.child(template, "route"), template);
      }
      Node route = RouteFiles.child(item, "route");
      if (route != null) {
        checkDescription(file, route, route);
      }
      if (RouteFiles.child(item, "from") != null) {
        add(file.name(), item, "a route without id and description: wrap it in 'route'");
      }
      for (Node bean : RouteFiles.items(RouteFiles.child(item, "beans"))) {
        checkDeclaration(file, bean);
      }
    }
  }

  private void checkDescription(RouteFile file, Node route, Node at) {
    String description = RouteFiles.text(route, "description");
    if (description == null || description.isBlank()) {
      add(file.name(), at, "has no description: say in one sentence what it is for");
    }
    if (RouteFiles.child(route, "routeConfigurationId") == null) {
      add(file.name(), at, "has no routeConfigurationId: say which error policy it follows");
    }
  }

  private void checkDeclaration(RouteFile file, Node bean) {
    String type = RouteFiles.text(bean, "type");
    if (!ChannelDeclaration.class.getName().equals(type)) {
      Node at = RouteFiles.child(bean, "type");
      add(
          file.name(),
          at == null ? bean : at,
          "only channels are declared here: type " + ChannelDeclaration.class.getName());
      return;
    }
    for (String key : keys(bean)) {
      if (!DECLARATION.contains(key)) {
        add(
            file.name(),
            RouteFiles.child(bean, key),
            "'" + key + "' is not allowed for a channel: one of " + sorted(DECLARATION));
      }
    }
    Node settings = RouteFiles.child(bean, "properties");
    String needs = RouteFiles.text(settings, "needs");
    if (needs != null && Stream.of(Need.values()).noneMatch(need -> need.name().equals(needs))) {
      add(
          file.name(),
          RouteFiles.child(settings, "needs"),
          "a channel cannot need '" + needs + "': one of " + Arrays.toString(Need.values()));
    }
    for (String key : List.of("needs", "reaches")) {
      if (RouteFiles.text(settings, key) == null) {
        add(
            file.name(),
            settings == null ? bean : settings,
            "channel " + RouteFiles.text(bean, "name") + " does not say '" + key + "'");
      }
    }
  }

  private void checkIds(RouteFiles files) {
    Map<String, String> seen = new HashMap<>();
    for (RouteFile file : files.all()) {
      for (Node item : RouteFiles.items(file.tree())) {
        checkId(file, RouteFiles.child(item, "route"), "id", seen);
        checkId(file, RouteFiles.child(item, "routeTemplate"), "id", seen);
        checkId(file, RouteFiles.child(item, "templatedRoute"), "routeId", seen);
        checkId(file, RouteFiles.child(item, "routeConfiguration"), "id", seen);
      }
    }
  }

  private void checkConsumers(RouteFiles files) {
    Map<String, String> seen = new HashMap<>();
    for (RouteFile file : files.all()) {
      for (Node item : RouteFiles.items(file.tree())) {
        Node from = RouteFiles.child(RouteFiles.child(item, "route"), "from");
        String uri = RouteFiles.text(from, "uri");
        if (uri != null && uri.startsWith("direct:")) {
          Node at = RouteFiles.child(from, "uri");
          String where = file.name() + ":" + RouteFiles.line(at);
          String first = seen.putIfAbsent(uri, where);
          if (first != null) {
            add(file.name(), at, "a route from " + uri + " begins at " + first + " already");
          }
        }
      }
    }
  }

  /** Camel overlooks a policy that does not exist, and with it every error of the route. */
  private void checkPolicies(RouteFiles files) {
    Set<String> policies = new HashSet<>();
    for (RouteFile file : files.all()) {
      for (Node item : RouteFiles.items(file.tree())) {
        policies.add(RouteFiles.text(RouteFiles.child(item, "routeConfiguration"), "id"));
      }
    }
    files.visit(
        entry -> {
          if (entry.key().equals("routeConfigurationId") && !policies.contains(entry.text())) {
            add(
                entry.file(),
                entry.value(),
                "error policy '%s' does not exist: see errors.camel.yaml".formatted(entry.text()));
          }
        });
  }

  private void checkId(RouteFile file, Node node, String key, Map<String, String> seen) {
    if (node == null) {
      return;
    }
    String id = RouteFiles.text(node, key);
    if (id == null) {
      add(file.name(), node, "has no " + key);
    } else if (!ID.matcher(id).matches()) {
      add(
          file.name(),
          RouteFiles.child(node, key),
          "id '" + id + "' is not descriptive: words in lower case, e.g. deliver-email");
    } else {
      Node at = RouteFiles.child(node, key);
      String where = file.name() + ":" + RouteFiles.line(at);
      String first = seen.putIfAbsent(id, where);
      if (first != null) {
        add(file.name(), at, "id '" + id + "' stands at " + first + " already");
      }
    }
  }

  private static List<String> keys(Node node) {
    List<String> keys = new ArrayList<>();
    if (node instanceof org.yaml.snakeyaml.nodes.MappingNode map) {
      map.getValue()
          .forEach(
              tuple -> {
                if (tuple.getKeyNode() instanceof ScalarNode key) {
                  keys.add(key.getValue());
                }
              });
    }
    return keys;
  }

  static String sorted(Set<String> words) {
    return String.join(", ", words.stream().sorted().toList());
  }

  private void add(String file, Node node, String reason) {
    findings.add(new Finding(file, RouteFiles.line(node), reason));
  }
}
