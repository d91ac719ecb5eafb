package io.facteur.rendering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.facteur.document.Document;
import io.facteur.testing.CaseTables;
import io.facteur.testing.CaseTables.Row;
import io.facteur.testing.CaseTables.Table;
import io.facteur.testing.RecordChange;
import io.facteur.testing.Rendering;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Carries out every invalid invoice of {@code docs/einvoice-cases.md}: none leaves (EINV-2). */
class InvalidEInvoiceCasesTest {

  private static final List<Table> TABLES =
      CaseTables.read(EInvoiceCasesTest.FILE).stream()
          .filter(table -> table.chapter().equals("Invalid invoices"))
          .toList();

  /** Which formats a column is about. */
  private static final Map<String, List<String>> COLUMNS = new LinkedHashMap<>();

  static {
    COLUMNS.put("Factur-X", List.of("CII", "FACTUR_X"));
    COLUMNS.put("XRechnung", List.of("XRECHNUNG_CII", "XRECHNUNG_UBL"));
    COLUMNS.put("Peppol", List.of("PEPPOL_UBL"));
  }

  @TestFactory
  Stream<DynamicContainer> noneLeavesAndTheReasonNamesTheOfficialRuleAndOurField() {
    return TABLES.stream()
        .map(
            table ->
                DynamicContainer.dynamicContainer(
                    table.name(), table.rows().stream().flatMap(InvalidEInvoiceCasesTest::tests)));
  }

  @Test
  void noColumnIsLeftOutAndRowsAreNumberedWithoutGaps() {
    List<String> columns = new ArrayList<>(List.of("No", "Like", "Changed"));
    columns.addAll(COLUMNS.keySet());
    columns.addAll(List.of("The reason says", "Why"));
    List<String> numbers = new ArrayList<>();
    for (Table table : TABLES) {
      assertThat(table.columns()).as(table.name()).isEqualTo(columns);
      table.rows().forEach(row -> numbers.add(row.get("No")));
    }
    assertThat(numbers).hasSizeGreaterThanOrEqualTo(50);
    for (int i = 0; i < numbers.size(); i++) {
      assertThat(numbers.get(i)).isEqualTo("" + (i + 1));
    }
  }

  private static Stream<DynamicTest> tests(Row row) {
    List<DynamicTest> tests = new ArrayList<>();
    COLUMNS.forEach(
        (column, formats) ->
            formats.forEach(
                format ->
                    Format.find(format)
                        .ifPresent(
                            known -> tests.add(test(row, known, rules(row, column, known))))));
    tests.add(
        DynamicTest.dynamicTest(
            "%s on paper: %s".formatted(row.get("No"), row.get("Why")), () -> goesOnPaper(row)));
    return tests.stream();
  }

  /** {@code BR-1}, or where the syntaxes differ {@code CII BR-1, UBL BR-2}. */
  private static List<String> rules(Row row, String column, Format format) {
    String other = format.name().endsWith("UBL") ? "CII " : "UBL ";
    return Stream.of(row.get(column).split(", "))
        .filter(rule -> !rule.isEmpty() && !rule.startsWith(other))
        .map(rule -> rule.replaceFirst("^(CII|UBL) ", ""))
        .toList();
  }

  private static DynamicTest test(Row row, Format format, List<String> rules) {
    return DynamicTest.dynamicTest(
        "%s as %s: %s".formatted(row.get("No"), format, row.get("Why")),
        () -> {
          if (rules.isEmpty()) {
            assertThat(render(row, format).bytes()).isNotEmpty();
          } else {
            assertRefused(row, format, rules);
          }
        });
  }

  private static void assertRefused(Row row, Format format, List<String> rules) {
    InvalidEInvoiceException refused =
        catchThrowableOfType(InvalidEInvoiceException.class, () -> render(row, format));
    assertThat(refused).as("%s is refused", row).isNotNull();
    assertThat(refused.violations())
        .allSatisfy(
            violation -> {
              assertThat(violation.fatal()).isTrue();
              assertThat(violation.officialText()).isNotBlank();
              assertThat(violation.location()).isNotBlank();
            })
        .extracting(RuleViolation::ruleId)
        .as("%s", refused.getMessage())
        .containsAll(rules);
    assertThat(refused).hasMessageContaining(row.get("The reason says"));
    for (String rule : rules) {
      assertThat(refused).hasMessageContaining(rule + ": ");
    }
  }

  /** Whatever becomes of the e-invoice, its reader gets a PDF; with XML only if that is valid. */
  private static void goesOnPaper(Row row) {
    Rendered paper = render(row, Format.PDF);
    assertThat(paper.bytes()).isNotEmpty();
    assertThat(paper.embedsXml()).isEqualTo(row.orNull("Factur-X") == null);
    assertThat(Pdf.read(paper.bytes()).embedded() != null).isEqualTo(paper.embedsXml());
  }

  private static Rendered render(Row row, Format format) {
    return Rendering.renderer().render(document(row), Variant.original(format));
  }

  private static Document document(Row row) {
    Document document =
        EInvoiceCasesTest.rows()
            .filter(valid -> valid.get("No").equals(row.get("Like")))
            .map(EInvoiceCasesTest::document)
            .findFirst()
            .orElseThrow();
    for (String change : row.get("Changed").split("; ")) {
      String[] parts = change.split(" = ", 2);
      document = RecordChange.change(document, parts[0], parts[1]);
    }
    return document;
  }
}
