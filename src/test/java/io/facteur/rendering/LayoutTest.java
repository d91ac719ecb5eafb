package io.facteur.rendering;

import static org.assertj.core.api.Assertions.assertThat;

import io.facteur.contract.VatCategory;
import io.facteur.document.Document;
import io.facteur.party.PostalAddress;
import io.facteur.party.TradeParty;
import io.facteur.testing.Rendering;
import io.facteur.testing.SampleDocuments;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What people, folding machines and envelopes see. Millimetres from the top left corner. */
class LayoutTest {

  private record Window(double left, double top, double right, double bottom) {}

  private static final Window SWISS = new Window(118, 50, 190, 95);
  private static final Window GERMAN = new Window(20, 45, 105, 90);
  private static final Window FRENCH = new Window(100, 45, 200, 80);

  static Stream<Arguments> windows() {
    return Stream.of(
        Arguments.of(SampleDocuments.lac(), SWISS),
        Arguments.of(SampleDocuments.nordlicht(), GERMAN),
        Arguments.of(SampleDocuments.lemaire(), FRENCH));
  }

  @ParameterizedTest
  @MethodSource("windows")
  void sixLinesOfAddressStandInTheWindowAndNothingElseDoes(SampleDocuments sample, Window window) {
    TradeParty buyer =
        new TradeParty(
            "Empfänger AG Empfänger AG Empfänger AG Empfänger AG Empfänger AG",
            "Zuhanden Buchhaltung",
            new PostalAddress("Postgasse 17", "99999", "Zielstadt", "IT"),
            null,
            null,
            null,
            null,
            null,
            null,
            null);

    Pdf pdf = print(sample.buyer(buyer).build());

    Pdf.Word first = pdf.first("Empfänger");
    Pdf.Word last =
        pdf.words().stream().filter(w -> w.text().startsWith("ITAL")).findFirst().orElseThrow();
    assertThat(first.left()).isGreaterThan(window.left());
    assertThat(first.top()).isGreaterThan(window.top());
    assertThat(last.bottom()).isLessThan(window.bottom());
    List<Pdf.Word> inside =
        pdf.wordsOn(1).stream()
            .filter(word -> word.bottom() > window.top() && word.top() < window.bottom())
            .filter(word -> word.right() > window.left() && word.left() < window.right())
            .toList();
    assertThat(inside)
        .allSatisfy(word -> assertThat(word.left()).isGreaterThanOrEqualTo(first.left() - 0.5));
    assertThat(inside).allSatisfy(word -> assertThat(word.right()).isLessThan(window.right()));
  }

  @ParameterizedTest
  @MethodSource("windows")
  void paperForTheDeliveryAddressShowsItInTheWindowAndTheBuyerInABlock(
      SampleDocuments sample, Window window) {
    TradeParty warehouse =
        SampleDocuments.buyer(
            "Lager Nord", new PostalAddress("Hafenweg 9", "24103", "Kiel", "DE"), "DE111222333");
    Document document = sample.deliverTo(warehouse).build();
    TradeParty buyer = document.buyer();
    var variant = new Variant(Format.PDF, "de", null, false, Variant.Window.DELIVERY);

    byte[] bytes = Rendering.renderer().render(document, variant).bytes();

    assertThat(through(window, Pdf.read(bytes)))
        .contains("Lager Nord Hafenweg 9 24103 Kiel")
        .doesNotContain(buyer.name(), "Rechnungsempfänger");
    assertThat(Pdf.textOf(bytes, 1))
        .contains("Rechnungsempfänger", buyer.name(), buyer.address().street())
        .contains(buyer.address().postcode() + " " + buyer.address().city())
        .containsOnlyOnce(buyer.vatId())
        .doesNotContain("Lieferadresse", warehouse.vatId());
    assertThat(through(window, print(document))).contains(buyer.name()).doesNotContain("Lager");
  }

  @ParameterizedTest
  @CsvSource({"fr, Facturé à", "de, Rechnungsempfänger", "en, Invoiced to", "it, Fatturato a"})
  void whoOwesTheInvoiceIsNamedInEveryLanguage(String language, String label) {
    Document document = RenderedDocumentsTest.deliveredElsewhere();
    var variant = new Variant(Format.PDF, language, null, false, Variant.Window.DELIVERY);

    byte[] paper = Rendering.renderer().render(document, variant).bytes();

    assertThat(Pdf.textOf(paper, 1)).contains(label);
    assertThat(Pdf.textOf(bytes(document, language, false), 1)).doesNotContain(label);
  }

  @Test
  void veryLongAddressesShrinkInsteadOfRunningOver() {
    Pdf pdf = print(RenderedDocumentsTest.longNames());

    assertThat(pdf.first("ÖSTERREICH").bottom()).isLessThan(90);
    assertThat(pdf.first("ÖSTERREICH").left()).isGreaterThan(20);
    assertThat(
            pdf.words().stream()
                .filter(word -> word.right() < 105 && word.top() > 60 && word.bottom() < 90)
                .map(Pdf.Word::text)
                .collect(Collectors.joining()))
        .contains("betriebswerkbauunterbeamtembH&Co.KG");
  }

  @Test
  void nothingLeavesThePageOrTheMargins() {
    for (Document document :
        List.of(RenderedDocumentsTest.longNames(), RenderedDocumentsTest.sixtyLines())) {
      assertThat(print(document).words())
          .filteredOn(word -> word.bottom() < paymentSlip(document))
          .allSatisfy(
              word -> {
                assertThat(word.left()).isGreaterThan(19.9);
                assertThat(word.right()).isLessThan(195.1);
                assertThat(word.bottom()).isLessThan(292);
              });
    }
  }

  @Test
  void headersAndNumbersRepeatOnEveryPage() {
    byte[] bytes = bytes(RenderedDocumentsTest.sixtyLines(), null, false);

    assertThat(Pdf.read(bytes).pages()).isEqualTo(3);
    for (int page = 1; page <= 3; page++) {
      assertThat(Pdf.textOf(bytes, page))
          .contains("Désignation")
          .contains("Quantité")
          .contains("LAC-2026-00042")
          .contains("Page " + page + " sur 3");
    }
    assertThat(Pdf.textOf(bytes, 2)).contains("Raccordement 30").doesNotContain("Net à payer");
  }

  @Test
  void totalsAndPaymentStayTogetherWhateverTheNumberOfLines() {
    for (int lines = 10; lines <= 30; lines += 2) {
      SampleDocuments sample = SampleDocuments.lac();
      for (int i = 0; i < lines; i++) {
        sample.lineAt(i % 2 == 0 ? "8.1" : "2.6", "Raccordement", "1", "95.50");
      }
      byte[] bytes = bytes(sample.build(), null, false);
      int last = Pdf.read(bytes).pages();
      long pagesWithTotals =
          Stream.iterate(1, page -> page <= last, page -> page + 1)
              .map(page -> Pdf.textOf(bytes, page))
              .filter(text -> text.contains("Total HT") || text.contains("Net à payer"))
              .peek(
                  text ->
                      assertThat(text)
                          .contains("Récapitulatif TVA", "Total HT", "Total TTC", "Net à payer"))
              .count();
      assertThat(pagesWithTotals).isEqualTo(1);
      assertThat(Pdf.read(bytes).text()).containsOnlyOnce("Payable jusqu’au");
      assertThat(Pdf.textOf(bytes, last)).contains("Récépissé");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "lac       | fr | Facture LAC-2026-00042    | CHF 1'297.20 | 21.11.2026  | 1'200.00",
        "lac       | de | Rechnung LAC-2026-00042   | CHF 1'297.20 | 21.11.2026  | 1'200.00",
        "lac       | en | Invoice LAC-2026-00042    | CHF 1'297.20 | 21 Nov 2026 | 1'200.00",
        "nordlicht | de | Rechnung NORD-2026-00042  | 1.428,00 €   | 21.11.2026  | 1.200,00",
        "nordlicht | fr | Facture NORD-2026-00042   | 1 428,00 €   | 21/11/2026  | 1 200,00",
        "nordlicht | en | Invoice NORD-2026-00042   | €1,428.00    | 21 Nov 2026 | 1,200.00",
        "lemaire   | fr | Facture LEM-2026-00042    | 1 440,00 €   | 21/11/2026  | 1 200,00"
      })
  void numbersAndDatesFollowLanguageAndCountry(
      String company, String language, String title, String due, String date, String net) {
    Document document = sample(company).line("Abo", "12", "MON", "100").build();

    String text = Pdf.textOf(bytes(document, language, false), 1);

    assertThat(text).contains(title, due, date, net);
  }

  @ParameterizedTest
  @CsvSource({"fr, mois, heures", "de, Monat, Stunden", "en, month, hours", "it, mese, ore"})
  void unitsAreWords(String language, String one, String many) {
    Document document =
        SampleDocuments.lac().line("A", "1", "MON", "1").line("B", "2.5", "HUR", "1").build();

    assertThat(Pdf.textOf(bytes(document, language, false), 1)).contains(one, many);
  }

  @Test
  void everythingThatBelongsOnAnInvoiceIsOnIt() {
    Document document =
        SampleDocuments.lemaire()
            .references("C-77", "Réf. 4711", "BC-99")
            .line("Conseil", "Sur place", "2", "HUR", "90.00", "10", VatCategory.S, "20", null)
            .exempt(VatCategory.E, "Exonération, article 261 du CGI", "Formation", "450.00")
            .prepaid("100.00")
            .note("Merci.")
            .deliverTo(
                SampleDocuments.buyer(
                    "Hôtel du Port",
                    new PostalAddress("1 quai Nord", "29200", "Brest", "FR"),
                    null))
            .build();

    assertThat(Pdf.textOf(bytes(document, null, false), 1))
        .contains(
            "21/11/2026", "21/12/2026", "01/10/2026 – 31/10/2026", "C-77", "Réf. 4711", "BC-99")
        .contains(
            "FR61954506077", "Conseil", "Sur place", "heures", "90,00", "10 %", "20 %", "162,00")
        .contains("Exonération, article 261 du CGI", "Total HT", "612,00 €", "TVA 20 %", "32,40 €")
        .contains("Déjà payé", "−100,00 €", "Net à payer", "544,40 €")
        .contains("Payable jusqu’au 21/12/2026", "FR76 3000 6000 0112 3456 7890 189", "AGRIFRPP")
        .contains("Merci.", "Adresse de livraison", "Hôtel du Port, 1 quai Nord, 29200 Brest")
        .contains("SIREN 123456789", "N° TVA FR32123456789", "www.maison-lemaire.example");
  }

  @Test
  void aCreditNoteNamesTheInvoiceThatItCorrectsAndAsksForNothing() {
    Document document =
        SampleDocuments.nordlicht()
            .creditNoteOf("NORD-2026-00042", LocalDate.of(2026, 11, 1))
            .build();

    assertThat(Pdf.textOf(bytes(document, null, false), 1))
        .contains("Rechnungskorrektur NORD-CN-2026-00007")
        .contains("Korrigiert Rechnung NORD-2026-00042 vom 01.11.2026")
        .contains("Betrag zu Ihren Gunsten")
        .doesNotContain("Zu zahlen", "Zahlbar");
  }

  @ParameterizedTest
  @CsvSource({"fr, COPIE", "de, KOPIE", "en, COPY", "it, COPIA"})
  void onlyCopiesAreMarked(String language, String mark) {
    Document document = RenderedDocumentsTest.sixtyLines();
    byte[] copy = bytes(document, language, true);

    for (int page = 1; page <= 3; page++) {
      assertThat(Pdf.textOf(copy, page)).contains(mark);
    }
    assertThat(Pdf.textOf(bytes(document, language, false), 1)).doesNotContain(mark);
  }

  @Test
  void aDraftSaysThatItIsOneAndCarriesNoXml() {
    Rendered draft =
        Rendering.renderer()
            .render(SampleDocuments.lac().draft().build(), Variant.original(Format.PDF));

    assertThat(draft.embedsXml()).isFalse();
    assertThat(Pdf.read(draft.bytes()).embedded()).isNull();
    assertThat(Pdf.textOf(draft.bytes(), 1)).contains("PROJET").doesNotContain("null");
  }

  @Test
  void whenNothingIsDueNothingIsAskedFor() {
    assertThat(Pdf.textOf(bytes(RenderedDocumentsTest.prepaidInFull(), null, false), 1))
        .contains("Il n’y a rien à payer", "CHF 0.00")
        .doesNotContain("Payable jusqu’au");
  }

  /** Where the payment slip begins, which has margins of its own. */
  private static double paymentSlip(Document document) {
    return document.currency().getCurrencyCode().equals("CHF") ? 192 : 297;
  }

  private static SampleDocuments sample(String company) {
    return switch (company) {
      case "lac" -> SampleDocuments.lac();
      case "nordlicht" -> SampleDocuments.nordlicht();
      default -> SampleDocuments.lemaire();
    };
  }

  private static String through(Window window, Pdf pdf) {
    return pdf.through(window.left(), window.top(), window.right(), window.bottom());
  }

  private static Pdf print(Document document) {
    return Pdf.read(bytes(document, null, false));
  }

  private static byte[] bytes(Document document, String language, boolean copy) {
    return Rendering.renderer()
        .render(document, new Variant(Format.PDF, language, null, copy, Variant.Window.BUYER))
        .bytes();
  }
}
