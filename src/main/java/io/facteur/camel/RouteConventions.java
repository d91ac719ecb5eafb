package io.facteur.camel;

import io.facteur.camel.RouteFiles.Entry;
import io.facteur.camel.RouteFiles.RouteFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.core.env.PropertyResolver;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * What can be seen in the text of the route files: names, descriptions, allowed components and
 * languages, placeholders, SQL (ROUTE-3, ROUTE-5). Whatever is not allowed is refused.
 */
final class RouteConventions {

  private static final Set<String> COMPONENTS =
      Set.of(
          "direct",
          "seda",
          "scheduler",
          "timer",
          "quartz",
          "sql",
          "file",
          "smtp",
          "smtps",
          "http",
          "https",
          "log",
          "stream",
          "bean");
  private static final Set<String> FORBIDDEN_LANGUAGES =
      Set.of(
          "groovy",
          "js",
          "javascript",
          "java",
          "joor",
          "mvel",
          "ognl",
          "python",
          "spel",
          "wasm",
          "datasonnet",
          "jq",
          "ref",
          "script",
          "language",
          "csimple",
          "xquery");
  private static final Set<String> ENDPOINT_KEYS = Set.of("uri", "via", "handOut", "deadLetterUri");
  private static final Set<String> TOP_LEVEL =
      Set.of("route", "from", "routeTemplate", "templatedRoute", "routeConfiguration", "beans");

  /** Set by Facteur itself while it starts. */
  private static final Set<String> PROVIDED = Set.of("facteur.smtp.host", "facteur.smtp.port");

  private static final Pattern ID = Pattern.compile("[a-z]+(-[a-z0-9]+)+");
  private static final Pattern SCHEME = Pattern.compile("^([a-zA-Z][a-zA-Z0-9+.-]*):");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{[?!]?([^}:]+)(:[^}]*)?}}");
  private static final Pattern REFLECTION =
      Pattern.compile("(?i)\\$\\{[^}]*(\\bclass\\b|getClass|type:|sysenv|env[.:]|sys\\.)");
  private static final Pattern INTERPOLATION = Pattern.compile("(?<!:#)(?<!:#in:)\\$\\{");

  private final PropertyResolver properties;
  private final List<Finding> findings;
  private final Map<String, Set<String>> templateParameters = new HashMap<>();

  private RouteConventions(PropertyResolver properties, List<Finding> findings) {
    this.properties = properties;
    this.findings = findings;
  }

  static void check(RouteFiles files, PropertyResolver properties, List<Finding> findings) {
    RouteConventions conventions = new RouteConventions(properties, findings);
    files.all().forEach(conventions::checkStructure);
    conventions.checkIds(files);
    files.visit(conventions::checkEntry);
    files.all().forEach(conventions::checkPlaceholders);
  }

  /** SQL statements bind their parameters; text is never put together (ROUTE-5). */
  static void checkSql(String file, String sql, List<Finding> findings) {
    String[] lines = sql.split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      if (!lines[i].stripLeading().startsWith("--") && INTERPOLATION.matcher(lines[i]).find()) {
        findings.add(
            new Finding(file, i + 1, "puts text into SQL: bind it as a parameter, :#${...}"));
      }
    }
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
        Set<String> names = new HashSet<>();
        for (Node parameter : RouteFiles.items(RouteFiles.child(template, "parameters"))) {
          names.add(RouteFiles.text(parameter, "name"));
        }
        templateParameters.put(RouteFiles.text(template, "id"), names);
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
      add(
          file.name(),
          bean,
          "only channels are declared here: type " + ChannelDeclaration.class.getName());
      return;
    }
    Node settings = RouteFiles.child(bean, "properties");
    for (String key : List.of("needs", "reaches")) {
      if (RouteFiles.text(settings, key) == null) {
        add(
            file.name(),
            bean,
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
          node,
          "id '" + id + "' is not descriptive: words in lower case, e.g. deliver-email");
    } else {
      String where = file.name() + ":" + RouteFiles.line(node);
      String first = seen.putIfAbsent(id, where);
      if (first != null) {
        add(file.name(), node, "id '" + id + "' stands at " + first + " already");
      }
    }
  }

  private void checkEntry(Entry entry) {
    if (FORBIDDEN_LANGUAGES.contains(entry.key()) && !isBeanReference(entry)) {
      add(entry, "'" + entry.key() + "' is not allowed in routes: use simple, or a bean");
    }
    String text = entry.text();
    if (text == null) {
      return;
    }
    if (ENDPOINT_KEYS.contains(entry.key()) || isEndpointParameter(entry)) {
      checkEndpoint(entry, text);
    }
    if (REFLECTION.matcher(text).find()) {
      add(entry, "reaches behind the values it is given: only their properties may be read");
    }
  }

  /** {@code ref} names a bean below {@code bean} and {@code method}; elsewhere it is a language. */
  private static boolean isBeanReference(Entry entry) {
    return entry.key().equals("ref") && entry.value() instanceof ScalarNode;
  }

  private static boolean isEndpointParameter(Entry entry) {
    String name = RouteFiles.text(entry.parent(), "name");
    return entry.key().equals("value")
        && name != null
        && Set.of("via", "handOut", "from").contains(name);
  }

  private void checkEndpoint(Entry entry, String uri) {
    if (uri.startsWith("{{")) {
      return; // a parameter: checked where it is given
    }
    Matcher scheme = SCHEME.matcher(uri);
    if (!scheme.find()) {
      add(entry, "'" + uri + "' is no endpoint: a scheme is missing, e.g. direct:" + uri);
    } else if (!COMPONENTS.contains(scheme.group(1))) {
      add(
          entry,
          "component '%s' is not allowed: one of %s"
              .formatted(scheme.group(1), sorted(COMPONENTS)));
    } else if (scheme.group(1).equals("sql")
        && !uri.startsWith("sql:file:{{facteur.routes}}/sql/")) {
      add(entry, "SQL stands in a file of routes/sql: sql:file:{{facteur.routes}}/sql/<name>.sql");
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
      add(file.name(), instance, "route template '" + template + "' does not exist");
      return;
    }
    for (Node parameter : RouteFiles.items(RouteFiles.child(instance, "parameters"))) {
      String name = RouteFiles.text(parameter, "name");
      if (!known.contains(name)) {
        add(
            file.name(),
            parameter,
            "template '%s' has no parameter '%s': one of %s"
                .formatted(template, name, sorted(known)));
      }
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

  private static String sorted(Set<String> words) {
    return String.join(", ", words.stream().sorted().toList());
  }

  private void add(String file, Node node, String reason) {
    findings.add(new Finding(file, RouteFiles.line(node), reason));
  }

  private void add(Entry entry, String reason) {
    findings.add(new Finding(entry.file(), entry.line(), reason));
  }
}
