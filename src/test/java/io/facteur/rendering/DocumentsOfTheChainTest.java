package io.facteur.rendering;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Named.named;

import io.facteur.document.Document;
import io.facteur.document.DocumentType;
import io.facteur.party.PostalAddress;
import io.facteur.testing.Rendering;
import io.facteur.testing.SampleDocuments;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Quotes, orders, delivery notes, reminders and payment notices on paper, and what invoices name.
 */
class DocumentsOfTheChainTest {

  private static final LocalDate DAY = LocalDate.of(2026, 11, 2);

  @BeforeAll
  static void startVeraPdf() {
    FacturXFile.prepareVeraPdf();
  }

  static List<Named<Document>> documents() {
    return List.of(
        named("quote", quote().build()),
        named("order", ofType(SampleDocuments.nordlicht(), DocumentType.ORDER).build()),
        named("delivery note", deliveryNote().build()),
        named(
            "purchase order",
            ofType(SampleDocuments.lemaire(), DocumentType.PURCHASE_ORDER).build()),
        named("reminder", reminder().build()),
        named("payment notice", notice().build()),
        named("statement", statement().build()),
        named("letter", ofType(SampleDocuments.lac(), DocumentType.LETTER).build()));
  }

  @ParameterizedTest
  @MethodSource("documents")
  void theyArePdfA3bWithoutAnEInvoice(Document document) throws Exception {
    Rendered rendered = Rendering.renderer().render(document, Variant.original(Format.PDF));

    assertThat(FacturXFile.violationsOfPdfA3b(rendered.bytes())).isEmpty();
    assertThat(rendered.embedsXml()).isFalse();
    assertThat(rendered.violations()).isEmpty();
    assertThatThrownBy(
            () -> Rendering.renderer().render(document, Variant.original(Format.FACTUR_X)))
        .isInstanceOf(InvalidEInvoiceException.class)
        .hasMessageContaining("there are e-invoices of invoices and credit notes only");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "QUOTE          | fr | Devis                    | Total TTC         | Conditions de paiement",
        "QUOTE          | de | Offerte                  | Summe brutto      | Zahlungsbedingungen: 30 Tage",
        "QUOTE          | en | Quote                    | Total incl. VAT   | Terms of payment: 30 days",
        "QUOTE          | it | Offerta                  | Totale IVA inclusa | Condizioni di pagamento: 30",
        "ORDER          | fr | Confirmation de commande | Total TTC         | Conditions de paiement",
        "ORDER          | de | Auftragsbestätigung      | Summe brutto      | Zahlungsbedingungen",
        "ORDER          | en | Order confirmation       | Total incl. VAT   | Terms of payment",
        "ORDER          | it | Conferma d’ordine        | Totale IVA inclusa | Condizioni di pagamento",
        "PURCHASE_ORDER | en | Purchase order           | Total incl. VAT   | Description"
      })
  void whatIsOfferedHasATotalAndNothingToPay(
      DocumentType type, String language, String title, String total, String other) {
    Document document = ofType(SampleDocuments.lac(), type).build();

    String text = text(document, language);

    assertThat(text).contains(title + " LAC-X2026-000042", total, "CHF 234.29", other);
    assertThat(text)
        .doesNotContain("IBAN", "CH93 0076", "UBSWCHZH80A", "21.12.2026", "Net à payer");
    assertThat(text).doesNotContain("Zu zahlen", "Amount due", "Da pagare", "CHE-987.654.321");
  }

  @Test
  void aDeliveryNoteHasQuantitiesAndNoPrices() {
    String text = text(deliveryNote().build(), null);

    assertThat(text)
        .contains("Bon de livraison LEM-D2026-000042", "Confirmation de commande")
        .contains("LEM-O2026-000007", "PO-4", "Abonnement mensuel", "412,5", "kWh")
        .contains("Adresse de livraison", "Hôtel du Port", "Marchandise reçue");
    assertThat(text).doesNotContain("€", "TVA 20", "0,2345", "120,00", "IBAN", "Prix");
  }

  @Test
  void onPaperForTheDeliveryAddressADeliveryNoteNamesItsCustomer() {
    var variant = new Variant(Format.PDF, null, null, false, Variant.Window.DELIVERY);

    Pdf pdf = Pdf.read(Rendering.renderer().render(deliveryNote().build(), variant).bytes());

    assertThat(pdf.through(100, 45, 200, 80)).contains("Hôtel du Port").doesNotContain("Voyageurs");
    assertThat(pdf.text()).contains("Client", "Hôtel des Voyageurs").doesNotContain("Facturé à");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "fr | Rappel                    | Facture NORD-2026-00042 | 12/11/2026  | 928,00 €  | Reste dû   | Référence à indiquer",
        "de | Zahlungserinnerung        | Rechnung NORD-2026-00042 | 12.11.2026 | 928,00 €  | Noch offen | Verwendungszweck",
        "en | Payment reminder          | Invoice NORD-2026-00042 | 12 Nov 2026 | €928.00   | Still open | Payment reference",
        "it | Sollecito di pagamento    | Fattura NORD-2026-00042 | 12/11/2026  | 928,00 €  | Ancora aperto | Riferimento da indicare"
      })
  void aReminderNamesItsBillWhatIsOpenAndWhereToPay(
      String language,
      String title,
      String bill,
      String due,
      String open,
      String column,
      String reference) {
    String text = text(reminder().build(), language);

    assertThat(text)
        .contains(title + " NORD-R2026-000003", bill, due, open, column, reference)
        .contains("DE75 5121 0800 1245 1261 99", "SOGEDEFFXXX");
    assertThat(text.replaceAll("\\s+", " ")).contains(reference + " NORD-2026-00042");
  }

  @Test
  void aPaymentNoticeThanksAndAsksForNothing() {
    String text = text(notice().build(), "en");

    assertThat(text)
        .contains("Payment notice LAC-N2026-000003", "We have received your payment")
        .contains("Invoice LAC-2026-00042", "CHF 1'297.20");
    assertThat(text).doesNotContain("Amount due", "Still open", "without delay", "Account holder");
  }

  @Test
  void copiesAndDraftsAreMarkedWithoutSpeakingOfPaying() {
    Document draft = quote().draft().build();
    var copy = new Variant(Format.PDF, "en", null, true, Variant.Window.BUYER);

    assertThat(text(draft, "en"))
        .contains("DRAFT – not issued yet")
        .doesNotContain("is not an invoice");
    assertThat(Pdf.textOf(Rendering.renderer().render(quote().build(), copy).bytes(), 1))
        .contains("COPY – already sent to its recipient")
        .doesNotContain("paid twice");
  }

  @Test
  void manyLinesRunOverPagesAndTheTotalsStayTogether() {
    SampleDocuments sample = quote();
    for (int i = 1; i <= 60; i++) {
      sample.line("Raccordement " + i, "1", "C62", "95.50");
    }
    byte[] bytes = pdf(sample.build(), null);
    int last = Pdf.read(bytes).pages();

    assertThat(last).isGreaterThan(1);
    for (int page = 1; page <= last; page++) {
      assertThat(Pdf.textOf(bytes, page)).contains("LAC-X2026-000042", "Page " + page);
    }
    assertThat(Pdf.textOf(bytes, last)).contains("Total HT", "Total TTC");
    assertThat(Pdf.read(bytes).words())
        .allSatisfy(word -> assertThat(word.right()).isLessThan(195.1));
  }

  @Test
  void anInvoiceNamesWhatItFollowsAndNoPrecedingInvoice() {
    Document ofOrder =
        SampleDocuments.lemaire()
            .references("C-77", null, "PO-4")
            .follows(DocumentType.ORDER, "LEM-O2026-000007", DAY)
            .build();
    Document ofDelivery =
        SampleDocuments.lemaire()
            .follows(DocumentType.DELIVERY_NOTE, "LEM-D2026-000042", DAY)
            .build();

    assertThat(xml(ofOrder))
        .contains("<ram:SellerOrderReferencedDocument>") // BT-14
        .contains("LEM-O2026-000007</ram:IssuerAssignedID>")
        .contains("<ram:IssuerAssignedID>PO-4</ram:IssuerAssignedID>") // BT-13
        .doesNotContain("InvoiceReferencedDocument", "DespatchAdvice");
    assertThat(xml(ofDelivery))
        .contains("<ram:DespatchAdviceReferencedDocument>") // BT-16
        .contains("LEM-D2026-000042</ram:IssuerAssignedID>")
        .doesNotContain("InvoiceReferencedDocument", "SellerOrder");
    assertThat(Rendering.validator().validate(Format.CII, xml(ofOrder))).isEmpty();
    assertThat(Rendering.validator().validate(Format.CII, xml(ofDelivery))).isEmpty();
    assertThat(text(ofDelivery, null))
        .contains("Bon de livraison", "LEM-D2026-000042 du 02/11/2026")
        .doesNotContain("Corrige");
  }

  private static SampleDocuments quote() {
    return ofType(SampleDocuments.lac(), DocumentType.QUOTE);
  }

  private static SampleDocuments ofType(SampleDocuments sample, DocumentType type) {
    String company = sample.build().seller().companyCode();
    return sample.type(type).number(company + "-X2026-000042");
  }

  private static SampleDocuments deliveryNote() {
    return SampleDocuments.lemaire()
        .type(DocumentType.DELIVERY_NOTE)
        .number("LEM-D2026-000042")
        .references("C-77", null, "PO-4")
        .follows(DocumentType.ORDER, "LEM-O2026-000007", DAY)
        .deliverTo(
            SampleDocuments.buyer(
                "Hôtel du Port", new PostalAddress("1 quai Nord", "29200", "Brest", "FR"), null));
  }

  private static SampleDocuments reminder() {
    return SampleDocuments.nordlicht()
        .number("NORD-R2026-000003")
        .states(
            DocumentType.REMINDER, "NORD-2026-00042", DAY, DAY.plusDays(10), "1428.00", "928.00");
  }

  private static SampleDocuments statement() {
    return SampleDocuments.lac()
        .states(DocumentType.STATEMENT, "LAC-2026-00042", DAY, DAY.plusDays(9), "97.20", "97.20")
        .number("LAC-S2026-000003");
  }

  private static SampleDocuments notice() {
    return SampleDocuments.lac()
        .number("LAC-N2026-000003")
        .states(DocumentType.PAYMENT_NOTICE, "LAC-2026-00042", DAY, null, "1297.20", "1297.20");
  }

  private static byte[] pdf(Document document, String language) {
    return Rendering.renderer()
        .render(document, new Variant(Format.PDF, language, null, false, Variant.Window.BUYER))
        .bytes();
  }

  private static String text(Document document, String language) {
    return Pdf.textOf(pdf(document, language), 1);
  }

  private static String xml(Document document) {
    return new String(
        Rendering.renderer().render(document, Variant.original(Format.CII)).bytes(), UTF_8);
  }
}
