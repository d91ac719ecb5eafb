package io.facteur.rendering;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;

import io.facteur.contract.VatCategory;
import io.facteur.document.Document;
import io.facteur.party.InvoicingTerms;
import io.facteur.party.PostalAddress;
import io.facteur.party.TradeParty;
import io.facteur.testing.Rendering;
import io.facteur.testing.SampleDocuments;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.common.filespecification.PDEmbeddedFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of document becomes a valid e-invoice and an archivable PDF (EINV-1, EINV-2). */
class RenderedDocumentsTest {

  private final DocumentRenderer renderer = Rendering.renderer();

  @BeforeAll
  static void startVeraPdf() {
    FacturXFile.prepareVeraPdf();
  }

  static List<Named<Document>> documents() {
    return List.of(
        named("French, Swiss, CHF", SampleDocuments.lac().build()),
        named("German, EUR", SampleDocuments.nordlicht().build()),
        named("English, French seller", SampleDocuments.lemaire().language("en").build()),
        named("several rates", severalRates()),
        named(
            "zero rated",
            SampleDocuments.lemaire()
                .exempt(VatCategory.Z, null, "Livre à taux zéro", "12.00")
                .build()),
        named(
            "exempt beside standard",
            SampleDocuments.lemaire()
                .line("Conseil", "2", "HUR", "90.00")
                .exempt(VatCategory.E, "Exonération, article 261 du CGI", "Formation", "450.00")
                .build()),
        named(
            "reverse charge",
            SampleDocuments.nordlicht()
                .buyer(inAustria())
                .exempt(VatCategory.AE, "Steuerschuldnerschaft des Empfängers", "Beratung", "900")
                .build()),
        named(
            "intra-community supply to the buyer",
            SampleDocuments.nordlicht()
                .buyer(inAustria())
                .exempt(VatCategory.K, "Steuerfreie Lieferung", "Server", "4200.00")
                .build()),
        named(
            "export",
            SampleDocuments.nordlicht()
                .exempt(VatCategory.G, "Steuerfreie Ausfuhrlieferung", "Server", "4200.00")
                .build()),
        named("not subject to VAT", notSubjectToVat()),
        named("with discounts and descriptions", discounted()),
        named(
            "credit note",
            SampleDocuments.lac()
                .creditNoteOf("LAC-2026-00042", LocalDate.of(2026, 11, 21))
                .build()),
        named("long names with accents", longNames()),
        named("sixty lines", sixtyLines()),
        named(
            "partly prepaid, rounded",
            SampleDocuments.lac().prepaid("100.00").rounding("0.01").build()),
        named("nothing left to pay", prepaidInFull()),
        named("delivered elsewhere", deliveredElsewhere()),
        named(
            "signs that XML knows",
            SampleDocuments.lac().note("<b> & \"'ß]]> \u0007€\nend").build()),
        named("without logo", withoutLogo()),
        named(
            "with a European payment code",
            SampleDocuments.nordlicht()
                .invoicing(new InvoicingTerms(null, null, null, null, true, null, List.of()))
                .build()));
  }

  @ParameterizedTest
  @MethodSource("documents")
  void theXmlIsValidByTheOfficialRules(Document document) {
    String xml = new String(render(document, Format.CII).bytes(), UTF_8);

    assertThat(Rendering.validator().validate(Format.CII, xml)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("documents")
  void thePdfIsPdfA3bWithThatVeryXmlInside(Document document) throws Exception {
    byte[] pdf = render(document, Format.PDF).bytes();

    assertThat(FacturXFile.violationsOfPdfA3b(pdf)).isEmpty();
    try (PDDocument read = Loader.loadPDF(pdf)) {
      assertThat(FacturXFile.embedded(read).toByteArray())
          .isEqualTo(render(document, Format.CII).bytes());
    }
  }

  @Test
  void theXmlIsEmbeddedAsFacturXAsks() throws IOException {
    try (PDDocument pdf =
        Loader.loadPDF(render(SampleDocuments.lac().build(), Format.PDF).bytes())) {
      PDEmbeddedFile file = FacturXFile.embedded(pdf);
      COSDictionary specification =
          (COSDictionary)
              pdf.getDocumentCatalog()
                  .getCOSObject()
                  .getCOSArray(COSName.getPDFName("AF"))
                  .getObject(0);
      String xmp = new String(pdf.getDocumentCatalog().getMetadata().toByteArray(), UTF_8);

      assertThat(file.getSubtype()).isEqualTo("text/xml");
      assertThat(file.getModDate().toInstant()).isEqualTo(Rendering.CLOCK.instant());
      assertThat(specification.getString(COSName.F)).isEqualTo("factur-x.xml");
      assertThat(specification.getString(COSName.UF)).isEqualTo("factur-x.xml");
      assertThat(specification.getNameAsString("AFRelationship")).isEqualTo("Alternative");
      assertThat(xmp)
          .contains("<fx:ConformanceLevel>EN 16931</fx:ConformanceLevel>")
          .contains("<fx:DocumentFileName>factur-x.xml</fx:DocumentFileName>")
          .contains("<fx:DocumentType>INVOICE</fx:DocumentType>")
          .contains("<fx:Version>1.0</fx:Version>")
          .contains("<pdfaSchema:prefix>fx</pdfaSchema:prefix>")
          .contains("LAC-2026-00042");
    }
  }

  @Test
  void facturXIsTheSameRenditionAsThePdf() {
    Document document = SampleDocuments.lac().build();

    assertThat(Variant.original(Format.FACTUR_X).normalisedFor(document))
        .isEqualTo(Variant.original(Format.PDF).normalisedFor(document));
  }

  @Test
  void onlyAnAddressThatTheDocumentHasCanStandInTheWindow() {
    SampleDocuments sample = SampleDocuments.lac();
    Document toBuyer = sample.build();
    Document withoutAddress =
        sample.deliverTo(SampleDocuments.buyer("Nowhere", null, null)).build();
    Variant paper = new Variant(Format.PDF, null, null, false, Variant.Window.DELIVERY);
    Variant xml = new Variant(Format.CII, null, null, false, Variant.Window.DELIVERY);

    assertThat(paper.normalisedFor(deliveredElsewhere()).window())
        .isEqualTo(Variant.Window.DELIVERY);
    assertThat(paper.normalisedFor(toBuyer).window()).isEqualTo(Variant.Window.BUYER);
    assertThat(paper.normalisedFor(withoutAddress).window()).isEqualTo(Variant.Window.BUYER);
    assertThat(xml.normalisedFor(deliveredElsewhere()).window()).isEqualTo(Variant.Window.BUYER);
    assertThat(renderer.render(withoutAddress, paper).bytes()).isNotEmpty();
  }

  @Test
  void aCopyAndATranslationCarryTheXmlOfTheOriginal() throws IOException {
    Document document = SampleDocuments.lac().build();
    byte[] xml = render(document, Format.CII).bytes();

    for (Variant variant :
        List.of(
            new Variant(Format.PDF, "de", null, false, Variant.Window.BUYER),
            new Variant(Format.PDF, null, null, true, Variant.Window.BUYER))) {
      try (PDDocument pdf = Loader.loadPDF(renderer.render(document, variant).bytes())) {
        assertThat(FacturXFile.embedded(pdf).toByteArray()).isEqualTo(xml);
      }
    }
    assertThat(
            renderer
                .render(
                    document, new Variant(Format.CII, "de", "other", true, Variant.Window.BUYER))
                .bytes())
        .isEqualTo(xml);
  }

  private Rendered render(Document document, Format format) {
    return renderer.render(document, Variant.original(format));
  }

  private static Document severalRates() {
    return SampleDocuments.lac()
        .lineAt("8.1", "Abonnement", "3", "19.90")
        .lineAt("2.6", "Eau", "12.5", "1.35")
        .lineAt("3.8", "Nuitée", "1", "140.00")
        .build();
  }

  private static Document notSubjectToVat() {
    SampleDocuments builder = SampleDocuments.lemaire();
    return builder.exempt(VatCategory.O, "Hors champ de la TVA", "Dédommagement", "80.00").build();
  }

  private static Document discounted() {
    return SampleDocuments.nordlicht()
        .line(
            "Hosting",
            "Tarif M\nmit Sicherung",
            "12",
            "MON",
            "24.90",
            "10",
            VatCategory.S,
            "19",
            null)
        .line("Domain", null, "1", "ANN", "11.888", "33.33", VatCategory.S, "19", null)
        .references("C-9", "Kostenstelle 4711", "PO-12")
        .note("Vielen Dank für Ihren Auftrag.")
        .build();
  }

  static Document longNames() {
    TradeParty buyer =
        new TradeParty(
            "Gesellschaft für außerordentlich weitreichende Donaudampfschifffahrts"
                + "elektrizitätenhauptbetriebswerkbauunterbeamte mbH & Co. KG",
            "z. Hd. Frau Łucja Březinová-Škvorecká, Ğülşen Őry und Ștefan Ţigănaș",
            new PostalAddress("Ćevapčići-Straße 123 b, Hinterhaus links", "1010", "Wien", "AT"),
            "ATU12345678",
            null,
            null,
            null,
            null,
            null,
            null);
    return SampleDocuments.nordlicht()
        .buyer(buyer)
        .references(
            "CONTRACT-2026-0000000000000000000000000000012345",
            "Kostenstelle 4711/0815-ABTEILUNG-EINKAUF-UND-LOGISTIK/Frau Müller-Lüdenscheidt",
            "PO-99999999999999999999")
        .line(
            "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
            "SKU-ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ",
            "12345.123456",
            "E48",
            "99999.123456",
            "12.5",
            VatCategory.S,
            "19",
            null)
        .build();
  }

  static Document sixtyLines() {
    SampleDocuments builder = SampleDocuments.lac();
    for (int i = 1; i <= 60; i++) {
      builder.lineAt(i % 2 == 0 ? "8.1" : "2.6", "Raccordement " + i, String.valueOf(i), "95.50");
    }
    return builder.build();
  }

  static Document prepaidInFull() {
    return SampleDocuments.lac().line("Abonnement", "1", "MON", "100").prepaid("108.10").build();
  }

  static Document deliveredElsewhere() {
    return SampleDocuments.lemaire()
        .deliverTo(
            SampleDocuments.buyer(
                "Hôtel du Port", new PostalAddress("1 quai Nord", "29200", "Brest", "FR"), null))
        .build();
  }

  private static Document withoutLogo() {
    Document document = SampleDocuments.lac().build();
    io.facteur.document.Seller seller = document.seller();
    return SampleDocuments.lac()
        .seller(
            new io.facteur.document.Seller(
                seller.companyCode(), seller.party(), seller.iban(), null, null, null, null))
        .build();
  }

  private static TradeParty inAustria() {
    return SampleDocuments.buyer(
        "Alpenblick GmbH", new PostalAddress("Ring 1", "1010", "Wien", "AT"), "ATU12345678");
  }
}
