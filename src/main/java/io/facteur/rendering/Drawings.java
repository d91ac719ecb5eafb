package io.facteur.rendering;

import java.awt.geom.Point2D;
import java.util.HashMap;
import org.apache.fop.apps.FOPException;
import org.apache.fop.fo.ElementMapping;
import org.apache.fop.fo.FONode;
import org.apache.fop.fo.PropertyList;
import org.apache.fop.fo.XMLObj;
import org.apache.fop.render.pdf.ArchivePdfDocumentHandler;
import org.xml.sax.Attributes;
import org.xml.sax.Locator;

/**
 * Elements of our own that XSL-FO may have in an {@code fo:instream-foreign-object}, drawn as paths
 * of the page: no picture is loaded, cached or embedded, and no SVG is interpreted.
 *
 * <ul>
 *   <li>{@code <d:qr-code>text</d:qr-code>}: a QR code, without its quiet zone
 *   <li>{@code <d:swiss-qr-code>text</d:swiss-qr-code>}: the same with the Swiss cross
 *   <li>{@code <d:scissors direction="right"/>}, or {@code down}: on a line to cut along
 * </ul>
 */
final class Drawings extends ElementMapping {

  /** In XSL-FO as {@code xmlns:d}. */
  static final String NAMESPACE = "urn:io.facteur:drawings";

  /** Two rings, two blades; the tips point downwards, to (0.5, 1). */
  private static final String SCISSORS =
      """
      0 0 0 RG 0 0 0 rg 0.07 w
      0.41 0.17 m 0.41 0.24 0.35 0.3 0.28 0.3 c 0.21 0.3 0.15 0.24 0.15 0.17 c
      0.15 0.1 0.21 0.04 0.28 0.04 c 0.35 0.04 0.41 0.1 0.41 0.17 c s
      0.85 0.17 m 0.85 0.24 0.79 0.3 0.72 0.3 c 0.65 0.3 0.59 0.24 0.59 0.17 c
      0.59 0.1 0.65 0.04 0.72 0.04 c 0.79 0.04 0.85 0.1 0.85 0.17 c s
      0.31 0.29 m 0.39 0.26 l 0.64 0.98 l 0.57 0.98 0.53 0.93 0.51 0.87 c f
      0.69 0.29 m 0.61 0.26 l 0.36 0.98 l 0.43 0.98 0.47 0.93 0.49 0.87 c f
      """;

  Drawings() {
    namespaceURI = NAMESPACE;
  }

  @Override
  protected void initialize() {
    if (foObjs == null) {
      foObjs = new HashMap<>();
      put("qr-code", drawing -> QrSymbol.path(drawing.text(), false));
      put("swiss-qr-code", drawing -> QrSymbol.path(drawing.text(), true));
      put(
          "scissors",
          drawing ->
              (drawing.attribute("direction").equals("right") ? "0 1 1 0 0 0 cm\n" : "")
                  + SCISSORS);
    }
  }

  private void put(String name, Drawer drawer) {
    foObjs.put(
        name,
        new Maker() {
          @Override
          public FONode make(FONode parent) {
            return new Drawing(parent, drawer);
          }
        });
  }

  /** Gives the operators of a drawing that fills the unit square. */
  private interface Drawer {
    String draw(Drawing drawing);
  }

  private static final class Drawing extends XMLObj {

    private final Drawer drawer;
    private final StringBuilder text = new StringBuilder();

    Drawing(FONode parent, Drawer drawer) {
      super(parent);
      this.drawer = drawer;
    }

    String text() {
      return text.toString();
    }

    String attribute(String name) {
      return element.getAttribute(name);
    }

    @Override
    public void processNode(
        String elementName, Locator locator, Attributes attributes, PropertyList properties)
        throws FOPException {
      super.processNode(elementName, locator, attributes, properties);
      createBasicDocument();
    }

    @Override
    protected void characters(
        char[] data, int start, int length, PropertyList properties, Locator locator) {
      text.append(data, start, length);
    }

    @Override
    public void endOfNode() throws FOPException {
      super.endOfNode();
      doc.setUserData(ArchivePdfDocumentHandler.DRAWING, drawer.draw(this), null);
    }

    @Override
    public Point2D getDimension(Point2D view) {
      return new Point2D.Double(72, 72);
    }

    @Override
    public String getNamespaceURI() {
      return NAMESPACE;
    }

    @Override
    public String getNormalNamespacePrefix() {
      return "d";
    }
  }
}
