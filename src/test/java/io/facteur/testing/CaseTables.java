package io.facteur.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tables of a Markdown file, under their headings. */
public final class CaseTables {

  private static final Pattern DECIMAL = Pattern.compile("(?<![\\d.])(\\d+)\\.(\\d+)(?![\\d.])");
  private static final String NONE = "–";

  /**
   * A row.
   *
   * @param line of the file, from 1
   */
  public record Row(int line, Map<String, String> cells) {

    public String get(String column) {
      String cell = cells.get(column);
      return cell.equals(NONE) ? "" : cell;
    }

    /** Null where there is none. */
    public String orNull(String column) {
      return get(column).isEmpty() ? null : get(column);
    }

    @Override
    public String toString() {
      return cells.values().stream().collect(Collectors.joining(" | "));
    }
  }

  /** A table under its headings of the second and third level. */
  public record Table(String chapter, String name, List<String> columns, List<Row> rows) {}

  private CaseTables() {}

  public static List<Table> read(Path file) {
    List<Table> tables = new ArrayList<>();
    String chapter = "";
    String name = "";
    Table open = null;
    List<String> lines = lines(file);
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (!line.startsWith("|")) {
        open = null;
        if (line.startsWith("## ")) {
          chapter = line.substring(3).strip();
        } else if (line.startsWith("### ")) {
          name = line.substring(4).strip();
        }
      } else if (open == null) {
        open = new Table(chapter, name, cells(line), new ArrayList<>());
        tables.add(open);
      } else if (!line.startsWith("|---")) {
        open.rows().add(row(i + 1, open.columns(), cells(line)));
      }
    }
    return tables;
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> cells(String line) {
    return Stream.of(line.substring(1, line.lastIndexOf('|')).split("\\|", -1))
        .map(String::strip)
        .toList();
  }

  private static Row row(int line, List<String> columns, List<String> cells) {
    if (cells.size() != columns.size()) {
      throw new AssertionError(
          "line %d has %d cells for %d columns".formatted(line, cells.size(), columns.size()));
    }
    Map<String, String> row = new LinkedHashMap<>();
    for (int i = 0; i < cells.size(); i++) {
      row.put(columns.get(i), cells.get(i));
    }
    return new Row(line, row);
  }

  /** What several things in one cell look like, whatever separates them, and 1.50 like 1.5. */
  public static String normal(String cell) {
    String oneALine = cell.replace("<br>", "\n").replace("; ", "\n");
    return DECIMAL
        .matcher(oneALine)
        .replaceAll(
            number -> {
              String decimals = number.group(2).replaceAll("0+$", "");
              return number.group(1) + (decimals.isEmpty() ? "" : "." + decimals);
            });
  }
}
