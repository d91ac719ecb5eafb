package io.facteur.camel;

import io.facteur.camel.RouteFiles.Entry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.core.env.PropertyResolver;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * What routes may do (ROUTE-5): the components, languages and steps that are allowed, and SQL that
 * binds its parameters. Whatever is not allowed is refused.
 */
final class RoutePermissions {

  static final Set<String> COMPONENTS =
      Set.of(
          "direct",
          "seda",
          "jms",
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
          "stream");

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

  /** Steps whose endpoints, or beans, only show while a message passes. */
  private static final Set<String> FORBIDDEN_STEPS =
      Set.of(
          "recipientList",
          "routingSlip",
          "dynamicRouter",
          "enrich",
          "pollEnrich",
          "poll",
          "beanType",
          "process",
          "kamelet");

  private static final Set<String> ENDPOINT_STEPS =
      Set.of("to", "toD", "wireTap", "from", "intercept", "interceptSendToEndpoint");
  private static final Set<String> ENDPOINT_KEYS =
      Set.of("uri", "via", "handOut", "deadLetterUri", "afterUri");
  private static final Set<String> ENDPOINT_PARAMETERS = Set.of("via", "handOut", "from");

  private static final Pattern SCHEME = Pattern.compile("^([a-zA-Z][a-zA-Z0-9+.-]*):");
  private static final Pattern REFLECTION =
      Pattern.compile(
          "(?i)\\$(simple)?\\{[^}]*(\\bclass\\b|getClass|type:|sysenv|env[.:]|sys\\.|camelContext"
              + "|\\bexchange\\.|\\bref:)"
              + "|\\$(simple)?\\{bean:(?![A-Za-z0-9]+\\?method=)"
              + "|#(class|type|property|valueAs|autowired)[:(]");
  private static final Pattern INTERPOLATION = Pattern.compile("(?<!:#)(?<!:#in:)\\$\\{");

  private final PropertyResolver properties;
  private final List<Finding> findings;

  RoutePermissions(PropertyResolver properties, List<Finding> findings) {
    this.properties = properties;
    this.findings = findings;
  }

  /** SQL statements bind their parameters; text is never put together. */
  void checkSql(String file, String sql) {
    String[] lines = sql.split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      if (!lines[i].stripLeading().startsWith("--") && INTERPOLATION.matcher(lines[i]).find()) {
        findings.add(
            new Finding(file, i + 1, "puts text into SQL: bind it as a parameter, :#${...}"));
      }
    }
  }

  void check(Entry entry) {
    String key = entry.key();
    if (FORBIDDEN_STEPS.contains(key)) {
      add(entry, "'" + key + "' is not allowed in routes: endpoints and beans are named in full");
    }
    if (FORBIDDEN_LANGUAGES.contains(key) && !isBeanReference(entry)) {
      add(entry, "'" + key + "' is not allowed in routes: use simple, or a bean");
    }
    String text = entry.text();
    if (text == null) {
      return;
    }
    if (isEndpoint(entry)) {
      checkEndpoint(entry);
    }
    if (REFLECTION.matcher(text).find()) {
      add(entry, "reaches behind the values it is given: only their properties may be read");
    }
    if (key.equals("name") && text.equalsIgnoreCase("CamelSqlQuery")) {
      add(entry, "puts text into SQL: statements stand in files of routes/sql");
    }
  }

  /** {@code ref} names a bean below {@code bean} and {@code method}; elsewhere it is a language. */
  private static boolean isBeanReference(Entry entry) {
    return entry.key().equals("ref") && entry.value() instanceof ScalarNode;
  }

  /** Whether a key holds an endpoint's URI. */
  static boolean isEndpoint(Entry entry) {
    if (ENDPOINT_STEPS.contains(entry.key()) || ENDPOINT_KEYS.contains(entry.key())) {
      return entry.text() != null;
    }
    String name = RouteFiles.text(entry.parent(), "name");
    return entry.key().equals("value") && name != null && ENDPOINT_PARAMETERS.contains(name);
  }

  /**
   * An endpoint's URI; where it begins with a setting, with the values of settings. Null if it
   * begins with a template's parameter, which is checked where it is given.
   */
  static String uri(Entry entry, PropertyResolver properties) {
    String uri = entry.text();
    if (uri.startsWith("{{")) {
      uri = RouteParameters.resolved(uri, properties);
    }
    return uri.startsWith("{{") ? null : uri;
  }

  private void checkEndpoint(Entry entry) {
    String uri = uri(entry, properties);
    if (uri == null) {
      return;
    }
    String scheme = scheme(uri);
    if (scheme == null) {
      add(entry, "'" + uri + "' is no endpoint: a scheme is missing, e.g. direct:" + uri);
    } else if (!COMPONENTS.contains(scheme)) {
      add(
          entry,
          "component '%s' is not allowed: one of %s"
              .formatted(scheme, RouteConventions.sorted(COMPONENTS)));
    } else if (scheme.equals("sql") && !uri.startsWith("sql:file:{{facteur.routes}}/sql/")) {
      add(entry, "SQL stands in a file of routes/sql: sql:file:{{facteur.routes}}/sql/<name>.sql");
    }
  }

  /** The component that an endpoint's URI names; null if it names none. */
  static String scheme(String uri) {
    Matcher scheme = SCHEME.matcher(uri);
    return scheme.find() ? scheme.group(1) : null;
  }

  /** The options of an endpoint, each with the line on which it stands. */
  static Map<String, Integer> options(Entry entry) {
    Map<String, Integer> options = new HashMap<>();
    String uri = entry.text();
    int query = uri.indexOf('?');
    if (query >= 0) {
      for (String option : uri.substring(query + 1).split("&")) {
        options.put(option.split("=")[0], RouteFiles.line(entry.value()));
      }
    }
    if (entry.key().equals("uri")
        && RouteFiles.child(entry.parent(), "parameters") instanceof MappingNode parameters) {
      parameters
          .getValue()
          .forEach(
              tuple -> {
                Node key = tuple.getKeyNode();
                options.put(((ScalarNode) key).getValue(), RouteFiles.line(key));
              });
    }
    return options;
  }

  private void add(Entry entry, String reason) {
    findings.add(new Finding(entry.file(), entry.line(), reason));
  }
}
