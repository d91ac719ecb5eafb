package io.facteur.rendering;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import javax.xml.transform.sax.SAXSource;
import javax.xml.transform.stream.StreamSource;
import net.sf.saxon.lib.Feature;
import net.sf.saxon.s9api.Processor;
import net.sf.saxon.s9api.SaxonApiException;
import net.sf.saxon.s9api.XdmDestination;
import net.sf.saxon.s9api.XdmNode;
import net.sf.saxon.s9api.Xslt30Transformer;
import net.sf.saxon.s9api.XsltExecutable;
import net.sf.saxon.s9api.streams.Steps;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xml.sax.InputSource;

/**
 * Checks e-invoices with the official rules of EN 16931 (EINV-2): CEN's Schematron for CII, which
 * is compiled in the background from the moment that this is made. Who asks earlier waits.
 */
public final class EInvoiceValidator {

  /** Version of the official rules. */
  public static final String RULES = "EN 16931 CII 1.3.15";

  private static final Logger log = LoggerFactory.getLogger(EInvoiceValidator.class);
  private static final String STYLESHEET =
      "external/schematron/1.3.15/cii/EN16931-CII-validation.xslt";
  private static final String SVRL = "http://purl.oclc.org/dsdl/svrl";

  private final Processor processor = new Processor(false);
  private final RuleTerms terms = new RuleTerms();
  private final CompletableFuture<XsltExecutable> rules;

  public EInvoiceValidator() {
    processor.setConfigurationProperty(Feature.ALLOW_EXTERNAL_FUNCTIONS, false);
    processor.setConfigurationProperty(Feature.DTD_VALIDATION, false);
    rules = new CompletableFuture<>();
    Thread compiler = new Thread(this::compile, "e-invoice-rules");
    compiler.setDaemon(true);
    compiler.start();
  }

  /**
   * What the official rules find in a CII invoice, warnings included; empty if nothing.
   *
   * @throws IllegalStateException if the rules cannot be applied, which says nothing of the invoice
   */
  public List<RuleViolation> validate(String xml) {
    try {
      XdmNode invoice =
          processor
              .newDocumentBuilder()
              .build(new SAXSource(Xml.reader(), new InputSource(new StringReader(xml))));
      Xslt30Transformer transformer = rules.join().load30();
      XdmDestination report = new XdmDestination();
      transformer.setGlobalContextItem(invoice);
      transformer.applyTemplates(invoice, report);
      return violations(report.getXdmNode());
    } catch (SaxonApiException e) {
      throw new IllegalStateException(
          "The e-invoice rules cannot be applied: " + e.getMessage(), e);
    } catch (CompletionException e) {
      throw new IllegalStateException(
          "The e-invoice rules are not available: " + e.getCause().getMessage(), e.getCause());
    }
  }

  private void compile() {
    long start = System.nanoTime();
    try (InputStream source =
        EInvoiceValidator.class.getClassLoader().getResourceAsStream(STYLESHEET)) {
      if (source == null) {
        throw new IOException(STYLESHEET + " is not on the class path");
      }
      rules.complete(processor.newXsltCompiler().compile(new StreamSource(source)));
      log.info("{} compiled in {} ms", RULES, (System.nanoTime() - start) / 1_000_000);
    } catch (IOException | SaxonApiException | RuntimeException e) {
      log.error("{} cannot be compiled: no e-invoice can be made", RULES, e);
      rules.completeExceptionally(e);
    }
  }

  private List<RuleViolation> violations(XdmNode report) {
    return report.select(Steps.descendant(SVRL, "failed-assert")).map(this::violation).toList();
  }

  private RuleViolation violation(XdmNode failed) {
    String id = failed.attribute("id");
    String text = failed.select(Steps.child(SVRL, "text")).asString().strip();
    String term = terms.term(id, text);
    return new RuleViolation(
        id,
        term,
        terms.field(term),
        text.replaceAll("\\s+", " "),
        failed.attribute("location"),
        !"warning".equals(failed.attribute("flag")));
  }
}
