package io.facteur.camel;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** The route files as trees whose nodes know their lines. */
final class RouteFiles {

  /** One file; its tree is null if it is not YAML or empty. */
  record RouteFile(Path path, String name, Node tree) {}

  /**
   * A key with its value, somewhere in a file.
   *
   * @param parent the mapping that holds the key
   */
  record Entry(String file, String key, Node value, MappingNode parent, int line) {

    /** The value's text; null unless it is plain text. */
    String text() {
      return value instanceof ScalarNode scalar ? scalar.getValue() : null;
    }
  }

  private final Path folder;
  private final List<RouteFile> files = new ArrayList<>();

  private RouteFiles(Path folder) {
    this.folder = folder;
  }

  /** Reads all {@code *.camel.yaml} below a folder; what is not YAML becomes a finding. */
  static RouteFiles read(Path folder, List<Finding> findings) {
    RouteFiles read = new RouteFiles(folder);
    if (!Files.isDirectory(folder)) {
      findings.add(new Finding(folder.toString(), 0, "there is no such folder"));
      return read;
    }
    try (Stream<Path> paths = Files.walk(folder)) {
      paths
          .filter(path -> path.getFileName().toString().endsWith(".camel.yaml"))
          .sorted()
          .forEach(path -> read.files.add(read.parse(path, findings)));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + folder, e);
    }
    return read;
  }

  List<RouteFile> all() {
    return List.copyOf(files);
  }

  /** Visits every key of every file. */
  void visit(Consumer<Entry> visitor) {
    files.forEach(file -> visit(file.name(), file.tree(), visitor));
  }

  /** Where a text stands for the first time; a finding about it can be placed there. */
  Finding findingAt(String text, String reason) {
    List<Finding> found = new ArrayList<>();
    visit(
        entry -> {
          if (entry.text() != null && entry.text().contains(text)) {
            found.add(new Finding(entry.file(), entry.line(), reason));
          }
        });
    return found.isEmpty() ? new Finding(folder.toString(), 0, reason) : found.get(0);
  }

  /** The text under a key of a mapping; null if there is none. */
  static String text(Node mapping, String key) {
    Node value = child(mapping, key);
    return value instanceof ScalarNode scalar ? scalar.getValue() : null;
  }

  static Node child(Node mapping, String key) {
    if (mapping instanceof MappingNode map) {
      for (NodeTuple tuple : map.getValue()) {
        if (tuple.getKeyNode() instanceof ScalarNode name && name.getValue().equals(key)) {
          return tuple.getValueNode();
        }
      }
    }
    return null;
  }

  static List<Node> items(Node sequence) {
    return sequence instanceof SequenceNode list ? list.getValue() : List.of();
  }

  static int line(Node node) {
    return node.getStartMark().getLine() + 1;
  }

  private RouteFile parse(Path path, List<Finding> findings) {
    String name = folder.relativize(path).toString();
    try {
      Node tree = new Yaml().compose(new StringReader(Files.readString(path)));
      if (tree == null) {
        findings.add(new Finding(name, 0, "the file is empty"));
      } else {
        refuseDoubleKeys(name, tree, findings);
      }
      return new RouteFile(path, name, tree);
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
      findings.add(new Finding(name, line, "is not YAML: " + e.getProblem()));
      return new RouteFile(path, name, null);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + path, e);
    }
  }

  private static void refuseDoubleKeys(String file, Node node, List<Finding> findings) {
    if (node instanceof MappingNode map) {
      Set<String> seen = new HashSet<>();
      for (NodeTuple tuple : map.getValue()) {
        if (tuple.getKeyNode() instanceof ScalarNode key && !seen.add(key.getValue())) {
          findings.add(new Finding(file, line(key), "'" + key.getValue() + "' stands here twice"));
        }
        refuseDoubleKeys(file, tuple.getValueNode(), findings);
      }
    }
    items(node).forEach(item -> refuseDoubleKeys(file, item, findings));
  }

  private static void visit(String file, Node node, Consumer<Entry> visitor) {
    if (node instanceof MappingNode map) {
      for (NodeTuple tuple : map.getValue()) {
        if (tuple.getKeyNode() instanceof ScalarNode key) {
          Node value = tuple.getValueNode();
          visitor.accept(new Entry(file, key.getValue(), value, map, line(key)));
          visit(file, value, visitor);
        }
      }
    } else if (node instanceof SequenceNode list) {
      list.getValue().forEach(item -> visit(file, item, visitor));
    }
  }
}
