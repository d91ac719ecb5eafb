package org.apache.fop.render.pdf;

import java.awt.Rectangle;
import org.apache.fop.render.intermediate.IFException;
import org.w3c.dom.Document;

/** Paints drawings as paths into the page's own content, see {@link ArchivePdfDocumentHandler}. */
final class DrawingPainter extends PDFPainter {

  DrawingPainter(
      PDFDocumentHandler documentHandler, PDFLogicalStructureHandler logicalStructureHandler) {
    super(documentHandler, logicalStructureHandler);
  }

  @Override
  public void drawImage(Document document, Rectangle place) throws IFException {
    if (document.getUserData(ArchivePdfDocumentHandler.DRAWING) instanceof String operators) {
      generator.saveGraphicsState();
      generator.add(
          "%s 0 0 %s %s %s cm\n"
              .formatted(
                  format(place.width), format(place.height), format(place.x), format(place.y)));
      generator.add(operators);
      generator.restoreGraphicsState();
    } else {
      super.drawImage(document, place);
    }
  }
}
