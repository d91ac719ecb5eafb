package io.facteur.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.facteur.testing.CaseTables.Row;
import io.facteur.testing.CaseTables.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;

/**
 * A Markdown file whose tables are cases: each row is carried out, and the program has to agree
 * with its cells. Every table begins with a column {@code No} and ends with {@code Why}.
 */
public final class CaseFile {

  /**
   * A kind of table.
   *
   * @param columns all of them, in their order, beside the number and the reason
   * @param expected which of them the program has to agree with
   * @param actual the program's cells for these columns
   */
  private record Kind(
      List<String> columns, List<String> expected, Function<Row, List<String>> actual) {}

  private final Path file;
  private final Map<String, Kind> kinds = new LinkedHashMap<>();

  public CaseFile(String file) {
    this.file = Path.of(file);
  }

  /**
   * Says how the rows of a table are carried out.
   *
   * @param columns all but the number and the reason, with commas between
   * @param expected those of them that {@code actual} has a cell for, in that order
   */
  public CaseFile table(
      String name, String columns, String expected, Function<Row, List<String>> actual) {
    kinds.put(name, new Kind(List.of(columns.split(", ")), List.of(expected.split(", ")), actual));
    return this;
  }

  /** A test for each row. */
  public Stream<DynamicContainer> tests() {
    return CaseTables.read(file).stream()
        .map(
            table ->
                DynamicContainer.dynamicContainer(
                    table.name(), table.rows().stream().map(row -> test(table, row))));
  }

  private DynamicTest test(Table table, Row row) {
    return DynamicTest.dynamicTest(
        row.cells().get("No") + ": " + row.cells().get("Why"),
        () -> {
          Kind kind = kinds.get(table.name());
          List<String> actual = kind.actual().apply(row);
          for (int i = 0; i < kind.expected().size(); i++) {
            String column = kind.expected().get(i);
            assertThat(CaseTables.normal(actual.get(i)))
                .as("%s of %s:%d: %s", column, file, row.line(), row)
                .isEqualTo(CaseTables.normal(row.get(column)));
          }
        });
  }

  /** Every table and column is known, and rows are numbered without gaps. */
  public void assertWhole() {
    List<Table> tables = CaseTables.read(file);
    assertThat(tables).extracting(Table::name).containsExactlyInAnyOrderElementsOf(kinds.keySet());
    for (Table table : tables) {
      List<String> columns = new ArrayList<>(List.of("No"));
      columns.addAll(kinds.get(table.name()).columns());
      columns.add("Why");
      assertThat(table.columns()).as(table.name()).isEqualTo(columns);
      for (int i = 0; i < table.rows().size(); i++) {
        assertThat(table.rows().get(i).get("No")).as(table.name()).isEqualTo("" + (i + 1));
      }
    }
  }

  /** How many rows the tables of a chapter have. */
  public int rows(String chapter) {
    return CaseTables.read(file).stream()
        .filter(table -> table.chapter().equals(chapter))
        .mapToInt(table -> table.rows().size())
        .sum();
  }
}
