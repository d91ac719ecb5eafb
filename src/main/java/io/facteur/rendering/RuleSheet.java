package io.facteur.rendering;

import java.io.IOException;
import java.net.URL;
import java.util.List;
import javax.xml.transform.sax.SAXSource;
import net.sf.saxon.lib.Feature;
import net.sf.saxon.s9api.Processor;
import net.sf.saxon.s9api.SAXDestination;
import net.sf.saxon.s9api.SaxonApiException;
import net.sf.saxon.s9api.XdmNode;
import net.sf.saxon.s9api.Xslt30Transformer;
import net.sf.saxon.s9api.XsltExecutable;
import org.xml.sax.InputSource;
import org.xml.sax.XMLReader;

/**
 * An official set of rules for e-invoices, as the stylesheet of its publisher. Each is compiled
 * once in a JVM, however many validators there are.
 */
@SuppressWarnings("ImmutableEnumChecker") // what is compiled lasts as long as the class path
enum RuleSheet {
  EN16931_CII(
      "EN 16931 for CII 1.3.16", "external/schematron/1.3.16/cii/EN16931-CII-validation.xslt"),
  /** OpenPeppol publishes the very same rules as part of BIS Billing. */
  EN16931_UBL(
      "EN 16931 for UBL 1.3.16", "external/schematron/1.3.16/ubl/EN16931-UBL-validation.xslt"),
  PEPPOL(
      "Peppol BIS Billing 3.0 of May 2026",
      "external/schematron/openpeppol/2026.5/xslt/PEPPOL-EN16931-UBL.xslt"),
  XRECHNUNG_CII(
      "XRechnung 3.0.2 for CII", "external/schematron/3.0.2/XRechnung-CII-validation.xslt"),
  XRECHNUNG_UBL(
      "XRechnung 3.0.2 for UBL", "external/schematron/3.0.2/XRechnung-UBL-validation.xslt"),
  /** Ten times as slow as the others, and hardly about data: for changed templates only. */
  FACTUR_X("Factur-X 1.08 in profile EN 16931", "external/schematron/2.4/FACTUR-X_EN16931.xslt");

  /** Trees and stylesheets have to come from the same one. */
  static final Processor PROCESSOR = processor();

  private final String resource;
  private final Prepared<XsltExecutable> compiled;

  RuleSheet(String title, String resource) {
    this.resource = resource;
    this.compiled =
        new Prepared<>(
            "The rules of " + title, () -> compile(resource, new LeanRules(Xml.reader())));
  }

  /** The stylesheet on the class path. */
  String resource() {
    return resource;
  }

  /** Compiles the rules, unless that is done. */
  void prepare() {
    compiled.get();
  }

  /**
   * What these rules find in an e-invoice, warnings included.
   *
   * @throws IllegalStateException if they cannot be applied, which says nothing of the e-invoice
   */
  List<FailedRule> apply(XdmNode eInvoice) {
    return apply(compiled.get(), eInvoice);
  }

  static List<FailedRule> apply(XsltExecutable sheet, XdmNode eInvoice) {
    Xslt30Transformer transformer = sheet.load30();
    FailedRules found = new FailedRules();
    try {
      transformer.setGlobalContextItem(eInvoice);
      transformer.applyTemplates(eInvoice, new SAXDestination(found));
    } catch (SaxonApiException e) {
      throw new IllegalStateException("E-invoice rules cannot be applied: " + e.getMessage(), e);
    }
    return found.all();
  }

  static XsltExecutable compile(String resource, XMLReader reader)
      throws IOException, SaxonApiException {
    URL source = RuleSheet.class.getClassLoader().getResource(resource);
    if (source == null) {
      throw new IOException(resource + " is not on the class path");
    }
    // With its address, so that a sheet finds the code lists that lie beside it.
    InputSource sheet = new InputSource(source.toExternalForm());
    return PROCESSOR.newXsltCompiler().compile(new SAXSource(reader, sheet));
  }

  private static Processor processor() {
    Processor processor = new Processor(false);
    processor.setConfigurationProperty(Feature.ALLOW_EXTERNAL_FUNCTIONS, false);
    processor.setConfigurationProperty(Feature.DTD_VALIDATION, false);
    return processor;
  }
}
