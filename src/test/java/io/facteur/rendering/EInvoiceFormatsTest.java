package io.facteur.rendering;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.facteur.contract.VatCategory;
import io.facteur.document.Document;
import io.facteur.document.DocumentType;
import io.facteur.party.InvoicingTerms;
import io.facteur.party.LegalNote;
import io.facteur.party.Mandate;
import io.facteur.party.Payee;
import io.facteur.party.PostalAddress;
import io.facteur.testing.Rendering;
import io.facteur.testing.SampleDocuments;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every format of e-invoices is valid by its official schema and rules (EINV-1, EINV-2). */
class EInvoiceFormatsTest {

  private static final LocalDate SEPTEMBER = LocalDate.of(2026, 9, 1);
  private static final InvoicingTerms ALL_TERMS =
      new InvoicingTerms(
          "27/123/45678",
          new Payee("Factor Bank AG", "F-1", "HRB 4711", null),
          null,
          null,
          false,
          "DE98ZZZ09999999999",
          List.of(
              new LegalNote("REG", "Geschäftsführer: Claude Weber"), new LegalNote(null, "#1")));

  static Stream<Arguments> documents() {
    Map<String, Document> documents = new LinkedHashMap<>();
    for (String seller : List.of("nordlicht", "lac", "lemaire")) {
      documents.put(seller + " invoice", sample(seller).build());
      documents.put(
          seller + " credit note",
          sample(seller).creditNoteOf("NORD-2026-00042", LocalDate.of(2026, 11, 1)).build());
      documents.put(
          seller + " instalment",
          sample(seller).type(DocumentType.INSTALMENT).line("Rate", "1", "C62", "150.00").build());
      documents.put(seller + " settlement, to pay", settlement(seller, "50.00").build());
      documents.put(
          seller + " settlement, in the buyer's favour", settlement(seller, "2000.00").build());
      documents.put(
          seller + " credit note of a settlement in favour",
          sample(seller)
              .line("Strom", "1000", "KWH", "0.499537")
              .creditNoteOf("X-1", SEPTEMBER)
              .prepaid("2000.00")
              .build());
    }
    documents.put("everything", everything().build());
    documents.put(
        "direct debit",
        sample("nordlicht")
            .invoicing(ALL_TERMS)
            .mandate(new Mandate("M-0815", "DE02120300000000202051", SEPTEMBER))
            .build());
    documents.put(
        "QR reference",
        sample("lac")
            .invoicing(
                new InvoicingTerms(
                    null, null, "CH4431999123000889012", "210000", false, null, List.of()))
            .build());
    for (VatCategory category : List.of(VatCategory.Z, VatCategory.E, VatCategory.G)) {
      documents.put("category " + category, ofCategory(sample("nordlicht"), category).build());
    }
    documents.put("category O", ofCategory(sample("lemaire"), VatCategory.O).build());
    for (VatCategory category : List.of(VatCategory.AE, VatCategory.K)) {
      documents.put("category " + category, ofCategory(toAustria(), category).build());
    }
    return documents.entrySet().stream()
        .flatMap(
            named ->
                Arrays.stream(Format.values())
                    .filter(Format::needsValidEInvoice)
                    .map(format -> Arguments.of(format, named.getKey(), named.getValue())));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("documents")
  void isValidByItsOfficialRules(Format format, String name, Document document) {
    assertThat(Rendering.violations(document, format))
        .filteredOn(violation -> !violation.ruleId().equals("BR-DE-TMP-32"))
        .isEmpty();
    if (format.isXml()) {
      assertThat(xml(document, format)).startsWith("<?xml");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "CII,           INVOICE, 380", "CII,           INSTALMENT, 386",
        "CII,           CREDIT_NOTE, 381",
    "XRECHNUNG_CII, INVOICE, 380", "XRECHNUNG_CII, INSTALMENT, 326",
        "XRECHNUNG_CII, SETTLEMENT, 380",
    "XRECHNUNG_UBL, INVOICE, 380", "XRECHNUNG_UBL, INSTALMENT, 326",
        "XRECHNUNG_UBL, CREDIT_NOTE, 381",
    "PEPPOL_UBL,    INVOICE, 380", "PEPPOL_UBL,    INSTALMENT, 326",
        "PEPPOL_UBL,    CREDIT_NOTE, 381"
  })
  void theTypeCodeIsOneThatTheProfileKnows(Format format, DocumentType type, String code) {
    assertThat(xml(sample("nordlicht").type(type).build(), format))
        .containsPattern("TypeCode>" + code + "</(ram|cbc):");
  }

  @Test
  void anInstalmentOutsideGermanyIsAPrepaymentInvoiceInPeppol() {
    assertThat(xml(sample("lac").type(DocumentType.INSTALMENT).build(), Format.PEPPOL_UBL))
        .contains("<cbc:InvoiceTypeCode>386<");
  }

  @ParameterizedTest
  @CsvSource({
    "CII,           urn:cen.eu:en16931:2017",
    "XRECHNUNG_CII, urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0",
    "XRECHNUNG_UBL, urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0",
    "PEPPOL_UBL,    urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"
  })
  void theXmlSaysWhichProfileItKeeps(Format format, String profile) {
    assertThat(xml(sample("nordlicht").build(), format)).contains("ID>" + profile + "<");
  }

  @Test
  void ublSaysAllThatADocumentSays() {
    assertThat(xml(everything().build(), Format.XRECHNUNG_UBL))
        .contains(
            "<cbc:BuyerReference>04011000-12345-34<",
            "<cac:OrderReference>",
            "<cbc:ID>PO-7</cbc:ID>",
            "<cbc:Note>#REG#Geschäftsführer: Claude Weber</cbc:Note>",
            "<cbc:Note>Vielen Dank</cbc:Note>",
            "<cbc:ActualDeliveryDate>2026-10-31</cbc:ActualDeliveryDate>",
            "<cbc:CompanyID>27/123/45678</cbc:CompanyID>",
            "<cbc:Name>Factor Bank AG</cbc:Name>",
            "<cbc:PayableRoundingAmount currencyID=\"EUR\">0.02<",
            "<cbc:PrepaidAmount currencyID=\"EUR\">70.00<",
            "<cbc:TaxAmount currencyID=\"CHF\">",
            "<cbc:BaseQuantity unitCode=\"KWH\">100</cbc:BaseQuantity>",
            "<cbc:PriceAmount currencyID=\"EUR\">23.4567</cbc:PriceAmount>",
            "<cbc:PaymentMeansCode>58</cbc:PaymentMeansCode>",
            "<cbc:PaymentID>NORD-2026-00042</cbc:PaymentID>",
            "<cbc:ID>NORD-2026-00011</cbc:ID>",
            "<cbc:ID>NORD-2026-00012</cbc:ID>");
  }

  @Test
  void aDirectDebitNamesMandateAccountAndCreditor() {
    Document document =
        sample("nordlicht")
            .invoicing(ALL_TERMS)
            .mandate(new Mandate("M-0815", "DE02120300000000202051", SEPTEMBER))
            .build();

    assertThat(xml(document, Format.CII))
        .contains("<ram:TypeCode>59<", "<ram:CreditorReferenceID>DE98ZZZ09999999999<")
        .contains("<ram:DirectDebitMandateID>M-0815<", "<ram:IBANID>DE02120300000000202051<")
        .doesNotContain("DE75512108001245126199");
    assertThat(xml(document, Format.PEPPOL_UBL))
        .contains("<cbc:PaymentMeansCode>59<", "<cbc:ID schemeID=\"SEPA\">DE98ZZZ09999999999<")
        .contains("<cbc:ID>M-0815<", "<cbc:ID>DE02120300000000202051<")
        .doesNotContain("DE75512108001245126199");
  }

  @Test
  void aQrReferenceGoesWithTheQrIban() {
    Document document =
        sample("lac")
            .invoicing(
                new InvoicingTerms(
                    null, null, "CH4431999123000889012", "210000", false, null, List.of()))
            .build();

    assertThat(xml(document, Format.CII))
        .contains("<ram:IBANID>CH4431999123000889012<")
        .containsPattern("<ram:PaymentReference>210000\\d{21}<");
    assertThat(xml(document, Format.PEPPOL_UBL)).containsPattern("<cbc:PaymentID>210000\\d{21}<");
  }

  @ParameterizedTest
  @CsvSource({"AE, VATEX-EU-AE", "K, VATEX-EU-IC"})
  void theReasonCodeFollowsFromTheCategory(VatCategory category, String code) {
    Document document = ofCategory(toAustria(), category).build();

    assertThat(xml(document, Format.CII)).contains("<ram:ExemptionReasonCode>" + code + "<");
    assertThat(xml(document, Format.PEPPOL_UBL))
        .contains("<cbc:TaxExemptionReasonCode>" + code + "<", "<cbc:TaxExemptionReason>");
  }

  @Test
  void peppolTakesOneNoteOnlySoAllAreOne() {
    String xml = xml(sample("lemaire").note("Merci").build(), Format.PEPPOL_UBL);

    assertThat(xml).containsOnlyOnce("<cbc:Note>Merci\n").contains("40");
    assertThat(xml.split("</cbc:IssueDate>")[1].split("DocumentCurrencyCode")[0])
        .containsOnlyOnce("<cbc:Note>");
  }

  @Test
  void thePeriodReachesOverThoseOfItsLinesWhereTheProfileWantsThat() {
    Document document =
        sample("nordlicht")
            .line("Strom", "100", "KWH", "0.25")
            .linePeriod(SEPTEMBER.withDayOfMonth(5), LocalDate.of(2026, 10, 4))
            .build();

    assertThat(xml(document, Format.PEPPOL_UBL))
        .containsSubsequence(
            "<cbc:StartDate>2026-09-05<", "<cbc:EndDate>2026-10-31<", "<cac:InvoiceLine>");
    assertThat(xml(document, Format.CII))
        .containsSubsequence("</ram:IncludedSupplyChainTradeLineItem>", "20261001", "20261031");
    for (Format format : List.of(Format.PEPPOL_UBL, Format.XRECHNUNG_CII, Format.CII)) {
      assertThat(Rendering.renderer().eInvoiceViolations(document, format)).isEmpty();
    }
  }

  @Test
  void anXrechnungInCiiNamesFurtherInstalmentsAsSupportingDocuments() {
    String xml = xml(settlement("nordlicht", "50.00").build(), Format.XRECHNUNG_CII);

    assertThat(xml)
        .containsSubsequence("AdditionalReferencedDocument", "NORD-2026-00012", "916")
        .containsSubsequence("<ram:InvoiceReferencedDocument>", "NORD-2026-00011");
    assertThat(xml.split("<ram:InvoiceReferencedDocument>")).hasSize(2);
  }

  private static SampleDocuments sample(String seller) {
    return switch (seller) {
      case "lac" -> SampleDocuments.lac().networked();
      case "lemaire" -> SampleDocuments.lemaire().networked();
      default ->
          SampleDocuments.nordlicht().networked("9930", "DE123456789", "0204", "04011000-12345-34");
    };
  }

  private static SampleDocuments settlement(String seller, String instalment) {
    return sample(seller)
        .type(DocumentType.SETTLEMENT)
        .line("Strom", "1000", "KWH", "0.499537")
        .deducts("NORD-2026-00011", SEPTEMBER, instalment)
        .deducts("NORD-2026-00012", SEPTEMBER.plusMonths(1), "20.00");
  }

  private static SampleDocuments toAustria() {
    return SampleDocuments.nordlicht()
        .buyer(
            SampleDocuments.buyer(
                "Alpenblick GmbH",
                new PostalAddress("Ring 1", "1010", "Wien", "AT"),
                "ATU12345678"))
        .networked();
  }

  private static SampleDocuments ofCategory(SampleDocuments sample, VatCategory category) {
    String reason = category == VatCategory.Z ? null : "§ 4 UStG";
    return sample
        .line("Server", null, "1", "C62", "500.00", "0", category, "0", reason)
        .onDocument(false, "Rabatt", "10", "500.00", "50.00", category, "0")
        .onDocument(true, "Fracht", "12.50", category, "0");
  }

  private static SampleDocuments everything() {
    return settlement("nordlicht", "50.00")
        .references("C-1042", "04011000-12345-34", "PO-7")
        .line("Strom", "Tarif A", "250", "KWH", "23.4567", "10", VatCategory.S, "19", null)
        .basedOn("100")
        .onLine(true, "Zählermiete", "FC", "2.50")
        .linePeriod(SEPTEMBER, LocalDate.of(2026, 10, 31))
        .onDocument(false, "Rabatt", "10", "97.50", "9.75", VatCategory.S, "19")
        .onDocument(true, "Fracht", "20.00", VatCategory.S, "19")
        .invoicing(ALL_TERMS)
        .note("Vielen Dank")
        .rounding("0.02")
        .accountingTax("CHF", "0.93", "90.00")
        .deliveryDate(LocalDate.of(2026, 10, 31))
        .deliverTo(
            SampleDocuments.buyer(
                "Filiale", new PostalAddress("Weg 2", "04109", "Leipzig", "DE"), null));
  }

  private static String xml(Document document, Format format) {
    return new String(
        Rendering.renderer().render(document, Variant.original(format)).bytes(), UTF_8);
  }
}
