package org.apache.fop.render.pdf;

import java.awt.Color;
import java.awt.Rectangle;
import org.apache.fop.fo.Constants;
import org.apache.fop.render.intermediate.IFException;
import org.apache.fop.traits.BorderProps;
import org.w3c.dom.Document;

/**
 * Draws solid borders that meet no other one in a corner, as rules of tables are, as the rectangles
 * that they are: FOP saves the graphics state, moves and turns the page, clips it to a polygon and
 * strokes a line there, for each cell. Drawings ({@link ArchivePdfDocumentHandler#DRAWING}) become
 * paths of the page's own content.
 */
final class LeanPainter extends PDFPainter {

  LeanPainter(PDFDocumentHandler handler, PDFLogicalStructureHandler structure) {
    super(handler, structure);
  }

  @Override
  public void drawBorderRect(
      Rectangle area,
      BorderProps top,
      BorderProps bottom,
      BorderProps left,
      BorderProps right,
      Color background)
      throws IFException {
    if (isNone(left) && isNone(right) && isPlain(top) && isPlain(bottom)) {
      fill(area, top, true, false);
      fill(area, bottom, true, true);
    } else if (isNone(top) && isNone(bottom) && isPlain(left) && isPlain(right)) {
      fill(area, left, false, false);
      fill(area, right, false, true);
    } else {
      super.drawBorderRect(area, top, bottom, left, right, background);
    }
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

  private void fill(Rectangle area, BorderProps border, boolean horizontal, boolean far)
      throws IFException {
    if (!isNone(border)) {
      fillRect(rectangle(area, border, horizontal, far), border.color);
    }
  }

  /** The part of a collapsed border that belongs to the cell, or all of it at a table's edge. */
  private static Rectangle rectangle(
      Rectangle area, BorderProps border, boolean horizontal, boolean far) {
    int hidden = border.isCollapseOuter() ? 0 : BorderProps.getClippedWidth(border);
    int visible = border.width - hidden;
    if (horizontal) {
      int y = far ? area.y + area.height - border.width : area.y + hidden;
      return new Rectangle(area.x, y, area.width, visible);
    }
    int x = far ? area.x + area.width - border.width : area.x + hidden;
    return new Rectangle(x, area.y, visible, area.height);
  }

  private static boolean isNone(BorderProps border) {
    return border == null || border.width == 0;
  }

  private static boolean isPlain(BorderProps border) {
    return isNone(border)
        || (border.style == Constants.EN_SOLID
            && border.getRadiusStart() == 0
            && border.getRadiusEnd() == 0);
  }
}
