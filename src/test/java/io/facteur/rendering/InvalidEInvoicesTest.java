package io.facteur.rendering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facteur.document.Document;
import io.facteur.document.DocumentType;
import io.facteur.party.PostalAddress;
import io.facteur.party.TradeParty;
import io.facteur.testing.Rendering;
import io.facteur.testing.SampleDocuments;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What becomes of that for which there can be no e-invoice, beside the cases of {@link
 * InvalidEInvoiceCasesTest}.
 */
class InvalidEInvoicesTest {

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

  private static TradeParty buyer(String name, PostalAddress address) {
    return SampleDocuments.buyer(name, address, null);
  }
}
