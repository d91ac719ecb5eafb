package io.facteur.rendering;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;

import io.facteur.contract.VatCategory;
import io.facteur.document.Document;
import io.facteur.document.DocumentAllowance;
import io.facteur.document.DocumentType;
import io.facteur.party.PostalAddress;
import io.facteur.party.TradeParty;
import io.facteur.testing.Rendering;
import io.facteur.testing.SampleDocuments;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Allowances, charges, line periods, instalments, rounding and foreign currencies in valid
 * e-invoices and on paper (EINV-1, EINV-2, BILL-7).
 */
class BillsOfAllKindsTest {

  private static final LocalDate OCTOBER = LocalDate.of(2026, 10, 1);
  private static final TradeParty IN_AUSTRIA =
      SampleDocuments.buyer(
          "Alpenblick GmbH", new PostalAddress("Ring 1", "1010", "Wien", "AT"), "ATU12345678");

  @BeforeAll
  static void startVeraPdf() {
    FacturXFile.prepareVeraPdf();
  }

  static List<Named<Document>> bills() {
    return List.of(
        named("line allowances and charges", lineAllowances()),
        named("line period", linePeriod()),
        named("document allowance and charge", severalRates()),
        named("instalment", instalment()),
        named("settlement, to pay", settlement("100.00", "120.50").build()),
        named("settlement, in the customer's favour", settlement("700.00", "800.00").build()),
        named("settlement, nothing due", settlement("540.00", "540.00").build()),
        named("credit note of a settlement", creditOfSettlement("100.00")),
        named("credit note of a settlement in favour", creditOfSettlement("2000.00")),
        named("rounded up", SampleDocuments.lac().rounding("0.02").build()),
        named("rounded down", SampleDocuments.lac().rounding("-0.02").build()),
        named("foreign currency", foreign()),
        named("credit note in foreign currency", foreignCredit()),
        named("everything, in Swiss German", everything("de")),
        named("forty allowances with long reasons", manyAllowances(40)));
  }

  static List<Named<Document>> documentAllowancesOfEachCategory() {
    return List.of(
        named("S", ofCategory(SampleDocuments.nordlicht(), VatCategory.S, null, "19")),
        named("Z", ofCategory(SampleDocuments.nordlicht(), VatCategory.Z, null, "0")),
        named("E", ofCategory(SampleDocuments.nordlicht(), VatCategory.E, "Steuerfrei", "0")),
        named(
            "AE",
            ofCategory(
                SampleDocuments.nordlicht().buyer(IN_AUSTRIA), VatCategory.AE, "§ 13b", "0")),
        named(
            "K",
            ofCategory(
                SampleDocuments.nordlicht().buyer(IN_AUSTRIA), VatCategory.K, "§ 4 Nr. 1b", "0")),
        named("G", ofCategory(SampleDocuments.nordlicht(), VatCategory.G, "§ 4 Nr. 1a", "0")),
        named("O", ofCategory(SampleDocuments.lemaire(), VatCategory.O, "Hors champ", "0")),
        named("several", severalCategories()),
        named("a rate that no line has", rateWithoutLine()));
  }

  @ParameterizedTest
  @MethodSource({"bills", "documentAllowancesOfEachCategory"})
  void theXmlIsValidByTheOfficialRulesAndThePdfIsMade(Document document) {
    assertThat(Rendering.validator().validate(Format.CII, xml(document))).isEmpty();
    assertThat(pdf(document, null)).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("bills")
  void thePdfIsPdfA3b(Document document) throws Exception {
    assertThat(FacturXFile.violationsOfPdfA3b(pdf(document, null))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"INVOICE, 380", "INSTALMENT, 386", "SETTLEMENT, 380", "CREDIT_NOTE, 381"})
  void theTypeCodeIsThatOfUntdid1001(DocumentType type, String code) {
    assertThat(xml(SampleDocuments.lac().type(type).build()))
        .contains("<ram:TypeCode>" + code + "</ram:TypeCode>\n    <ram:IssueDateTime>");
  }

  @Test
  void aSettlementNamesItsInstalmentsAsPrecedingInvoices() {
    String xml = xml(settlement("100.00", "120.50").build());

    assertThat(xml)
        .contains("<ram:TotalPrepaidAmount>220.50</ram:TotalPrepaidAmount>")
        .containsSubsequence(
            "<ram:IssuerAssignedID>LAC-2026-00011</ram:IssuerAssignedID>",
            "20260901",
            "<ram:IssuerAssignedID>LAC-2026-00012</ram:IssuerAssignedID>");
  }

  @Test
  void whatIsInTheCustomersFavourIsNotAskedFor() {
    Document favour = settlement("700.00", "800.00").build();

    assertThat(Pdf.textOf(pdf(favour, null), 1))
        .contains("Décompte LAC-2026-00042", "Acomptes déduits", "CHF −1'500.00")
        .contains("Montant à votre crédit", "CHF 960.00", "porté à votre crédit ou remboursé")
        .doesNotContain("Net à payer", "Payable jusqu’au", "Échéance", "CHF −960.00");
    assertThat(xml(favour))
        .contains("<ram:DuePayableAmount>-960.00</ram:DuePayableAmount>")
        .doesNotContain("IBANID", "DueDateDateTime");
  }

  @Test
  void theCreditNoteOfASettlementInFavourSaysWhatIsOwedThen() {
    String text = Pdf.textOf(pdf(creditOfSettlement("2000.00"), null), 1);

    assertThat(text)
        .contains(
            "Note de crédit", "Acomptes maintenus", "Net à payer", "CHF 1'460.00", "Titulaire");
    assertThat(text).doesNotContain("Montant à votre crédit");
  }

  @Test
  void nothingDueAsksForNothing() {
    assertThat(Pdf.textOf(pdf(settlement("270.00", "270.00").build(), null), 1))
        .contains("Il n’y a rien à payer", "CHF 0.00")
        .doesNotContain("Payable jusqu’au", "Échéance");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "lac       | fr | Facture d’acompte  | Décompte",
        "lac       | de | Akontorechnung     | Abrechnung",
        "nordlicht | de | Abschlagsrechnung  | Schlussrechnung",
        "lac       | it | Fattura d’acconto  | Conguaglio",
        "nordlicht | en | Instalment invoice | Settlement"
      })
  void instalmentAndSettlementHaveTheirNames(
      String company, String language, String instalment, String settlement) {
    SampleDocuments sample =
        company.equals("lac") ? SampleDocuments.lac() : SampleDocuments.nordlicht();

    assertThat(Pdf.textOf(pdf(sample.type(DocumentType.INSTALMENT).build(), language), 1))
        .contains(instalment + " " + sample.build().number());
    assertThat(Pdf.textOf(pdf(sample.type(DocumentType.SETTLEMENT).build(), language), 1))
        .contains(settlement + " " + sample.build().number());
  }

  @Test
  void allowancesStandUnderTheirLineAndBetweenTheSumAndTheNetTotal() {
    String text = Pdf.textOf(pdf(everything("de"), null), 1);

    assertThat(text)
        .containsSubsequence(
            "Netzstrom", "05.10.2026 – 15.10.2026", "Treuerabatt 5 %: −5.00", "Zählermiete: +2.50")
        .containsSubsequence("Summe der Positionen netto", "97.50")
        .containsSubsequence("Mengenrabatt 10 % von 97.50", "8.1 %", "−9.75")
        .containsSubsequence("Mahngebühr", "20.00", "Summe netto", "CHF 107.75", "CHF 8.73")
        .containsSubsequence("Abzüglich Akontozahlungen", "CHF −50.00", "Rundung", "CHF 0.02")
        .containsSubsequence("Zu zahlen", "CHF 66.50")
        .contains("MWST in EUR: 9.17 EUR", "Kurs: 1 CHF = 1.05012345 EUR")
        .containsSubsequence(
            "Abgezogene Akontorechnungen", "LAC-2026-00011", "01.09.2026", "CHF 50.00");
  }

  @Test
  void manyAllowancesRunOverPagesAndTheTotalsStayTogether() {
    byte[] pdf = pdf(manyAllowances(40), null);
    // The payment slip has the page after it.
    int last = Pdf.read(pdf).pages() - 1;

    assertThat(last).isGreaterThanOrEqualTo(2);
    assertThat(Pdf.textOf(pdf, 1)).contains("Rabais n° 1 ").doesNotContain("Net à payer");
    assertThat(Pdf.textOf(pdf, last)).contains("Total HT", "Net à payer", "Rabais n° 40 ");
    assertThat(Pdf.read(pdf).words())
        .filteredOn(word -> word.page() <= last)
        .allSatisfy(word -> assertThat(word.right()).isLessThan(195.1));
  }

  private static Document lineAllowances() {
    return SampleDocuments.nordlicht()
        .line("Hosting", null, "12", "MON", "10.00", "10", VatCategory.S, "19", null)
        .onLine(percentage(false, "Treuerabatt", "64", "5", "120.00", "6.00"))
        .onLine(false, "Gutschein", "95", "3.00")
        .onLine(true, "Einrichtung", "FC", "15.00")
        .line("Domain", "1", "ANN", "12.00")
        .onLine(true, "Ohne Schlüssel", null, "1.00")
        .build();
  }

  private static Document linePeriod() {
    return SampleDocuments.lac()
        .line("Abonnement", "1", "MON", "120.00")
        .linePeriod(OCTOBER, LocalDate.of(2026, 10, 31))
        .line("Consommation", "412.5", "KWH", "0.2345")
        .linePeriod(LocalDate.of(2026, 9, 5), LocalDate.of(2026, 10, 4))
        .build();
  }

  private static Document severalRates() {
    return SampleDocuments.lac()
        .lineAt("8.1", "Abonnement", "3", "19.90")
        .lineAt("2.6", "Eau", "12.5", "1.36")
        .onDocument(false, "Remise", "10", "59.70", "5.97", VatCategory.S, "8.1")
        .onDocument(false, "Remise", "10", "17.00", "1.70", VatCategory.S, "2.6")
        .onDocument(true, "Frais de rappel", "20.00", VatCategory.S, "8.1")
        .build();
  }

  private static Document instalment() {
    return SampleDocuments.lac()
        .type(DocumentType.INSTALMENT)
        .line("Acompte électricité", "1", "C62", "150.00")
        .build();
  }

  /** 540.50 with VAT, less two instalments. */
  private static SampleDocuments settlement(String first, String second) {
    return SampleDocuments.lac()
        .type(DocumentType.SETTLEMENT)
        .line("Électricité", "1000", "KWH", "0.499537")
        .deducts("LAC-2026-00011", LocalDate.of(2026, 9, 1), first)
        .deducts("LAC-2026-00012", OCTOBER, second);
  }

  private static Document creditOfSettlement(String prepaid) {
    return SampleDocuments.lac()
        .line("Électricité", "1000", "KWH", "0.499537")
        .creditNoteOf("LAC-2026-00042", LocalDate.of(2026, 11, 21))
        .prepaid(prepaid)
        .build();
  }

  private static Document foreign() {
    return SampleDocuments.lac()
        .currency("EUR")
        .line("Conseil", "1", "HUR", "100.00")
        .accountingTax("CHF", "0.93125", "7.54")
        .build();
  }

  private static Document foreignCredit() {
    return SampleDocuments.lac()
        .currency("EUR")
        .line("Conseil", "1", "HUR", "100.00")
        .accountingTax("CHF", "0.93125", "7.54")
        .creditNoteOf("LAC-2026-00042", LocalDate.of(2026, 11, 21))
        .build();
  }

  private static Document everything(String language) {
    return SampleDocuments.lac()
        .language(language)
        .type(DocumentType.SETTLEMENT)
        .line("Netzstrom", "1", "MON", "100.00")
        .onLine(percentage(false, "Treuerabatt", "64", "5", "100.00", "5.00"))
        .onLine(true, "Zählermiete", "FC", "2.50")
        .linePeriod(LocalDate.of(2026, 10, 5), LocalDate.of(2026, 10, 15))
        .onDocument(false, "Mengenrabatt", "10", "97.50", "9.75", VatCategory.S, "8.1")
        .onDocument(true, "Mahngebühr", "20.00", VatCategory.S, "8.1")
        .deducts("LAC-2026-00011", LocalDate.of(2026, 9, 1), "50.00")
        .rounding("0.02")
        .accountingTax("EUR", "1.05012345", "9.17")
        .build();
  }

  static Document manyAllowances(int count) {
    SampleDocuments sample = SampleDocuments.lac();
    for (int i = 1; i <= 5; i++) {
      sample.line("Raccordement " + i, "1", "MON", "100.00");
      sample.onLine(false, "Geste commercial pour l’interruption de service du " + i, "95", "1.00");
    }
    for (int i = 1; i <= count; i++) {
      sample.onDocument(
          i % 3 == 0,
          "Rabais n° "
              + i
              + " selon la convention particulière entre les parties, avenant numéro "
              + i
              + ", article 4711-0815",
          "1.00",
          VatCategory.S,
          "8.1");
    }
    return sample.build();
  }

  private static Document ofCategory(
      SampleDocuments sample, VatCategory category, String reason, String rate) {
    return sample
        .line("Server", null, "1", "C62", "500.00", "0", category, rate, reason)
        .onDocument(false, "Rabatt", "10", "500.00", "50.00", category, rate)
        .onDocument(true, "Fracht", "12.50", category, rate)
        .build();
  }

  private static Document severalCategories() {
    return SampleDocuments.lemaire()
        .line("Conseil", "2", "HUR", "90.00")
        .exempt(VatCategory.E, "Article 261 du CGI", "Formation", "450.00")
        .onDocument(false, "Remise", "5", "180.00", "9.00", VatCategory.S, "20")
        .onDocument(false, "Remise", "5", "450.00", "22.50", VatCategory.E, "0")
        .onDocument(true, "Port", "8.00", VatCategory.S, "5.5")
        .build();
  }

  private static Document rateWithoutLine() {
    return SampleDocuments.lemaire()
        .line("Conseil", "2", "HUR", "90.00")
        .onDocument(false, "Bon d’achat", "10.00", VatCategory.S, "5.5")
        .build();
  }

  private static DocumentAllowance percentage(
      boolean charge, String reason, String code, String percent, String base, String amount) {
    return new DocumentAllowance(
        charge,
        new BigDecimal(percent),
        new BigDecimal(base),
        new BigDecimal(amount),
        reason,
        code,
        null,
        null,
        null);
  }

  private static String xml(Document document) {
    return new String(
        Rendering.renderer().render(document, Variant.original(Format.CII)).bytes(), UTF_8);
  }

  private static byte[] pdf(Document document, String language) {
    return Rendering.renderer()
        .render(document, new Variant(Format.PDF, language, null, false, Variant.Window.BUYER))
        .bytes();
  }
}
