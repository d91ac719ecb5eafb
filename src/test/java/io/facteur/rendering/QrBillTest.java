package io.facteur.rendering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.facteur.document.Document;
import io.facteur.document.DocumentType;
import io.facteur.document.Seller;
import io.facteur.party.InvoicingTerms;
import io.facteur.party.Mandate;
import io.facteur.party.PostalAddress;
import io.facteur.party.TradeParty;
import io.facteur.rendering.PrintedPage.Box;
import io.facteur.rendering.PrintedPage.Line;
import io.facteur.testing.Rendering;
import io.facteur.testing.SampleDocuments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import net.codecrete.qrbill.generator.Address;
import net.codecrete.qrbill.generator.Bill;
import net.codecrete.qrbill.generator.QRBill;
import net.codecrete.qrbill.generator.ValidationResult;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.util.FileSystemUtils;

/**
 * Payment part and receipt on the printed page, against the Swiss Implementation Guidelines QR-bill
 * 2.3 and the Style Guide QR-bill. Millimetres from the top left corner of an A4 page.
 */
class QrBillTest {

  private static final String QR_IBAN = "CH4431999123000889012";
  private static final Box SLIP = new Box(0, 192, 210, 297);
  private static final Box RECEIPT_TITLE = new Box(5, 197, 57, 204);
  private static final Box RECEIPT_INFORMATION = new Box(5, 204, 57, 260);
  private static final Box RECEIPT_AMOUNT = new Box(5, 260, 57, 274);
  private static final Box ACCEPTANCE_POINT = new Box(5, 274, 57, 292);
  private static final Box PAYMENT_TITLE = new Box(67, 197, 118, 204);
  private static final Box QR_CODE = new Box(67, 209, 113, 255);
  private static final Box PAYMENT_AMOUNT = new Box(67, 260, 118, 282);
  private static final Box PAYMENT_INFORMATION = new Box(118, 197, 205, 282);

  @Test
  void theCodeSaysWhatTheInvoiceSays() {
    Document document = qr(SampleDocuments.lac().id(4711)).build();

    Bill bill = scanned(print(document));

    assertThat(bill.getAccount()).isEqualTo(QR_IBAN);
    assertThat(bill.getAmount()).isEqualByComparingTo(document.totals().payable());
    assertThat(bill.getCurrency()).isEqualTo("CHF");
    assertThat(bill.getReferenceType()).isEqualTo("QRR");
    assertThat(bill.getReference()).isEqualTo("210000000000000000000047111");
    assertThat(bill.getUnstructuredMessage()).isEqualTo("Facture LAC-2026-00042");
    assertThat(bill.getBillInformation())
        .isEqualTo("//S1/10/LAC-2026-00042/11/261121/30/123456788/31/261001261031/32/8.1/40/0:30");
    assertThat(bill.getCreditor())
        .isEqualTo(
            address("Énergies du Lac SA", "Quai du Mont-Blanc", "12", "1201", "Genève", "CH"));
    assertThat(bill.getDebtor())
        .isEqualTo(address("Menuiserie Jaquet Sàrl", "Rue de la Gare", "7", "1260", "Nyon", "CH"));
  }

  @Test
  void withoutQrIbanTheReferenceIsTheInvoiceNumberWithCheckDigits() {
    Bill bill = scanned(print(SampleDocuments.lac().build()));

    assertThat(bill.getAccount()).isEqualTo("CH9300762011623852957");
    assertThat(bill.getReferenceType()).isEqualTo("SCOR");
    assertThat(bill.getReference()).isEqualTo("RF73LAC202600042");
  }

  static Stream<Named<Document>> billsWithSlip() {
    return Stream.of(
        Named.of("instalment", qr(SampleDocuments.lac()).type(DocumentType.INSTALMENT).build()),
        Named.of(
            "settlement with something left to pay",
            qr(SampleDocuments.lac())
                .type(DocumentType.SETTLEMENT)
                .deducts("LAC-2026-00001", LocalDate.of(2026, 10, 1), "100.00")
                .build()),
        Named.of("in euros", qr(SampleDocuments.lac()).currency("EUR").build()),
        Named.of("partly prepaid", SampleDocuments.lac().prepaid("34.29").build()),
        Named.of(
            "account in Liechtenstein",
            SampleDocuments.lac().account("LI21088100002324013AA", InvoicingTerms.NONE).build()));
  }

  @ParameterizedTest
  @MethodSource("billsWithSlip")
  void everyBillToASwissAccountHasOneOverTheAmountDue(Document document) {
    Bill bill = scanned(print(document));

    assertThat(bill.getAmount()).isEqualByComparingTo(document.totals().payable());
    assertThat(bill.getCurrency()).isEqualTo(document.currency().getCurrencyCode());
  }

  @Test
  void aReminderAsksForWhatIsOpenUnderTheReferenceOfItsBill() {
    Document reminder =
        qr(SampleDocuments.lac())
            .number("LAC-R-2026-00003")
            .states(
                DocumentType.REMINDER,
                "LAC-2026-00008",
                LocalDate.of(2026, 10, 1),
                LocalDate.of(2026, 10, 31),
                "500.00",
                "120.50")
            .build();

    Bill bill = scanned(print(reminder));

    assertThat(bill.getAmount()).isEqualByComparingTo("120.50");
    assertThat(bill.getReference()).isEqualTo("210000000000000000000000088");
    assertThat(bill.getUnstructuredMessage()).contains("LAC-R-2026-00003", "LAC-2026-00008");
  }

  static Stream<Named<Document>> documentsWithoutSlip() {
    InvoicingTerms collects =
        new InvoicingTerms(null, null, QR_IBAN, "21", false, "CH51ZZZ12345678901", List.of());
    return Stream.of(
        Named.of("draft", qr(SampleDocuments.lac()).draft().build()),
        Named.of("prepaid", qr(SampleDocuments.lac()).prepaid("234.29").build()),
        Named.of("in the buyer's favour", qr(SampleDocuments.lac()).prepaid("300.00").build()),
        Named.of(
            "credit note",
            qr(SampleDocuments.lac())
                .creditNoteOf("LAC-2026-00001", LocalDate.of(2026, 11, 1))
                .build()),
        Named.of("order", qr(SampleDocuments.lac()).type(DocumentType.ORDER).build()),
        Named.of("in pounds", SampleDocuments.lac().currency("GBP").build()),
        Named.of("German account", SampleDocuments.nordlicht().build()),
        Named.of(
            "more than a slip can say",
            qr(SampleDocuments.lac()).line("Barrage", "1", "C62", "999999999").build()),
        Named.of(
            "direct debit",
            SampleDocuments.lac()
                .invoicing(collects)
                .currency("EUR")
                .mandate(new Mandate("M-1", "FR7630006000011234567890189", null))
                .build()));
  }

  @ParameterizedTest
  @MethodSource("documentsWithoutSlip")
  void whatAsksForNothingOrByOtherMeansHasNone(Document document) {
    byte[] pdf = print(document);

    assertThat(Pdf.read(pdf).text()).doesNotContain("Récépissé", "Section paiement");
    assertThat(PrintedPage.last(pdf).qrCodes()).isEmpty();
  }

  @Test
  void aCopyHasNoneSoThatNobodyPaysTwiceButNamesTheAccount() {
    Document document = qr(SampleDocuments.lac()).build();

    byte[] copy =
        Rendering.renderer()
            .render(document, new Variant(Format.PDF, null, null, true, Variant.Window.BUYER))
            .bytes();

    assertThat(PrintedPage.last(copy).qrCodes()).isEmpty();
    assertThat(Pdf.textOf(copy, 1)).contains("CH44 3199 9123 0008 8901 2");
  }

  @Test
  void theCodeMeasures46MillimetresInAQuietZoneOf5WithTheCrossInItsMiddle() {
    PrintedPage page = PrintedPage.last(print(SampleDocuments.lac().build()));

    Box code = page.ink(new Box(62.6, 204.5, 117.9, 259.9));
    assertThat(code.left()).isCloseTo(QR_CODE.left(), within(0.11));
    assertThat(code.top()).isCloseTo(QR_CODE.top(), within(0.11));
    assertThat(code.right()).isCloseTo(QR_CODE.right(), within(0.11));
    assertThat(code.bottom()).isCloseTo(QR_CODE.bottom(), within(0.11));
    for (double along = -3.4; along <= 3.4; along += 0.2) {
      assertThat(page.isDark(90 + along, 232 - 3.25)).as("frame at %s", along).isFalse();
      assertThat(page.isDark(90 + 3.25, 232 + along)).as("frame at %s", along).isFalse();
    }
    assertThat(page.ink(new Box(86.5, 228.5, 93.5, 235.5))).isEqualTo(new Box(87, 229, 93, 235));
    for (double arm : new double[] {-1.7, -0.9, 0, 0.9, 1.7}) {
      assertThat(page.isDark(90 + arm, 232)).as("cross at %s", arm).isFalse();
      assertThat(page.isDark(90, 232 + arm)).as("cross at %s", arm).isFalse();
    }
    assertThat(page.isDark(88.6, 230.6)).isTrue();
    assertThat(page.isDark(91.4, 233.4)).isTrue();
  }

  @Test
  void sectionsStandWhereTheStyleGuideWantsThem() {
    PrintedPage page = PrintedPage.last(print(qr(SampleDocuments.lac()).build()));

    assertThat(page.line("Récépissé", RECEIPT_TITLE)).satisfies(set(5, 11, true));
    assertThat(page.line("Section paiement", PAYMENT_TITLE)).satisfies(set(67, 11, true));
    assertThat(page.line("Compte / Payable à", RECEIPT_INFORMATION)).satisfies(set(5, 6, true));
    assertThat(page.line("CH44 3199 9123 0008 8901 2", RECEIPT_INFORMATION))
        .satisfies(set(5, 8, false));
    assertThat(page.line("Monnaie", RECEIPT_AMOUNT)).satisfies(set(5, 6, true));
    assertThat(page.line("234.29", RECEIPT_AMOUNT)).satisfies(set(17, 8, false));
    assertThat(page.line("Point de dépôt", ACCEPTANCE_POINT).points()).isEqualTo(6);
    assertThat(page.ink(ACCEPTANCE_POINT).right()).isCloseTo(57, within(0.3));
    assertThat(page.line("Monnaie", PAYMENT_AMOUNT)).satisfies(set(67, 8, true));
    assertThat(page.line("234.29", PAYMENT_AMOUNT)).satisfies(set(82, 10, false));
    assertThat(page.line("Compte / Payable à", PAYMENT_INFORMATION)).satisfies(set(118, 8, true));
    assertThat(page.line("CH44 3199 9123 0008 8901 2", PAYMENT_INFORMATION))
        .satisfies(set(118, 10, false));
    assertThat(page.line("21 00000 00000 00000 00000 00017", PAYMENT_INFORMATION))
        .satisfies(set(118, 10, false));
    assertThat(page.lines(SLIP))
        .allSatisfy(line -> assertThat(line.font()).startsWith("LiberationSans"));
  }

  @Test
  void sectionsBeginAtTheirTops() {
    PrintedPage page = PrintedPage.last(print(SampleDocuments.lac().build()));

    for (Box section :
        List.of(
            RECEIPT_TITLE,
            RECEIPT_INFORMATION,
            RECEIPT_AMOUNT,
            ACCEPTANCE_POINT,
            PAYMENT_TITLE,
            PAYMENT_AMOUNT,
            PAYMENT_INFORMATION)) {
      assertThat(page.ink(section).top()).isBetween(section.top(), section.top() + 1.5);
    }
  }

  @Test
  void linesToCutAlongRunOverTheWholePageWithScissorsOnThem() {
    PrintedPage page = PrintedPage.last(print(SampleDocuments.lac().build()));

    for (double x = 0.5; x < 209.5; x += 0.5) {
      Box piece = page.ink(new Box(x, 191.6, x + 0.4, 192.5));
      assertThat(piece.bottom()).as("ink at %s", x).isPositive();
    }
    for (double y = 192.5; y < 296.5; y += 0.5) {
      Box piece = page.ink(new Box(61.5, y, 62.6, y + 0.4));
      assertThat(piece.right()).as("ink at %s", y).isPositive();
    }
    assertThat(page.ink(new Box(5.1, 188, 7.95, 196))).satisfies(measures(3, 2.3));
    assertThat(page.ink(new Box(59, 197.05, 65, 199.95))).satisfies(measures(2.3, 3));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "de | Empfangsschein | Zahlteil         | Konto / Zahlbar an | Zahlbar durch | Annahmestelle",
        "fr | Récépissé      | Section paiement | Compte / Payable à | Payable par   | Point de dépôt",
        "it | Ricevuta       | Sezione pagamento | Conto / Pagabile a | Pagabile da  | Punto di accettazione",
        "en | Receipt        | Payment part     | Account / Payable to | Payable by  | Acceptance point"
      })
  void itsTextsAreTheOfficialOnesInEachLanguage(
      String language, String receipt, String payment, String account, String by, String point) {
    byte[] pdf = print(SampleDocuments.lac().language(language).build());

    assertThat(Pdf.read(pdf).text()).contains(receipt, payment, account, by, point);
    assertThat(scanned(pdf).getUnstructuredMessage()).endsWith(" LAC-2026-00042");
  }

  @Test
  void aDocumentInAnotherLanguageHasASlipInTheOneItsLabelsName(@TempDir Path templates)
      throws IOException {
    FileSystemUtils.copyRecursively(Rendering.TEMPLATES, templates);
    String french = Files.readString(templates.resolve("labels/fr.properties"));
    Files.writeString(
        templates.resolve("labels/rm.properties"),
        french.replace("slip.language = fr", "slip.language = it"));
    Document document = SampleDocuments.lac().language("rm").build();

    byte[] pdf =
        Rendering.renderer(templates).render(document, Variant.original(Format.PDF)).bytes();

    assertThat(Pdf.read(pdf).text()).contains("Ricevuta").contains("Net à payer");
    assertThat(scanned(pdf).getUnstructuredMessage()).startsWith("Fattura");
  }

  @Test
  void whateverTheNumberOfLinesThereIsOneSlipOnTheLastPageAndNothingInIt() {
    for (int count = 1; count <= 60; count += count < 16 ? 1 : 3) {
      SampleDocuments sample = SampleDocuments.lac();
      for (int i = 1; i <= count; i++) {
        sample.lineAt("8.1", "Raccordement" + i, "1", "95.50");
      }

      Pdf pdf = Pdf.read(print(sample.build()));

      String lines = "with " + count + " lines";
      assertThat(pdf.words().stream().filter(word -> word.text().equals("Récépissé")))
          .as(lines)
          .singleElement()
          .satisfies(word -> assertThat(word.page()).isEqualTo(pdf.pages()));
      assertThat(pdf.through(118, 50, 190, 95)).as(lines).contains("Menuiserie Jaquet");
      assertThat(pdf.text()).as(lines).contains("Page " + pdf.pages() + " sur " + pdf.pages());
      assertThat(pdf.wordsOn(pdf.pages()))
          .as(lines)
          .filteredOn(word -> word.top() > 182 && word.bottom() < 192)
          .extracting(Pdf.Word::text)
          .contains("Page", "TVA")
          .doesNotContain("CHF", "Payable");
      assertThat(pdf.wordsOn(pdf.pages()))
          .as(lines)
          .allSatisfy(
              word -> assertThat(word.bottom() < 191.5 || word.top() > SLIP.top()).isTrue());
      for (int i = 1; i <= count; i++) {
        assertThat(pdf.first("Raccordement" + i).bottom()).isLessThan(266);
      }
    }
  }

  @Test
  void whereItDoesNotFitItHasAPageOfItsOwnAndTheTextKeepsIts() {
    SampleDocuments sample = SampleDocuments.lac();
    for (int i = 1; i <= 12; i++) {
      sample.lineAt("8.1", "Raccordement" + i, "1", "95.50");
    }
    Document document = sample.build();
    byte[] copy =
        Rendering.renderer()
            .render(document, new Variant(Format.PDF, null, null, true, Variant.Window.BUYER))
            .bytes();

    Pdf withSlip = Pdf.read(print(document));

    assertThat(withSlip.pages()).isEqualTo(2);
    assertThat(withSlip.wordsOn(2))
        .filteredOn(word -> word.top() > 30 && word.bottom() < 182)
        .isEmpty();
    assertThat(withSlip.first("Raccordement12").top())
        .isEqualTo(Pdf.read(copy).first("Raccordement12").top());
  }

  @Test
  void veryLongNamesAndAddressesFit() {
    String name =
        "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";
    TradeParty buyer =
        SampleDocuments.buyer(
            name + " Wien und Niederösterreich",
            new PostalAddress(
                "Straße der außerordentlich langen Straßennamen mit sehr vielen Wörtern 1234",
                "A-1010-LANG",
                "Sankt Bartholomä an der Großen Rotmündung bei Wien",
                "AT"),
            null);
    Document document = qr(SampleDocuments.lac()).buyer(buyer).build();

    byte[] pdf = print(document);

    PrintedPage page = PrintedPage.last(pdf);
    assertThat(page.ink(new Box(62.5, 192.6, 209, 296)).right()).isLessThan(205.1);
    assertThat(page.ink(new Box(0, 201, 61.5, 260)).right()).isLessThan(57.1);
    Line longest = page.lines(PAYMENT_INFORMATION).get(page.lines(PAYMENT_INFORMATION).size() - 1);
    assertThat(longest.baseline()).isLessThan(282);
    assertThat(scanned(pdf).getDebtor().getName()).isEqualTo(name.substring(0, 70));
  }

  @Test
  void onTheReceiptAnAddressThatDoesNotFitLosesItsStreet() {
    String words = "Société coopérative d’énergie et d’eau de toutes les communes du Haut";
    TradeParty party =
        SampleDocuments.buyer(
            words,
            new PostalAddress(
                "Avenue du Général-Guisan et des Anciens-Combattants de la Résistance 112",
                "1009",
                "Pully-sur-les-Hauts de Lausanne",
                "CH"),
            null);
    Seller lac = SampleDocuments.lac().build().seller();
    Seller seller =
        new Seller("LAC", party, lac.iban(), null, null, null, null, InvoicingTerms.NONE);

    PrintedPage page =
        PrintedPage.last(print(qr(SampleDocuments.lac().seller(seller)).buyer(party).build()));

    assertThat(page.lines(PAYMENT_INFORMATION))
        .filteredOn(line -> line.text().startsWith("Avenue"))
        .hasSize(2);
    assertThat(page.lines(RECEIPT_INFORMATION))
        .filteredOn(line -> line.text().startsWith("Avenue"))
        .hasSizeLessThan(2);
  }

  @Test
  void aPayerWithoutAddressFillsItIn() {
    TradeParty buyer = SampleDocuments.buyer("Menuiserie Jaquet Sàrl", null, null);

    byte[] pdf = print(SampleDocuments.lac().buyer(buyer).build());

    PrintedPage page = PrintedPage.last(pdf);
    Line label = page.line("Payable par (nom/adresse)", PAYMENT_INFORMATION);
    assertThat(page.isDark(118.1, label.baseline() + 3)).isTrue();
    assertThat(page.ink(new Box(117, label.baseline() + 0.6, 209, 290)))
        .satisfies(measures(65, 25));
    Line receipt = page.line("Payable par (nom/adresse)", RECEIPT_INFORMATION);
    for (double corner : new double[] {5.1, 56.9}) {
      assertThat(page.isDark(corner, receipt.baseline() + 2.5)).as("corner %s", corner).isTrue();
    }
    assertThat(page.ink(new Box(3, receipt.baseline() + 0.5, 61, 259))).satisfies(measures(52, 20));
    assertThat(scanned(pdf).getDebtor()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Commune de l’Horloge – “Élite”  | Commune de l'Horloge - \"Élite\"",
        "Иван Петров                     | Ivan Petrov",
        "Παπαδόπουλος Α.Ε.               | Papadópoulos A.E.",
        "Škoda Łódź Țepeș               | Škoda Łódź Țepeș",
      })
  void namesAreInTheLettersOfPayments(String name, String printed) {
    PostalAddress nyon = new PostalAddress("Rue 1", "1260", "Nyon", "CH");

    byte[] pdf =
        print(SampleDocuments.lac().buyer(SampleDocuments.buyer(name, nyon, null)).build());

    assertThat(scanned(pdf).getDebtor().getName()).isEqualTo(printed);
    assertThat(PrintedPage.last(pdf).line(printed, PAYMENT_INFORMATION)).isNotNull();
  }

  @Test
  void dataThatBreakTheRulesFailTheDocumentWithOurFieldsAndReasons() {
    Seller lac = SampleDocuments.lac().build().seller();
    Seller nowhere =
        new Seller(
            "LAC",
            SampleDocuments.buyer(
                "Énergies du Lac SA", new PostalAddress(null, "", "", "CH"), null),
            "CH9300762011623852958",
            null,
            null,
            null,
            lac.logo());

    assertThatThrownBy(() -> print(SampleDocuments.lac().seller(nowhere).build()))
        .isInstanceOf(TemplateFailedException.class)
        .hasMessageContaining("the QR-bill of LAC-2026-00042 cannot be printed")
        .hasMessageContaining("seller.party.address.postcode is missing")
        .hasMessageContaining("seller.party.address.city is missing")
        .hasMessageContaining("is no valid IBAN");
  }

  @Test
  void amountsAreGroupedBySpaces() {
    PrintedPage page =
        PrintedPage.last(
            print(SampleDocuments.lac().line("Turbine", "1", "C62", "1000000").build()));

    assertThat(page.line("1 081 000.00", PAYMENT_AMOUNT).points()).isEqualTo(10);
  }

  private static SampleDocuments qr(SampleDocuments sample) {
    return sample.invoicing(new InvoicingTerms(null, null, QR_IBAN, "21", false, null, List.of()));
  }

  private static byte[] print(Document document) {
    return Rendering.renderer().render(document, Variant.original(Format.PDF)).bytes();
  }

  /** What a banking app reads, after the official checks. */
  private static Bill scanned(byte[] pdf) {
    List<String> codes = PrintedPage.last(pdf).qrCodes();
    assertThat(codes).hasSize(1);
    Bill bill = QRBill.decodeQrCodeText(codes.get(0));
    bill.setCharacterSet(net.codecrete.qrbill.generator.SPSCharacterSet.EXTENDED_LATIN);
    ValidationResult result = QRBill.validate(bill);
    assertThat(result.getValidationMessages()).isEmpty();
    return bill;
  }

  private static Address address(
      String name, String street, String number, String postcode, String town, String country) {
    Address address = new Address();
    address.setName(name);
    address.setStreet(street);
    address.setHouseNo(number);
    address.setPostalCode(postcode);
    address.setTown(town);
    address.setCountryCode(country);
    return address;
  }

  private static org.assertj.core.api.ThrowingConsumer<Line> set(
      double left, double points, boolean bold) {
    return line -> {
      assertThat(line.left()).isCloseTo(left, within(0.15));
      assertThat(line.points()).isEqualTo(points);
      assertThat(line.font()).isEqualTo(bold ? "LiberationSans-Bold" : "LiberationSans");
    };
  }

  private static org.assertj.core.api.ThrowingConsumer<Box> measures(double wide, double high) {
    return box -> {
      assertThat(box.right() - box.left()).isCloseTo(wide, within(0.4));
      assertThat(box.bottom() - box.top()).isCloseTo(high, within(0.7));
    };
  }
}
