package io.facteur.rendering;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.facteur.document.Document;
import io.facteur.document.DocumentType;
import io.facteur.testing.Rendering;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A preview of made-up documents is worth something only if they could be real. */
class SpecimenTest {

  static Stream<Arguments> eInvoices() {
    return Specimen.E_INVOICES.stream()
        .flatMap(
            type ->
                Stream.of("CH", "DE", "FR")
                    .flatMap(
                        country ->
                            Stream.of(Specimen.Size.values())
                                .map(size -> Arguments.of(type, country, size))));
  }

  @ParameterizedTest
  @MethodSource("eInvoices")
  void everySpecimenIsAValidEInvoice(DocumentType type, String country, Specimen.Size size) {
    Document document = Specimen.of(new Specimen.Wish(type, "en", country, null, size));

    assertThat(Rendering.renderer().eInvoiceViolations(document, Format.CII)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "INVOICE, SHORT",
    "INVOICE, LONG",
    "INVOICE, MANY_LINES",
    "REMINDER, LONG",
    "QUOTE, LONG"
  })
  void everySizeFitsTheProductsTemplates(DocumentType type, Specimen.Size size) {
    for (String language : new String[] {"de", "fr"}) {
      Document document = Specimen.of(new Specimen.Wish(type, language, "CH", null, size));

      assertThat(Rendering.renderer().render(document, Variant.original(Format.PDF)).bytes())
          .isNotEmpty();
    }
  }

  /** The specimen of a settlement is in the buyer's favour. */
  @ParameterizedTest
  @CsvSource({"INVOICE, true", "INSTALMENT, true", "CREDIT_NOTE, false", "SETTLEMENT, false"})
  void whatLatePaymentCostsIsSaidWhereSomethingIsToBePaid(DocumentType type, boolean said) {
    Document french = Specimen.of(type, "fr", "FR");

    byte[] pdf = Rendering.renderer().render(french, Variant.original(Format.PDF)).bytes();
    byte[] xml = Rendering.renderer().render(french, Variant.original(Format.CII)).bytes();

    assertThat(Pdf.read(pdf).text().contains("Indemnité forfaitaire")).isEqualTo(said);
    assertThat(new String(xml, UTF_8).contains("Indemnité forfaitaire")).isEqualTo(said);
    assertThat(new String(xml, UTF_8).contains("Specimen: no real document.")).isTrue();
  }
}
