package io.facteur.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.facteur.testing.TestDatabase;
import io.facteur.testing.TextScan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** docs/personal-data.md says of every column that can hold a text what becomes of it. */
class PersonalDataDocumentedTest {

  private static final Path PAGE = Path.of("docs/personal-data.md");
  private static final Pattern ROW = Pattern.compile("\\| `(\\w+)` \\| ([^|]+) \\|.*");
  private static final Pattern NAME = Pattern.compile("`(\\w+)`");

  @Test
  void everyColumnThatCanHoldATextIsDocumented() throws IOException {
    String page = Files.readString(PAGE);
    Set<String> documented = new TreeSet<>();
    page.lines()
        .map(ROW::matcher)
        .filter(Matcher::matches)
        .forEach(
            row ->
                NAME.matcher(row.group(2))
                    .results()
                    .forEach(column -> documented.add(row.group(1) + "." + column.group(1))));
    Set<String> harmless =
        page.lines()
            .filter(line -> line.startsWith("These hold nothing of contacts: "))
            .flatMap(line -> NAME.matcher(line).results())
            .map(name -> name.group(1))
            .collect(Collectors.toSet());

    Set<String> found =
        TextScan.columns(JdbcClient.create(TestDatabase.fresh())).stream()
            .filter(column -> harmless.stream().noneMatch(name -> isOf(column, name)))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(harmless).hasSizeGreaterThan(5);
    assertThat(documented).isEqualTo(found);
  }

  /** A name that ends with an underscore stands for all tables that begin so. */
  private static boolean isOf(String column, String table) {
    return column.startsWith(table.endsWith("_") ? table : table + ".");
  }
}
