package io.facteur.camel;

import io.facteur.camel.RouteFiles.RouteFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.core.env.PropertyResolver;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Checks placeholders, and what instances give to their route templates (ROUTE-3). */
final class RouteParameters {

  /** Set by Facteur itself while it starts. */
  private static final Set<String> PROVIDED = Set.of("facteur.smtp.host", "facteur.smtp.port");

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{[?!]?([^}:]+)(:[^}]*)?}}");

  private final PropertyResolver properties;
  private final List<Finding> findings;
  private final Map<String, Set<String>> templateParameters = new HashMap<>();
  private final Map<String, Set<String>> requiredParameters = new HashMap<>();

  private RouteParameters(PropertyResolver properties, List<Finding> findings) {
    this.properties = properties;
    this.findings = findings;
  }

  static void check(RouteFiles files, PropertyResolver properties, List<Finding> findings) {
    RouteParameters parameters = new RouteParameters(properties, findings);
    for (RouteFile file : files.all()) {
      for (Node item : RouteFiles.items(file.tree())) {
        parameters.noteParameters(RouteFiles.child(item, "routeTemplate"));
      }
    }
    files.all().forEach(parameters::checkPlaceholders);
  }

  /** With the values of the settings that it names, where they are known. */
  static String resolved(String text, PropertyResolver properties) {
    return resolved(text, properties::getProperty);
  }

  /**
   * A text with its parameters' values.
   *
   * @param values null for names that stay as they are
   */
  static String resolved(String text, UnaryOperator<String> values) {
    return PLACEHOLDER
        .matcher(text)
        .replaceAll(
            found -> {
              String value = values.apply(found.group(1).strip());
              return Matcher.quoteReplacement(value == null ? found.group() : value);
            });
  }

  private void noteParameters(Node template) {
    if (template == null) {
      return;
    }
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
                .formatted(template, name, RouteConventions.sorted(known)));
      }
      String fault = ParameterValues.fault(name, RouteFiles.text(parameter, "value"));
      if (fault != null) {
        add(file.name(), RouteFiles.child(parameter, "value"), fault);
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
    if (node instanceof MappingNode map) {
      map.getValue().forEach(tuple -> children.add(tuple.getValueNode()));
    }
    return children;
  }

  private void add(String file, Node node, String reason) {
    findings.add(new Finding(file, RouteFiles.line(node), reason));
  }
}
