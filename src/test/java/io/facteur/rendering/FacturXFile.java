package io.facteur.rendering;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.common.filespecification.PDEmbeddedFile;
import org.verapdf.core.VeraPDFException;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** What holds of every PDF that carries an e-invoice. */
final class FacturXFile {

  private FacturXFile() {}

  /** Once, before the first file. */
  static void prepareVeraPdf() {
    VeraGreenfieldFoundryProvider.initialise();
  }

  /**
   * It is PDF/A-3b, of about as many pages as its lines need, and has that very XML inside, as
   * Factur-X asks.
   */
  static void assertArchivable(byte[] pdf, byte[] xml, int lines) {
    assertThat(violationsOfPdfA3b(pdf)).isEmpty();
    try (PDDocument read = Loader.loadPDF(pdf)) {
      assertThat(read.getNumberOfPages()).isBetween(1 + lines / 60, 2 + lines / 15);
      assertThat(embedded(read).toByteArray()).isEqualTo(xml);
      assertThat(embedded(read).getSubtype()).isEqualTo("text/xml");
      COSArray attached =
          read.getDocumentCatalog().getCOSObject().getCOSArray(COSName.getPDFName("AF"));
      assertThat(attached).hasSize(1);
      assertThat(((COSDictionary) attached.getObject(0)).getNameAsString("AFRelationship"))
          .isEqualTo("Alternative");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static PDEmbeddedFile embedded(PDDocument pdf) throws IOException {
    return pdf.getDocumentCatalog()
        .getNames()
        .getEmbeddedFiles()
        .getNames()
        .get(DocumentRenderer.EMBEDDED_NAME)
        .getEmbeddedFile();
  }

  /** Empty if it is PDF/A-3b. */
  static List<String> violationsOfPdfA3b(byte[] pdf) {
    try (PDFAParser parser =
            Foundries.defaultInstance()
                .createParser(new ByteArrayInputStream(pdf), PDFAFlavour.PDFA_3_B);
        PDFAValidator validator =
            Foundries.defaultInstance().createValidator(PDFAFlavour.PDFA_3_B, false)) {
      ValidationResult result = validator.validate(parser);
      assertThat(result.getTotalAssertions()).isGreaterThan(100);
      return result.getTestAssertions().stream()
          .filter(assertion -> assertion.getStatus() == TestAssertion.Status.FAILED)
          .map(TestAssertion::toString)
          .toList();
    } catch (VeraPDFException | IOException e) {
      throw new AssertionError(e);
    }
  }
}
