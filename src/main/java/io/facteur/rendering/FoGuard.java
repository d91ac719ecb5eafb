package io.facteur.rendering;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.xml.sax.Attributes;
import org.xml.sax.ContentHandler;
import org.xml.sax.Locator;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.XMLFilterImpl;

/**
 * Keeps from FOP what would make it reach out of the templates, put things into the PDF that nobody
 * sees, or take all memory: only XSL-FO, our drawings and harmless SVG pass, and pictures come from
 * the templates folder.
 */
final class FoGuard extends XMLFilterImpl {

  private static final String FO = "http://www.w3.org/1999/XSL/Format";
  private static final String SVG = "http://www.w3.org/2000/svg";
  private static final String DRAWINGS = "urn:io.facteur:drawings";

  /** Without what loads, runs, repeats or filters; {@code use} in {@code use} grows without end. */
  private static final Set<String> SVG_ELEMENTS =
      Set.of(
          "svg",
          "g",
          "path",
          "rect",
          "circle",
          "ellipse",
          "line",
          "polyline",
          "polygon",
          "text",
          "tspan",
          "defs",
          "linearGradient",
          "radialGradient",
          "stop",
          "clipPath",
          "title",
          "desc");

  private static final Set<String> LINKS = Set.of("https", "http", "mailto", "tel");
  private static final Pattern LOCAL_URL = Pattern.compile("url\\(['\"]?#[^)]*\\)");
  private static final Pattern WRAPPED =
      Pattern.compile("\\s*(?:url\\(\\s*)?['\"]?\\s*(.*?)\\s*['\"]?\\s*\\)?\\s*");
  private static final int MOST_ELEMENTS = 300_000;
  private static final int MOST_CHARACTERS = 4_000_000;
  private static final int DEEPEST = 200;

  private Locator locator;
  private int elements;
  private int characters;
  private int depth;

  FoGuard(ContentHandler fop) {
    setContentHandler(fop);
  }

  @Override
  public void setDocumentLocator(Locator given) {
    locator = given;
    super.setDocumentLocator(given);
  }

  @Override
  public void startElement(String uri, String name, String qualified, Attributes attributes)
      throws SAXException {
    if (Thread.currentThread().isInterrupted()) {
      throw refused("was stopped");
    }
    if (++elements > MOST_ELEMENTS) {
      throw refused("the document has more than %,d elements".formatted(MOST_ELEMENTS));
    }
    if (++depth > DEEPEST) {
      throw refused("elements stand more than %d deep in each other".formatted(DEEPEST));
    }
    switch (uri) {
      case FO -> checkFo(attributes);
      case SVG -> checkSvg(name, attributes);
      case DRAWINGS -> {
        // has no references
      }
      default ->
          throw refused(
              "<%s> is neither XSL-FO nor SVG: nothing else is allowed in a document"
                  .formatted(qualified));
    }
    super.startElement(uri, name, qualified, attributes);
  }

  @Override
  public void endElement(String uri, String name, String qualified) throws SAXException {
    depth--;
    super.endElement(uri, name, qualified);
  }

  @Override
  public void characters(char[] text, int start, int length) throws SAXException {
    characters += length;
    if (characters > MOST_CHARACTERS) {
      throw refused("the document has more than %,d characters".formatted(MOST_CHARACTERS));
    }
    super.characters(text, start, length);
  }

  private void checkFo(Attributes attributes) throws SAXException {
    for (int i = 0; i < attributes.getLength(); i++) {
      String value = attributes.getValue(i);
      switch (attributes.getLocalName(i)) {
        case "src", "background-image" -> checkPicture(value);
        case "external-destination" -> checkLink(value);
        default -> {
          // refers to nothing
        }
      }
    }
  }

  private void checkPicture(String value) throws SAXException {
    String path = WRAPPED.matcher(value).replaceFirst("$1");
    boolean none = path.equals("none") || path.equals("inherit");
    if (!none && (!path.startsWith("assets/") || path.contains(".."))) {
      throw refused(
          "the picture '%s' is not in templates/assets: put it there and write src=\"assets/...\""
              .formatted(shortened(path)));
    }
  }

  private void checkLink(String value) throws SAXException {
    String target = WRAPPED.matcher(value).replaceFirst("$1");
    String scheme = target.replaceFirst("(?s):.*", "").toLowerCase(Locale.ROOT);
    if (!target.contains(":") || !LINKS.contains(scheme)) {
      throw refused(
          "a link goes to https:, http:, mailto: or tel:, but not to '%s'"
              .formatted(shortened(target)));
    }
  }

  private void checkSvg(String name, Attributes attributes) throws SAXException {
    if (!SVG_ELEMENTS.contains(name)) {
      throw refused("SVG in a document has no <%s>".formatted(name));
    }
    for (int i = 0; i < attributes.getLength(); i++) {
      String value = attributes.getValue(i).replaceAll("\\s", "");
      boolean reference = attributes.getLocalName(i).equals("href") && !value.startsWith("#");
      boolean outside = LOCAL_URL.matcher(value).replaceAll("").contains("url(");
      if (reference || outside || attributes.getLocalName(i).startsWith("on")) {
        throw refused(
            "SVG in a document refers to nothing outside it, but has %s=\"%s\""
                .formatted(attributes.getQName(i), shortened(value)));
      }
    }
  }

  private static String shortened(String value) {
    return value.length() <= 80 ? value : value.substring(0, 80) + "…";
  }

  private SAXParseException refused(String reason) {
    return new SAXParseException(reason, locator);
  }
}
