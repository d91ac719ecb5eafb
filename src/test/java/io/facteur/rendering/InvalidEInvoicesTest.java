package io.facteur.rendering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.facteur.contract.VatCategory;
import io.facteur.document.Document;
import io.facteur.document.DocumentLine;
import io.facteur.document.DocumentType;
import io.facteur.document.Totals;
import io.facteur.document.VatBreakdown;
import io.facteur.party.PostalAddress;
import io.facteur.party.TradeParty;
import io.facteur.testing.Rendering;
import io.facteur.testing.SampleDocuments;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** An invalid e-invoice never leaves, and the reason names the rule and our field (EINV-2). */
class InvalidEInvoicesTest {

  static Stream<Arguments> invalid() {
    return Stream.of(
        Arguments.of(
            "BR-10", "BG-8", "buyer's postal address", lac().buyer(buyer("Jaquet", null)).build()),
        Arguments.of("BR-07", "BT-44", "buyer's name", lac().buyer(buyer(" ", geneva())).build()),
        Arguments.of("BR-25", "BT-153", "name of a line", lac().line(" ", "1", "MON", "5").build()),
        Arguments.of("BR-03", "BT-2", "issue date", lac().issueDate(null).build()),
        Arguments.of("BR-CL-23", "BT-130", "unit of a line", unknownUnit()),
        Arguments.of(
            "BR-CL-14",
            "BT-40 or BT-55",
            "country",
            lac().buyer(buyer("Jaquet", new PostalAddress("Rue 1", "1", "X", "ZZ"))).build()),
        Arguments.of(
            "BR-E-10",
            "BT-120",
            "reason why no VAT is charged",
            SampleDocuments.lemaire().exempt(VatCategory.E, null, "Formation", "450").build()),
        Arguments.of(
            "BR-AE-02",
            "BT-31 and BT-48",
            "VAT numbers of seller and buyer",
            SampleDocuments.nordlicht()
                .buyer(buyer("Alpenblick", new PostalAddress("Ring 1", "1010", "Wien", "AT")))
                .exempt(VatCategory.AE, "Reverse charge", "Beratung", "90")
                .build()),
        Arguments.of(
            "BR-IC-11",
            "BG-14",
            "billing period or delivery date",
            SampleDocuments.nordlicht()
                .period(null)
                .exempt(VatCategory.K, "Intra-community", "Server", "90")
                .build()),
        Arguments.of(
            "BR-CO-09",
            "BT-31 or BT-48",
            "country prefix",
            lac().buyer(SampleDocuments.buyer("Jaquet", geneva(), "123.456")).build()),
        Arguments.of("BR-CO-10", "BT-106", "sum of the line amounts", wrongSum()),
        Arguments.of("BR-CO-17", "BT-117", "VAT amount in the VAT breakdown", wrongVat()),
        Arguments.of("BR-16", "BG-25", "lines", withLines(List.of())));
  }

  @ParameterizedTest(name = "{0} {2}")
  @MethodSource("invalid")
  void theReasonNamesRuleAndField(String rule, String term, String field, Document document) {
    for (Format format : List.of(Format.CII, Format.FACTUR_X)) {
      InvalidEInvoiceException refused =
          catchThrowableOfType(
              InvalidEInvoiceException.class,
              () -> Rendering.renderer().render(document, Variant.original(format)));

      assertThat(refused).hasMessageContaining(rule + ": ").hasMessageContaining(field);
      assertThat(refused.violations())
          .anySatisfy(
              violation -> {
                assertThat(violation.ruleId()).isEqualTo(rule);
                assertThat(violation.businessTerm()).isEqualTo(term);
                assertThat(violation.ourField()).contains(field);
                assertThat(violation.officialText()).contains(rule);
                assertThat(violation.location()).contains("CrossIndustryInvoice");
                assertThat(violation.fatal()).isTrue();
              });
    }
  }

  @Test
  void thePdfOfAnInvalidInvoiceStillGoesOutWithoutXml() {
    Rendered pdf = Rendering.renderer().render(unknownUnit(), Variant.original(Format.PDF));

    assertThat(pdf.embedsXml()).isFalse();
    assertThat(Pdf.read(pdf.bytes()).embedded()).isNull();
    assertThat(pdf.violations()).extracting(RuleViolation::ruleId).containsExactly("BR-CL-23");
  }

  @ParameterizedTest
  @EnumSource(
      value = DocumentType.class,
      names = {"INVOICE", "INSTALMENT", "SETTLEMENT", "CREDIT_NOTE"},
      mode = EnumSource.Mode.EXCLUDE)
  void otherDocumentsAreNoEInvoices(DocumentType type) {
    assertThatThrownBy(
            () ->
                Rendering.renderer().render(lac().type(type).build(), Variant.original(Format.CII)))
        .isInstanceOf(InvalidEInvoiceException.class)
        .hasMessageContaining(
            "is a " + type + ": there are e-invoices of invoices and credit notes only");
  }

  @Test
  void aDraftIsCheckedAsIfItWereIssuedToday() {
    assertThat(Rendering.renderer().eInvoiceViolations(lac().draft().build(), Format.CII))
        .isEmpty();
    assertThat(
            Rendering.renderer()
                .eInvoiceViolations(lac().draft().buyer(buyer("Jaquet", null)).build(), Format.CII))
        .extracting(RuleViolation::ruleId)
        .contains("BR-10");
  }

  private static Document unknownUnit() {
    return lac().line("Abo", "1", "XXX", "5").build();
  }

  private static SampleDocuments lac() {
    return SampleDocuments.lac();
  }

  private static PostalAddress geneva() {
    return new PostalAddress("Rue de la Gare 7", "1201", "Genève", "CH");
  }

  private static TradeParty buyer(String name, PostalAddress address) {
    return SampleDocuments.buyer(name, address, null);
  }

  private static Document wrongSum() {
    Document right = lac().build();
    Totals t = right.totals();
    return changed(
        right,
        right.lines(),
        right.vatBreakdown(),
        new Totals(
            t.lineNet().add(BigDecimal.ONE),
            t.allowances(),
            t.charges(),
            t.taxExclusive(),
            t.tax(),
            t.taxInclusive(),
            t.prepaid(),
            t.rounding(),
            t.payable()));
  }

  private static Document wrongVat() {
    Document right = lac().build();
    VatBreakdown vat = right.vatBreakdown().get(0);
    return changed(
        right,
        right.lines(),
        List.of(
            new VatBreakdown(
                vat.category(), vat.rate(), vat.taxableAmount(), new BigDecimal("99.00"), null)),
        right.totals());
  }

  private static Document withLines(List<DocumentLine> lines) {
    Document right = lac().build();
    return changed(right, lines, right.vatBreakdown(), right.totals());
  }

  private static Document changed(
      Document d, List<DocumentLine> lines, List<VatBreakdown> vat, Totals totals) {
    return new Document(
        d.id(),
        d.type(),
        d.number(),
        d.issueDate(),
        d.dueDate(),
        d.paymentDays(),
        d.period(),
        d.deliveryDate(),
        d.contractNumber(),
        d.buyerReference(),
        d.orderReference(),
        d.precedingType(),
        d.precedingNumber(),
        d.precedingDate(),
        d.note(),
        d.currency(),
        d.language(),
        d.seller(),
        d.buyer(),
        d.deliverTo(),
        d.mandate(),
        lines,
        d.allowances(),
        vat,
        totals,
        d.accountingTax(),
        d.deducted(),
        d.stated(),
        d.own());
  }
}
