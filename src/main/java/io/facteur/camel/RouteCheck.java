package io.facteur.camel;

import io.facteur.camel.RouteFiles.Entry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.core.env.PropertyResolver;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Every check over {@code routes/} (ROUTE-3): the same for the start, for {@code --check} and for
 * the tests. Needs no database.
 */
public final class RouteCheck {

  private static final Pattern SQL_FILE =
      Pattern.compile("^sql:file:\\{\\{facteur\\.routes}}/(sql/[^?]+)");
  private static final Pattern BEAN_CALL =
      Pattern.compile("\\$\\{bean:([A-Za-z0-9]+)\\?method=([A-Za-z0-9]+)");

  private final Path folder;
  private final PropertyResolver properties;
  private final Map<String, Class<?>> beans = RouteBeans.byName();
  private final List<Finding> findings = new ArrayList<>();

  private RouteCheck(Path folder, PropertyResolver properties) {
    this.folder = folder;
    this.properties = properties;
  }

  /** Checks a folder of routes against the settings; empty if all is well. */
  public static List<Finding> check(Path folder, PropertyResolver properties) {
    return new RouteCheck(folder, properties).run();
  }

  /** The channels that files of a folder declare; none where they cannot be read. */
  public static Set<String> channels(Path folder) {
    Set<String> channels = new TreeSet<>();
    for (RouteFiles.RouteFile file : RouteFiles.read(folder, new ArrayList<>()).all()) {
      for (Node item : RouteFiles.items(file.tree())) {
        for (Node bean : RouteFiles.items(RouteFiles.child(item, "beans"))) {
          String name = RouteFiles.text(bean, "name");
          if (name != null) {
            channels.add(name);
          }
        }
      }
    }
    return channels;
  }

  private List<Finding> run() {
    RouteFiles files = RouteFiles.read(folder, findings);
    RouteConventions.check(files, properties, findings);
    RoutePermissions permissions = new RoutePermissions(properties, findings);
    files.visit(permissions::check);
    files.visit(this::checkReferences);
    checkSqlFiles(permissions);
    if (findings.isEmpty()) {
      ScratchRoutes.build(files, properties, findings);
    }
    return findings.stream().distinct().sorted().toList();
  }

  private void checkReferences(Entry entry) {
    if (entry.key().equals("bean") || entry.key().equals("method")) {
      String bean = RouteFiles.text(entry.value(), "ref");
      if (bean != null) {
        checkMethod(entry, bean, RouteFiles.text(entry.value(), "method"));
      }
    }
    String text = entry.text();
    if (text == null) {
      return;
    }
    checkBeanCalls(entry.file(), entry.line(), text);
    if (text.matches("#[A-Za-z][A-Za-z0-9]*") && !beans.containsKey(text.substring(1))) {
      add(entry.file(), entry.line(), "bean '" + text.substring(1) + "' does not exist");
    }
    Matcher sql = SQL_FILE.matcher(text);
    if (sql.find() && !Files.isRegularFile(folder.resolve(sql.group(1)))) {
      add(entry.file(), entry.line(), "SQL file '" + sql.group(1) + "' does not exist");
    }
  }

  private void checkMethod(Entry entry, String bean, String call) {
    Class<?> type = beans.get(bean);
    if (type == null) {
      add(entry.file(), lineOf(entry, "ref"), "bean '" + bean + "' does not exist");
      return;
    }
    int line = lineOf(entry, "method");
    if (call == null) {
      add(entry.file(), entry.line(), "bean '" + bean + "' is called without naming a method");
      return;
    }
    String name = call.contains("(") ? call.substring(0, call.indexOf('(')) : call;
    List<Method> methods =
        Arrays.stream(type.getMethods())
            .filter(method -> method.getName().equals(name))
            .filter(method -> Modifier.isPublic(method.getModifiers()))
            .toList();
    if (methods.isEmpty()) {
      add(entry.file(), line, "bean '" + bean + "' has no method '" + name + "'");
    } else if (call.contains("(")) {
      int given = arguments(call.substring(call.indexOf('(') + 1, call.lastIndexOf(')')));
      if (methods.stream().noneMatch(method -> method.getParameterCount() == given)) {
        add(entry.file(), line, "%s.%s does not take %d arguments".formatted(bean, name, given));
      }
    }
  }

  private static int lineOf(Entry entry, String key) {
    Node node = RouteFiles.child(entry.value(), key);
    return node == null ? entry.line() : RouteFiles.line(node);
  }

  /** Arguments of a call, commas inside braces and quotes left aside. */
  private static int arguments(String list) {
    if (list.isBlank()) {
      return 0;
    }
    int depth = 0;
    int count = 1;
    boolean quoted = false;
    for (int i = 0; i < list.length(); i++) {
      switch (list.charAt(i)) {
        case '\'' -> quoted = !quoted;
        case '{', '(' -> depth++;
        case '}', ')' -> depth--;
        case ',' -> count += depth == 0 && !quoted ? 1 : 0;
        default -> {}
      }
    }
    return count;
  }

  private void checkSqlFiles(RoutePermissions permissions) {
    Path sql = folder.resolve("sql");
    if (!Files.isDirectory(sql)) {
      return;
    }
    try (var paths = Files.list(sql)) {
      for (Path path : paths.sorted().toList()) {
        String name = folder.relativize(path).toString();
        String text = Files.readString(path);
        permissions.checkSql(name, text);
        String[] lines = text.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
          checkBeanCalls(name, i + 1, lines[i]);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + sql, e);
    }
  }

  private void checkBeanCalls(String file, int line, String text) {
    Matcher call = BEAN_CALL.matcher(text);
    while (call.find()) {
      Class<?> type = beans.get(call.group(1));
      if (type == null) {
        add(file, line, "bean '" + call.group(1) + "' does not exist");
      } else if (Arrays.stream(type.getMethods())
          .noneMatch(method -> method.getName().equals(call.group(2)))) {
        add(file, line, "bean '%s' has no method '%s'".formatted(call.group(1), call.group(2)));
      }
    }
  }

  private void add(String file, int line, String reason) {
    findings.add(new Finding(file, line, reason));
  }
}
