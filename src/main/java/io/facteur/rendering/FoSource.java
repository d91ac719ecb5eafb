package io.facteur.rendering;

import java.io.IOException;
import java.io.StringReader;
import org.xml.sax.Attributes;
import org.xml.sax.InputSource;
import org.xml.sax.Locator;
import org.xml.sax.SAXException;
import org.xml.sax.XMLReader;
import org.xml.sax.helpers.DefaultHandler;

/** Finds in XSL-FO what FOP misses without saying where. */
final class FoSource extends DefaultHandler {

  private static final int EXCERPT = 40;

  private final FoComplaint complaint;
  private final FoComplaint.Subject wanted;
  private FoComplaint found;
  private Locator locator;

  private FoSource(FoComplaint complaint) {
    this.complaint = complaint;
    this.wanted = complaint.subject();
  }

  /** The complaint with its place, and with the text that has the missing character. */
  static FoComplaint located(FoComplaint complaint, String fo) {
    if (complaint.subject() == null || complaint.line() > 0) {
      return complaint;
    }
    FoSource source = new FoSource(complaint);
    try {
      XMLReader reader = Xml.reader();
      reader.setContentHandler(source);
      reader.parse(new InputSource(new StringReader(fo)));
    } catch (SAXException | IOException e) {
      return complaint; // whose cause is another one, which is told as well
    }
    return source.found == null ? complaint : source.found;
  }

  @Override
  public void setDocumentLocator(Locator given) {
    locator = given;
  }

  @Override
  public void startElement(String uri, String name, String qualified, Attributes attributes) {
    String families = attributes.getValue("font-family");
    if (wanted.kind() == FoComplaint.Kind.FONT
        && families != null
        && families.contains(wanted.value())) {
      found(complaint.reason());
    }
  }

  @Override
  public void characters(char[] text, int start, int length) {
    if (wanted.kind() == FoComplaint.Kind.CHARACTER) {
      String content = new String(text, start, length);
      int at = content.indexOf(wanted.value());
      if (at >= 0) {
        String excerpt =
            content.substring(Math.max(0, at - EXCERPT), Math.min(content.length(), at + EXCERPT));
        found(
            "%s of the text \"%s\": add a font to templates/fonts that has it"
                .formatted(complaint.reason(), excerpt.replaceAll("\\s+", " ").strip()));
      }
    }
  }

  private void found(String reason) {
    if (found == null) {
      found = new FoComplaint(reason, wanted, locator.getLineNumber(), locator.getColumnNumber());
    }
  }
}
