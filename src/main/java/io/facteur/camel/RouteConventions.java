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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.core.env.PropertyResolver;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * How route files are to be written, seen in their text: names, descriptions, error policies,
 * channels' declarations, templates and their parameters, placeholders (ROUTE-3).
 */
final class RouteConventions {

  private static final Set<String> TOP_LEVEL =
      Set.of("route", "from", "routeTemplate", "templatedRoute", "routeConfiguration", "beans");

  private static final Set<String> DECLARATION = Set.of("name", "type", "properties");

  /** Set by Facteur itself while it starts. */
  private static final Set<String> PROVIDED = Set.of("facteur.smtp.host", "facteur.smtp.port");

  private static final Pattern ID = Pattern.compile("[a-z]+(-[a-z0-9]+)+");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{[?!]?([^}:]+)(:[^}]*)?}}");
  private final PropertyResolver properties;
  private final List<Finding> findings;
  private final Map<String, Set<String>> templateParameters = new HashMap<>();
  private final Map<String, Set<String>> requiredParameters = new HashMap<>();

  private RouteConventions(PropertyResolver properties, List<Finding> findings) {
    this.properties = properties;
    this.findings = findings;
  }

  static void check(RouteFiles files, PropertyResolver properties, List<Finding> findings) {
    RouteConventions conventions = new RouteConventions(properties, findings);
    files.all().forEach(conventions::checkStructure);
    conventions.checkIds(files);
    conventions.checkPolicies(files);
    files.all().forEach(conventions::checkPlaceholders);
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
        noteParameters(template);
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

  private void noteParameters(Node template) {
    Set<String> names = new HashSet<>();
    Set<String> required = new HashSet<>();
    for (Node parameter : RouteFiles.items(RouteFiles.child(template, "parameters"))) {
      String name = RouteFiles.text(parameter, "name");
      names.add(name);
      // Camel takes a parameter without a default for required, whatever the file says.
      if (RouteFiles.child(parameter, "defaultValue") == null) {
        required.add(name);
      }
    }
    templateParameters.put(RouteFiles.text(template, "id"), names);
    requiredParameters.put(RouteFiles.text(template, "id"), required);
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

  private void checkPlaceholders(RouteFile file) {
    for (Node item : RouteFiles.items(file.tree())) {
      Node template = RouteFiles.child(item, "routeTemplate");
      Set<String> parameters =
          template == null
              ? Set.of()
              : templateParameters.getOrDefault(RouteFiles.text(template, "id"), Set.of());
      checkPlaceholders(file, item, parameters);
      checkGivenParameters(file, RouteFiles.child(item, "templatedRoute"));
    }
  }

  private void checkPlaceholders(RouteFile file, Node node, Set<String> parameters) {
    if (node instanceof ScalarNode scalar) {
      Matcher placeholder = PLACEHOLDER.matcher(scalar.getValue());
      while (placeholder.find()) {
        String name = placeholder.group(1).strip();
        boolean known =
            placeholder.group(2) != null
                || parameters.contains(name)
                || PROVIDED.contains(name)
                || properties.containsProperty(name);
        if (!known) {
          add(
              file.name(),
              node,
              "property '" + name + "' is unknown: set it in config/application.yaml");
        }
      }
      return;
    }
    children(node).forEach(child -> checkPlaceholders(file, child, parameters));
  }

  private void checkGivenParameters(RouteFile file, Node instance) {
    if (instance == null) {
      return;
    }
    String template = RouteFiles.text(instance, "routeTemplateRef");
    Set<String> known = templateParameters.get(template);
    if (known == null) {
      Node at = RouteFiles.child(instance, "routeTemplateRef");
      add(
          file.name(),
          at == null ? instance : at,
          "route template '" + template + "' does not exist");
      return;
    }
    Set<String> missing = new HashSet<>(requiredParameters.get(template));
    for (Node parameter : RouteFiles.items(RouteFiles.child(instance, "parameters"))) {
      String name = RouteFiles.text(parameter, "name");
      missing.remove(name);
      if (!known.contains(name)) {
        add(
            file.name(),
            parameter,
            "template '%s' has no parameter '%s': one of %s"
                .formatted(template, name, sorted(known)));
      }
    }
    for (String name : missing) {
      Node at = RouteFiles.child(instance, "routeId");
      add(
          file.name(),
          at == null ? instance : at,
          "template '%s' needs the parameter '%s'".formatted(template, name));
    }
  }

  private static List<Node> children(Node node) {
    List<Node> children = new ArrayList<>(RouteFiles.items(node));
    if (node instanceof org.yaml.snakeyaml.nodes.MappingNode map) {
      map.getValue().forEach(tuple -> children.add(tuple.getValueNode()));
    }
    return children;
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
