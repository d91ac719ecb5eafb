package io.facteur.benchmark;

import java.io.PrintStream;
import java.util.List;
import java.util.Objects;

/** Prints a table line by line, as its figures come. */
public final class MarkdownTable {

  private final PrintStream out;

  public MarkdownTable(PrintStream out, String title, List<String> columns) {
    this.out = Objects.requireNonNull(out);
    out.printf("%n%s%n%n", title);
    row(columns);
    row(columns.stream().map(column -> "---:").toList());
  }

  public void row(List<String> cells) {
    out.println("| " + String.join(" | ", cells) + " |");
  }
}
