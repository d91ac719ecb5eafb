package io.facteur.rendering;

import java.util.regex.Pattern;
import org.xml.sax.Attributes;
import org.xml.sax.ContentHandler;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.XMLFilterImpl;

/**
 * Keeps from FOP what would make it reach out of the templates: SVG inside XSL-FO may load
 * pictures, styles and scripts by ways of its own.
 */
final class FoGuard extends XMLFilterImpl {

  private static final Pattern LOCAL_URL = Pattern.compile("url\\(['\"]?#[^)]*\\)");
  private static final String SVG = "http://www.w3.org/2000/svg";

  FoGuard(ContentHandler fop) {
    setContentHandler(fop);
  }

  @Override
  public void startElement(String uri, String name, String qualified, Attributes attributes)
      throws SAXException {
    if (Thread.currentThread().isInterrupted()) {
      throw new SAXException("interrupted");
    }
    if (uri.equals(SVG)) {
      check(name, attributes);
    }
    super.startElement(uri, name, qualified, attributes);
  }

  private static void check(String name, Attributes attributes) throws SAXException {
    if (name.equals("script") || name.equals("foreignObject") || name.equals("style")) {
      throw new SAXException("SVG in a document has no '" + name + "'");
    }
    for (int i = 0; i < attributes.getLength(); i++) {
      String value = attributes.getValue(i).replaceAll("\\s", "");
      boolean reference = attributes.getLocalName(i).equals("href") && !value.startsWith("#");
      boolean outside = LOCAL_URL.matcher(value).replaceAll("").contains("url(");
      if (reference || outside || attributes.getLocalName(i).startsWith("on")) {
        throw new SAXException(
            "SVG in a document refers to nothing outside it, but has %s=\"%s\""
                .formatted(attributes.getQName(i), value));
      }
    }
  }
}
