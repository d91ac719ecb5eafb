package io.facteur.rendering;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.validation.Schema;
import javax.xml.validation.ValidatorHandler;
import net.sf.saxon.s9api.BuildingContentHandler;
import net.sf.saxon.s9api.DocumentBuilder;
import net.sf.saxon.s9api.SaxonApiException;
import net.sf.saxon.s9api.XdmNode;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.XMLReader;
import org.xml.sax.helpers.DefaultHandler;

/**
 * Parses e-invoices once: the same parse is checked by the schema and becomes the tree that the
 * rules are applied to. For one at a time, and used again, because setting it up costs as much as a
 * document.
 */
final class EInvoiceParser {

  /** No e-invoice is described by more than that; a broken template could give thousands. */
  private static final int MOST_ERRORS = 20;

  private final XMLReader reader = Xml.reader();
  private final ValidatorHandler validator;
  private final DocumentBuilder trees = RuleSheet.PROCESSOR.newDocumentBuilder();

  /**
   * An e-invoice as a tree.
   *
   * @param tree null if it is no XML
   * @param broken where it breaks the schema
   */
  record Parsed(XdmNode tree, List<FailedRule> broken) {}

  EInvoiceParser(Schema schema) {
    validator = schema.newValidatorHandler();
  }

  Parsed parse(String xml) {
    List<FailedRule> broken = new ArrayList<>();
    validator.setErrorHandler(
        new DefaultHandler() {
          @Override
          public void error(SAXParseException e) {
            if (broken.size() < MOST_ERRORS) {
              broken.add(broken(e));
            }
          }
        });
    try {
      BuildingContentHandler tree = trees.newBuildingContentHandler();
      reader.setContentHandler(new TwoHandlers(validator, tree));
      reader.parse(new InputSource(new StringReader(xml)));
      return new Parsed(tree.getDocumentNode(), List.copyOf(broken));
    } catch (SAXParseException e) {
      return new Parsed(null, List.of(broken(e)));
    } catch (SAXException | IOException | SaxonApiException e) {
      throw new IllegalStateException("An e-invoice cannot be parsed: " + e.getMessage(), e);
    }
  }

  /** Xerces begins its messages with the rule of XML Schema, such as {@code cvc-type.3.1.3:}. */
  private static FailedRule broken(SAXParseException e) {
    String message = String.valueOf(e.getMessage());
    int colon = message.indexOf(':');
    boolean schema = message.startsWith("cvc-") && colon > 0;
    return new FailedRule(
        schema ? message.substring(0, colon) : "XML",
        message,
        "line %d, column %d".formatted(e.getLineNumber(), e.getColumnNumber()),
        true);
  }
}
