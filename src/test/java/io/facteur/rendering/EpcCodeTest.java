package io.facteur.rendering;

import static org.assertj.core.api.Assertions.assertThat;

import io.facteur.document.Document;
import io.facteur.document.DocumentType;
import io.facteur.party.InvoicingTerms;
import io.facteur.party.Mandate;
import io.facteur.testing.Rendering;
import io.facteur.testing.SampleDocuments;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The QR code of EPC069-12, read from the printed page. */
class EpcCodeTest {

  private static final InvoicingTerms WANTED =
      new InvoicingTerms(null, null, null, null, true, null, List.of());

  @Test
  void aBankingAppFindsTheWholeTransferInIt() {
    Document document = SampleDocuments.nordlicht().invoicing(WANTED).build();

    assertThat(codes(document, false))
        .containsExactly(
            """
            BCD
            002
            1
            SCT
            SOGEDEFFXXX
            Nordlicht Hosting GmbH
            DE75512108001245126199
            EUR257.91


            NORD-2026-00042""");
  }

  @Test
  void aReminderAsksForWhatIsOpenUnderTheNumberOfItsBill() {
    Document reminder =
        SampleDocuments.nordlicht()
            .invoicing(WANTED)
            .number("NORD-R-2026-00003")
            .states(
                DocumentType.REMINDER,
                "NORD-2026-00008",
                LocalDate.of(2026, 10, 1),
                LocalDate.of(2026, 10, 31),
                "500.00",
                "120.50")
            .build();

    assertThat(codes(reminder, false))
        .singleElement()
        .asString()
        .contains("EUR120.50")
        .endsWith("\nNORD-2026-00008");
  }

  @ParameterizedTest
  @CsvSource({
    "de, Banking-App",
    "fr, application bancaire",
    "it, app della vostra banca",
    "en, banking app"
  })
  void itSaysWhatItIsForInEachLanguage(String language, String words) {
    Document document = SampleDocuments.nordlicht().invoicing(WANTED).language(language).build();

    assertThat(Pdf.textOf(print(document, false), 1).replaceAll("\\s+", " ")).contains(words);
  }

  static Stream<Named<Document>> documentsWithout() {
    InvoicingTerms collects =
        new InvoicingTerms(null, null, null, null, true, "DE98ZZZ09999999999", List.of());
    return Stream.of(
        Named.of("not wanted", SampleDocuments.nordlicht().build()),
        Named.of("draft", SampleDocuments.nordlicht().invoicing(WANTED).draft().build()),
        Named.of(
            "in francs", SampleDocuments.nordlicht().invoicing(WANTED).currency("CHF").build()),
        Named.of(
            "prepaid", SampleDocuments.nordlicht().invoicing(WANTED).prepaid("257.91").build()),
        Named.of(
            "credit note",
            SampleDocuments.nordlicht()
                .invoicing(WANTED)
                .creditNoteOf("NORD-2026-00001", LocalDate.of(2026, 11, 1))
                .build()),
        Named.of(
            "more than a transfer can be",
            SampleDocuments.nordlicht()
                .invoicing(WANTED)
                .line("Rechenzentrum", "1", "C62", "999999999")
                .build()),
        Named.of(
            "direct debit",
            SampleDocuments.nordlicht()
                .invoicing(collects)
                .mandate(new Mandate("M-1", "DE89370400440532013000", null))
                .build()));
  }

  @ParameterizedTest
  @MethodSource("documentsWithout")
  void whereNoTransferIsAskedForThereIsNone(Document document) {
    assertThat(codes(document, false)).isEmpty();
  }

  @Test
  void aCopyHasNoneSoThatNobodyPaysTwice() {
    assertThat(codes(SampleDocuments.nordlicht().invoicing(WANTED).build(), true)).isEmpty();
  }

  @Test
  void whereThereIsASwissSlipItIsTheOnlyCode() {
    Document document = SampleDocuments.lac().invoicing(WANTED).currency("EUR").build();

    assertThat(codes(document, false)).singleElement().asString().startsWith("SPC");
  }

  private static List<String> codes(Document document, boolean copy) {
    return PrintedPage.last(print(document, copy)).qrCodes();
  }

  private static byte[] print(Document document, boolean copy) {
    return Rendering.renderer()
        .render(document, new Variant(Format.PDF, null, null, copy, Variant.Window.BUYER))
        .bytes();
  }
}
