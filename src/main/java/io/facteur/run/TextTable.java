package io.facteur.run;

import java.util.ArrayList;
import java.util.List;

/**
 * A table of plain text. Its columns are as wide as what stands in them; the last one is wrapped to
 * the width of the whole.
 */
final class TextTable {

  private static final String GAP = "  ";

  private final int width;
  private final List<Boolean> toTheRight;
  private final List<List<String>> rows = new ArrayList<>();

  /**
   * @param width of the whole, in characters
   * @param columns titles; those of numbers begin with {@code >}
   */
  TextTable(int width, List<String> columns) {
    this.width = width;
    this.toTheRight = columns.stream().map(column -> column.startsWith(">")).toList();
    rows.add(columns.stream().map(column -> column.replaceFirst("^>", "")).toList());
  }

  void row(List<String> cells) {
    rows.add(List.copyOf(cells));
  }

  void printTo(StringBuilder text) {
    int[] widths = widths();
    for (List<String> row : rows) {
      print(row, widths, text);
    }
  }

  private int[] widths() {
    int[] widths = new int[toTheRight.size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    return widths;
  }

  private void print(List<String> row, int[] widths, StringBuilder text) {
    int last = widths.length - 1;
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < last; i++) {
      line.append(GAP).append(padded(row.get(i), widths[i], toTheRight.get(i)));
    }
    line.append(GAP);
    if (toTheRight.get(last)) {
      line.append(padded(row.get(last), widths[last], true));
      text.append(line.toString().stripTrailing()).append('\n');
      return;
    }
    String indent = " ".repeat(line.length());
    for (String part : wrapped(row.get(last), Math.max(20, width - line.length()))) {
      text.append((line + part).stripTrailing()).append('\n');
      line.setLength(0);
      line.append(indent);
    }
  }

  private static String padded(String cell, int width, boolean right) {
    String spaces = " ".repeat(width - cell.length());
    return right ? spaces + cell : cell + spaces;
  }

  /** At spaces where there are some, else anywhere. */
  static List<String> wrapped(String text, int width) {
    List<String> parts = new ArrayList<>();
    String rest = text.strip();
    while (rest.length() > width) {
      int space = rest.lastIndexOf(' ', width);
      int cut = space > 0 ? space : width;
      parts.add(rest.substring(0, cut).stripTrailing());
      rest = rest.substring(cut).stripLeading();
    }
    parts.add(rest);
    return parts;
  }
}
