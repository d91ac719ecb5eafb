package io.facteur.rendering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facteur.contract.VatCategory;
import io.facteur.document.Document;
import io.facteur.document.DocumentLine;
import io.facteur.document.DocumentType;
import io.facteur.document.Seller;
import io.facteur.document.StatedBill;
import io.facteur.party.PostalAddress;
import io.facteur.testing.Rendering;
import io.facteur.testing.SampleDocuments;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Documents of every type, in every language and country, short and long: nothing is printed over
 * anything else or out of its place, and tables that run over pages say what they carry.
 */
class EveryDocumentTest {

  private static final LocalDate DAY = LocalDate.of(2026, 9, 2);
  private static final Set<DocumentType> WITH_LINES =
      EnumSet.complementOf(
          EnumSet.of(
              DocumentType.REMINDER,
              DocumentType.PAYMENT_NOTICE,
              DocumentType.STATEMENT,
              DocumentType.LETTER));
  private static final Pattern CARRIED_OUT = Pattern.compile("À reporter\\s+CHF ([0-9'.]+)");
  private static final Pattern CARRIED_IN = Pattern.compile("Report\\s+CHF ([0-9'.]+)");

  /** How much stands on a document. */
  private enum Extent {
    SHORT,
    LONG_NAMES,
    OVER_PAGES
  }

  static Stream<Arguments> everyTypeLanguageAndCountry() {
    return Stream.of(DocumentType.values())
        .flatMap(
            type ->
                Stream.of("fr", "de", "en", "it")
                    .flatMap(
                        language ->
                            Stream.of("CH", "DE", "FR")
                                .map(country -> Arguments.of(type, language, country))));
  }

  @ParameterizedTest(name = "{0}, {1}, {2}")
  @MethodSource("everyTypeLanguageAndCountry")
  void nothingIsPrintedOverAnythingElseOrOutOfItsPlace(
      DocumentType type, String language, String country) {
    for (Extent extent : Extent.values()) {
      boolean copy = extent == Extent.OVER_PAGES;

      List<Page> pages = pages(sample(type, country, extent).build(), language, copy);

      assertThat(pages).hasSizeGreaterThan(copy ? 1 : 0);
      for (Page page : pages) {
        assertThat(page.overlaps()).isEmpty();
        assertThat(page.glyphs()).allSatisfy(glyph -> isInItsPlace(glyph, hasSlip(page)));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(DocumentType.class)
  void aCopyAndADraftSaySoOnEachPage(DocumentType type) {
    SampleDocuments sample = sample(type, "DE", Extent.OVER_PAGES);

    List<Page> copies = pages(sample.build(), "de", true);
    List<Page> originals = pages(sample.build(), "de", false);
    List<Page> drafts = pages(sample.draft().build(), "de", false);

    assertThat(copies).hasSizeGreaterThan(1).allSatisfy(page -> has(page, "KOPIE – bereits"));
    assertThat(originals)
        .allSatisfy(page -> assertThat(page.text()).doesNotContain("KOPIE", "ENTWURF"));
    assertThat(drafts).allSatisfy(page -> has(page, "ENTWURF – "));
  }

  @ParameterizedTest
  @EnumSource(
      value = DocumentType.class,
      names = {"INVOICE", "INSTALMENT", "SETTLEMENT", "REMINDER", "STATEMENT"})
  void theAccountOnACopyAsksForNoSecondPayment(DocumentType type) {
    Document document = sample(type, "DE", Extent.SHORT).build();

    assertThat(text(document, "de", true)).contains("allein aufgrund des Originals");
    assertThat(text(document, "de", false)).doesNotContain("aufgrund des Originals");
  }

  @Test
  void subtotalsAreCarriedFromPageToPageAndAreTheSumOfTheLinesBefore() {
    for (int lines : new int[] {20, 61, 140}) {
      Document document = over(SampleDocuments.lac(), lines).build();

      List<Page> pages = pages(document, "fr", false);

      assertThat(pages).hasSizeGreaterThan(1);
      BigDecimal sum = BigDecimal.ZERO;
      List<DocumentLine> left = new ArrayList<>(document.lines());
      for (Page page : pages) {
        boolean begins = !left.isEmpty() && page.number() > 1;
        assertThat(found(CARRIED_IN, page)).isEqualTo(begins ? sum.toString() : null);
        while (!left.isEmpty() && page.text().contains(left.get(0).name() + " ")) {
          sum = sum.add(left.remove(0).netAmount());
        }
        boolean ended = page.text().contains("Total HT") || !page.text().contains("Raccordement ");
        assertThat(found(CARRIED_OUT, page)).isEqualTo(ended ? null : sum.toString());
      }
      assertThat(left).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "fr, À reporter, Report",
    "de, Übertrag, Übertrag",
    "en, Carried forward, Brought forward",
    "it, Da riportare, Riporto"
  })
  void onlyTablesWithAmountsThatRunOverCarrySubtotals(String language, String out, String in) {
    Document statement = sample(DocumentType.STATEMENT, "FR", Extent.OVER_PAGES).build();

    List<Page> over = pages(over(SampleDocuments.lac(), 40).build(), language, false);
    List<Page> stated = pages(statement, language, false);

    has(over.get(0), out + " ");
    has(over.get(1), in + " ");
    has(stated.get(0), out + " ");
    has(stated.get(1), in + " ");
    for (Document without :
        List.of(
            over(SampleDocuments.lac(), 3).build(),
            sample(DocumentType.DELIVERY_NOTE, "CH", Extent.OVER_PAGES).build())) {
      assertThat(pages(without, language, false))
          .allSatisfy(page -> assertThat(page.text()).doesNotContain(out + "  ", in + "  "));
    }
  }

  @Test
  void totalsNeverStandWithoutTheLastTwoLines() {
    for (int lines = 3; lines <= 40; lines++) {
      List<Page> pages = pages(over(SampleDocuments.lac(), lines).build(), "fr", false);
      Page totals =
          pages.stream()
              .filter(page -> page.text().contains("Total TTC"))
              .findFirst()
              .orElseThrow();

      has(totals, "Raccordement " + lines + " ");
      has(totals, "Raccordement " + (lines - 1) + " ");
      has(totals, "Désignation");
    }
  }

  @Test
  void aLineThatIsTallerThanAPageIsContinuedAndAllOfItIsThere() {
    SampleDocuments sample = SampleDocuments.nordlicht().line("Großauftrag", "1", "C62", "99999");
    for (int i = 1; i <= 99; i++) {
      sample.onLine(false, "Nachlass Nummer " + i + " nach der Vereinbarung vom Herbst", "95", "1");
    }
    List<Page> pages = pages(sample.line("Danach", "1", "C62", "10").build(), "de", false);
    String text = String.join(" ", pages.stream().map(Page::text).toList());

    assertThat(pages).hasSizeGreaterThan(1);
    assertThat(text).contains("Nachlass Nummer 1 ", "Nachlass Nummer 99 ", "Danach", "Zu zahlen");
    assertThat(pages).allSatisfy(page -> assertThat(page.overlaps()).isEmpty());
  }

  @Test
  void aThousandLinesArePrintedWithinSecondsAndLookTheSameOnEveryPage() {
    Document document = over(SampleDocuments.lac(), 1000).build();
    long start = System.nanoTime();

    List<Page> pages = pages(document, "fr", false);

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
    assertThat(pages.size()).isBetween(25, 50);
    assertThat(pages.subList(0, pages.size() - 2))
        .allSatisfy(
            page -> {
              has(page, "Désignation");
              has(page, "À reporter");
            })
        .extracting(page -> page.place("Quantité"))
        .doesNotContainNull()
        .satisfies(places -> assertThat(Set.copyOf(places)).hasSize(1));
  }

  @Test
  void aStatementAddsUpWhatIsOpenAndWhatOfItIsOverdue() {
    Document statement =
        SampleDocuments.nordlicht()
            .states(DocumentType.STATEMENT, "NORD-1", DAY, DAY.plusDays(30), "100.00", "60.00")
            .states(
                DocumentType.STATEMENT, "NORD-2", DAY, LocalDate.of(2026, 12, 1), "50.00", "50.00")
            .states(DocumentType.STATEMENT, "NORD-3", DAY, null, "-20.00", "-20.00")
            .number("NORD-S2026-000001")
            .build();
    BigDecimal open =
        statement.stated().stream().map(StatedBill::open).reduce(BigDecimal.ZERO, BigDecimal::add);

    String text = text(statement, "de", false);

    assertThat(open).isEqualByComparingTo("90.00");
    assertThat(text)
        .contains("Kontoauszug NORD-S2026-000001", "am 21.11.2026", "Rechnung NORD-2", "−20,00 €")
        .containsPattern("davon überfällig\\s+60,00 €")
        .containsPattern("Offen insgesamt\\s+90,00 €")
        .contains("DE75 5121 0800 1245 1261 99");
  }

  @Test
  void aLetterAsksToAcceptDocumentsByMailOrSaysWhatItIsGiven() {
    SampleDocuments letter =
        SampleDocuments.lemaire().type(DocumentType.LETTER).number("LEM-L2026-000001");

    assertThat(text(letter.build(), "fr", false))
        .contains("Maison Lemaire SARL : vos documents par e-mail", "Bonjour Hôtel des Voyageurs")
        .contains("à quelle adresse : contact@fr.example", "continuer de recevoir")
        .doesNotContain("IBAN", "Total");
    assertThat(
            text(
                letter.buyer(letter.build().buyer().withEmail("a@b.example, c@b.example")).build(),
                "en",
                false))
        .contains("as PDF to: a@b.example, c@b.example.");
    assertThat(text(letter.note("Travaux\n\nLe courant sera coupé.").build(), "fr", false))
        .contains("Travaux", "Le courant sera coupé.")
        .doesNotContain("vos documents par e-mail", "Remarque");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "שלום   | 'ש' (U+05E9 HEBREW LETTER SHIN)",
        "محمد   | 'م' (U+0645 ARABIC LETTER MEEM)",
        "नमस्ते | 'न' (U+0928 DEVANAGARI LETTER NA)",
        "株式会社 | 株"
      })
  void aScriptThatWouldComeOutWrongIsRefusedByItsLetter(String name, String reason) {
    Document document = SampleDocuments.lac().line(name, "1", "C62", "1").build();

    assertThatThrownBy(() -> pages(document, "fr", false))
        .isInstanceOf(TemplateFailedException.class)
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @CsvSource({"Ελληνικά Καφέ", "Кафе Ёлка", "Český Žižkov", "Łódź", "İstanbul Şişli"})
  void otherAlphabetsOfEuropeArePrinted(String name) {
    Document document = SampleDocuments.lac().line(name, "1", "C62", "1").build();

    assertThat(text(document, "fr", false)).contains(name);
  }

  @Test
  void oneFileMakesABrand(@TempDir Path folder) throws IOException {
    Path templates = copyOfTemplates(folder);
    write(
        templates,
        """
        <#assign accent = "#aa0033" margin = 30 width = 160>
        <#global font = "DejaVuSans">
        <@words key="type.INVOICE" fr="Note d’honoraires"/>
        <@words key="own.thanks" fr="Merci, {0}." de="Danke, {0}." en="Thanks, {0}." it="Grazie, {0}."/>
        <#macro footer><@standard_footer/></#macro>
        <#macro closing><fo:block>${text("own.thanks", buyer.name)}</fo:block></#macro>
        """);
    DocumentRenderer renderer = Rendering.renderer(templates);
    Document branded = SampleDocuments.lac().seller(of("BRANDED")).build();

    byte[] pdf = renderer.render(branded, Variant.original(Format.PDF)).bytes();
    byte[] other =
        renderer.render(SampleDocuments.lemaire().build(), Variant.original(Format.PDF)).bytes();

    assertThat(Page.of(pdf).get(0).text())
        .contains("Note d’honoraires LAC-2026-00042", "Merci, Menuiserie Jaquet Sàrl.");
    assertThat(Pdf.read(pdf).first("Note").left()).isGreaterThan(29.9);
    assertThat(Pdf.textOf(other, 1)).contains("Facture").doesNotContain("Merci");
  }

  @Test
  void theCheckTriesEveryBrandInEveryLanguage(@TempDir Path folder) throws IOException {
    Path templates = copyOfTemplates(folder);
    write(
        templates,
        """
        <@words key="own.thanks" fr="Merci" en="Thanks" it="Grazie"/>
        <#macro closing>${text("own.thanks")}</#macro>
        """);

    assertThat(TemplateCheck.check(templates))
        .singleElement()
        .hasToString(
            "fo/brands/BRANDED.ftlx:2: text(): labels/de.properties has no text 'own.thanks' at"
                + " ${text(\"own.thanks\")}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<#assign a = 1>~<#assign b = colour>        | 2 | colour",
        "~~<@words key=\"pay.untill\" fr=\"Payez\"/> | 3 | pay.untill",
        "<#global font = \"Comic\">                  | 0 | there is no font 'Comic'",
        "<#macro footer>~${nothing}</#macro>         | 2 | nothing",
        "<#assign logo = logo + {\"file\": \"gone.png\"} pictureOfLogo = true> | 0 | gone.png"
      })
  void aMistakeInABrandIsNamedWithItsFileAndLine(
      String brand, int line, String reason, @TempDir Path folder) throws IOException {
    Path templates = copyOfTemplates(folder);
    write(templates, brand.replace('~', '\n'));
    DocumentRenderer renderer = Rendering.renderer(templates);
    Document branded = SampleDocuments.lac().seller(of("BRANDED")).build();

    assertThatThrownBy(() -> renderer.render(branded, Variant.original(Format.PDF)))
        .isInstanceOfSatisfying(
            TemplateFailedException.class,
            failure -> {
              assertThat(failure.reason()).contains(reason);
              if (line > 0) {
                assertThat(failure.template()).isEqualTo("fo/brands/BRANDED.ftlx");
                assertThat(failure.line()).isEqualTo(line);
              }
            });
  }

  /** A Swiss payment slip fills the lower 105 mm of its page, and has margins of 5 mm. */
  private static void isInItsPlace(Page.Glyph glyph, boolean withSlip) {
    boolean ofSlip = withSlip && glyph.top() > 297 - 105;
    assertThat(glyph.left()).isGreaterThan(ofSlip ? 4.9 : 19.9);
    assertThat(glyph.right()).isLessThan(ofSlip ? 205.1 : 195.1);
    assertThat(glyph.top()).isGreaterThan(4.9);
    assertThat(glyph.baseline()).isLessThan(292.1);
  }

  private static boolean hasSlip(Page page) {
    return Stream.of("Section paiement", "Zahlteil", "Payment part", "Sezione pagamento")
        .anyMatch(page.text()::contains);
  }

  private static SampleDocuments sample(DocumentType type, String country, Extent extent) {
    SampleDocuments sample =
        switch (country) {
          case "CH" -> SampleDocuments.lac();
          case "DE" -> SampleDocuments.nordlicht();
          default -> SampleDocuments.lemaire();
        };
    if (extent == Extent.LONG_NAMES) {
      sample
          .buyer(RenderedDocumentsTest.longNames().buyer())
          .references(
              "C".repeat(60), "Kostenstelle Nordfriesland / Frau Dr. Müller", "B".repeat(40))
          .note("Donaudampfschifffahrtselektrizitätenhauptbetriebswerk ".repeat(8))
          .deliverTo(
              SampleDocuments.buyer(
                  "Lagerhausgesellschaft".repeat(4),
                  new PostalAddress("Hafenweg 9", "24103", "Kiel", "DE"),
                  null));
    }
    sample.type(type).number("X-2026-000042");
    int many = extent == Extent.OVER_PAGES ? 45 : 3;
    if (WITH_LINES.contains(type)) {
      over(sample, many);
      return extent == Extent.LONG_NAMES ? longLine(sample) : sample;
    }
    if (type == DocumentType.LETTER) {
      return extent == Extent.OVER_PAGES
          ? sample.note("Absatz für Absatz.\n\n".repeat(49))
          : sample;
    }
    for (int i = 1; i <= many; i++) {
      sample.states(
          type, "X-2026-" + i, DAY.plusDays(i), DAY.plusDays(i + 30), "1428.00", "928.00");
    }
    return sample;
  }

  private static SampleDocuments longLine(SampleDocuments sample) {
    return sample.line(
        "Сервер – Σέρβερ – Schiffselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
        "Αθήνα; Москва\nRindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz",
        "123456.123456",
        "MON",
        "12345678.123456",
        "10",
        VatCategory.S,
        "20",
        null);
  }

  private static SampleDocuments over(SampleDocuments sample, int lines) {
    for (int i = 1; i <= lines; i++) {
      sample.line(
          "Raccordement " + i,
          i % 3 == 0 ? "Relevé du compteur, secteur nord, du 1er au 31 octobre" : null,
          i % 5 == 0 ? "12.25" : "2",
          i % 2 == 0 ? "MON" : "HUR",
          "95.50",
          i % 7 == 0 ? "10" : "0",
          VatCategory.S,
          i % 2 == 0 ? "8.1" : "2.6",
          null);
    }
    return sample;
  }

  private static Seller of(String company) {
    Seller seller = SampleDocuments.lac().build().seller();
    return new Seller(
        company,
        seller.party(),
        seller.iban(),
        seller.bic(),
        seller.bankName(),
        seller.website(),
        seller.logo(),
        seller.invoicing());
  }

  private static Path copyOfTemplates(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(Rendering.TEMPLATES)) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve("t").resolve(Rendering.TEMPLATES.relativize(file)));
      }
    }
    return folder.resolve("t");
  }

  private static void write(Path templates, String brand) throws IOException {
    Files.writeString(templates.resolve("fo/brands/BRANDED.ftlx"), brand);
  }

  private static String found(Pattern pattern, Page page) {
    Matcher found = pattern.matcher(page.text());
    return found.find() ? found.group(1).replace("'", "") : null;
  }

  private static void has(Page page, String text) {
    assertThat(page.text()).contains(text);
  }

  private static List<Page> pages(Document document, String language, boolean copy) {
    return Page.of(
        Rendering.renderer()
            .render(document, new Variant(Format.PDF, language, null, copy, Variant.Window.BUYER))
            .bytes());
  }

  private static String text(Document document, String language, boolean copy) {
    return pages(document, language, copy).get(0).text().replaceAll("\\s+", " ");
  }
}
