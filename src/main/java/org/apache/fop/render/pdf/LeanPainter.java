package org.apache.fop.render.pdf;

import java.awt.Color;
import java.awt.Rectangle;
import org.apache.fop.fo.Constants;
import org.apache.fop.render.intermediate.IFException;
import org.apache.fop.traits.BorderProps;

/**
 * Draws a border that is alone and solid, as rules of tables are, as the rectangle that it is: FOP
 * saves the graphics state, moves and turns the page, clips it to a polygon and strokes a line
 * there, for each cell.
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
    if (isAlone(top, bottom, left, right) && isPlain(top)) {
      fillRect(rectangle(area, top, true, false), top.color);
    } else if (isAlone(bottom, top, left, right) && isPlain(bottom)) {
      fillRect(rectangle(area, bottom, true, true), bottom.color);
    } else if (isAlone(left, top, bottom, right) && isPlain(left)) {
      fillRect(rectangle(area, left, false, false), left.color);
    } else if (isAlone(right, top, bottom, left) && isPlain(right)) {
      fillRect(rectangle(area, right, false, true), right.color);
    } else {
      super.drawBorderRect(area, top, bottom, left, right, background);
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

  private static boolean isAlone(
      BorderProps one, BorderProps second, BorderProps third, BorderProps fourth) {
    return one != null && isNone(second) && isNone(third) && isNone(fourth);
  }

  private static boolean isNone(BorderProps border) {
    return border == null || border.width == 0;
  }

  private static boolean isPlain(BorderProps border) {
    return border.style == Constants.EN_SOLID
        && border.getRadiusStart() == 0
        && border.getRadiusEnd() == 0;
  }
}
