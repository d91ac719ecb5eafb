package io.facteur.rendering;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.facteur.document.Document;
import io.facteur.party.PartiesText;
import io.facteur.rendering.XmlTerms.Invoice;
import io.facteur.testing.CaseTables;
import io.facteur.testing.CaseTables.Row;
import io.facteur.testing.CaseTables.Table;
import io.facteur.testing.Rendering;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Carries out every valid invoice of {@code docs/einvoice-cases.md}, in every format. */
class EInvoiceCasesTest {

  static final Path FILE = Path.of("docs/einvoice-cases.md");

  private static final List<Table> TABLES =
      CaseTables.read(FILE).stream()
          .filter(table -> table.chapter().equals("Valid invoices"))
          .toList();
  private static final List<String> COLUMNS =
      List.of(
          "No",
          "Seller",
          "Buyer",
          "Document",
          "Lines",
          "Allowances and charges",
          "Net",
          "VAT",
          "Total",
          "Due",
          "In the XML",
          "Not as",
          "Why");
  private static final Pattern OF_FORMATS = Pattern.compile("([^=]+): (.+)");
  private static final PartiesText PARTIES = PartiesText.read(FILE);
  private static final XmlTerms TERMS = XmlTerms.read(FILE);

  private static ExecutorService workers;

  @BeforeAll
  static void start() {
    FacturXFile.prepareVeraPdf();
    workers = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
  }

  @AfterAll
  static void stop() {
    workers.shutdownNow();
  }

  @TestFactory
  Stream<DynamicContainer> everyCaseIsAValidEInvoiceWithTheAmountsWorkedOutByHand() {
    return TABLES.stream()
        .map(
            table ->
                DynamicContainer.dynamicContainer(
                    table.name(), table.rows().stream().flatMap(EInvoiceCasesTest::tests)));
  }

  @Test
  void noColumnIsLeftOutAndRowsAreNumberedWithoutGaps() {
    List<String> numbers = new ArrayList<>();
    for (Table table : TABLES) {
      assertThat(table.columns()).as(table.name()).isEqualTo(COLUMNS);
      table.rows().forEach(row -> numbers.add(row.get("No")));
    }
    assertThat(numbers).hasSizeGreaterThanOrEqualTo(100);
    for (int i = 0; i < numbers.size(); i++) {
      assertThat(numbers.get(i)).isEqualTo("" + (i + 1));
    }
  }

  /** All begin at once, on as many threads as there are processors. */
  private static Stream<DynamicTest> tests(Row row) {
    List<DynamicTest> tests = new ArrayList<>();
    for (Format format : formats(row)) {
      CompletableFuture<Void> done =
          CompletableFuture.runAsync(() -> carryOut(row, format), workers);
      tests.add(
          DynamicTest.dynamicTest(
              "%s as %s: %s".formatted(row.get("No"), format, row.get("Why")), () -> join(done)));
    }
    return tests.stream();
  }

  private static void join(CompletableFuture<Void> done) throws Throwable {
    try {
      done.join();
    } catch (CompletionException e) {
      throw e.getCause();
    }
  }

  private static List<Format> formats(Row row) {
    return Arrays.stream(Format.values())
        .filter(Format::needsValidEInvoice)
        .filter(format -> !anyOf(format, row.get("Not as")))
        .toList();
  }

  /** {@code Factur-X} is its XML as well, {@code XRechnung} both of its syntaxes. */
  private static boolean anyOf(Format format, String names) {
    return Stream.of(names.split(", "))
        .filter(name -> !name.isEmpty())
        .map(name -> name.toUpperCase(Locale.ROOT).replaceAll("[- ]", "_"))
        .anyMatch(
            name ->
                format.name().startsWith(name)
                    || (format == Format.CII && name.equals(Format.FACTUR_X.name())));
  }

  private static void carryOut(Row row, Format format) {
    Document document = document(row);
    byte[] bytes = Rendering.renderer().render(document, Variant.original(format)).bytes();
    if (format == Format.FACTUR_X) {
      byte[] xml = Rendering.renderer().render(document, Variant.original(Format.CII)).bytes();
      FacturXFile.assertArchivable(bytes, xml, document.lines().size());
    } else {
      assertRight(row, format, TERMS.invoice(new String(bytes, UTF_8)));
    }
  }

  static Document document(Row row) {
    return InvoiceText.read(PARTIES, row, Integer.parseInt(row.get("No")));
  }

  static Stream<Row> rows() {
    return TABLES.stream().flatMap(table -> table.rows().stream());
  }

  private static void assertRight(Row row, Format format, Invoice invoice) {
    RecomputedInvoice.assertRight(invoice);
    assertThat(invoice.amount("BT-109")).as("Net").isEqualTo(row.get("Net"));
    assertThat(invoice.amount("BT-112")).as("Total").isEqualTo(row.get("Total"));
    assertThat(invoice.amount("BT-115")).as("Due").isEqualTo(row.get("Due"));
    assertThat(vat(invoice))
        .as("VAT")
        .containsExactlyInAnyOrder(CaseTables.normal(row.get("VAT")).split("\n"));
    for (String term : row.get("In the XML").split("; ")) {
      Matcher some = OF_FORMATS.matcher(term);
      if (!some.matches()) {
        assertTerm(term, invoice);
      } else if (anyOf(format, some.group(1))) {
        assertTerm(some.group(2), invoice);
      }
    }
  }

  private static List<String> vat(Invoice invoice) {
    List<String> vat = new ArrayList<>();
    for (int i = 0; i < invoice.all("BT-118").size(); i++) {
      String category = invoice.all("BT-118").get(i);
      String rate = category.equals("O") ? "0" : invoice.all("BT-119").get(i);
      vat.add(
          CaseTables.normal(
              "%s %s: %s of %s"
                  .formatted(
                      category, rate, invoice.all("BT-117").get(i), invoice.all("BT-116").get(i))));
    }
    return vat;
  }

  /** {@code BT-1 = value}, {@code BT-1 = –} or {@code BT-22 ∋ part of a value}. */
  private static void assertTerm(String text, Invoice invoice) {
    String[] parts = text.split(" [=∋] ", 2);
    List<String> values = invoice.all(parts[0]);
    if (text.contains(" ∋ ")) {
      assertThat(values).as(text).anySatisfy(value -> assertThat(value).contains(parts[1]));
    } else if (parts[1].equals("–")) {
      assertThat(values).as(text).isEmpty();
    } else {
      assertThat(CaseTables.normal(String.join(", ", values)))
          .as(text)
          .isEqualTo(CaseTables.normal(parts[1]));
    }
  }
}
