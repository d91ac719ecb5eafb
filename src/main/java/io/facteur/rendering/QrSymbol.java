package io.facteur.rendering;

import io.nayuki.qrcodegen.DataTooLongException;
import io.nayuki.qrcodegen.QrCode;
import io.nayuki.qrcodegen.QrSegment;
import java.util.BitSet;
import java.util.List;

/**
 * A QR code (ISO/IEC 18004) as a path of PDF operators that fills the unit square, the origin at
 * the top left: sharp at each size, and without an image that a reader of PDF would have to load.
 */
final class QrSymbol {

  /** Version 25 is the largest that Swiss payment slips allow; the EPC allows 13. */
  private static final int LARGEST_VERSION = 25;

  /**
   * Always the same: every reader undoes each of the eight masks, and to weigh them against each
   * other takes ten times as long as all the rest, for patterns that differ little.
   */
  private static final int MASK = 2;

  /** Millimetres of the Swiss QR code, and of what is left free for the cross in its middle. */
  private static final double SIDE = 46;

  private static final double FREE = 7;
  private static final double CROSS = 6;
  private static final double BAR_LENGTH = CROSS * 20 / 32;
  private static final double BAR_WIDTH = CROSS * 6 / 32;

  private final int size;
  private final BitSet dark;

  private QrSymbol(QrCode code) {
    size = code.size;
    dark = new BitSet(size * size);
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        dark.set(y * size + x, code.getModule(x, y));
      }
    }
  }

  /**
   * The path of a text in UTF-8 with error correction M, as both Swiss and European payment codes
   * want it.
   *
   * @throws IllegalArgumentException if the text is too long
   */
  static String path(String text, boolean swissCross) {
    try {
      // Without the library's boost of the error correction: the level is prescribed.
      QrSymbol symbol =
          new QrSymbol(
              QrCode.encodeSegments(
                  List.copyOf(QrSegment.makeSegments(text)),
                  QrCode.Ecc.MEDIUM,
                  QrCode.MIN_VERSION,
                  LARGEST_VERSION,
                  MASK,
                  false));
      return symbol.draw(swissCross);
    } catch (DataTooLongException e) {
      throw new IllegalArgumentException(
          "a text of %d characters is too long for a QR code".formatted(text.length()), e);
    }
  }

  private String draw(boolean swissCross) {
    if (swissCross) {
      free();
    }
    StringBuilder path = new StringBuilder(12 * size * size / 4);
    String scale = Double.toString(1.0 / size);
    path.append(scale).append(" 0 0 ").append(scale).append(" 0 0 cm\n0 0 0 rg\n");
    rectangles(path);
    path.append("f\n");
    if (swissCross) {
      cross(path);
    }
    return path.toString();
  }

  /** Takes away every module that the middle needs, so that none is cut. */
  private void free() {
    int first = (int) Math.floor((SIDE - FREE) / 2 * size / SIDE);
    for (int y = first; y < size - first; y++) {
      dark.clear(y * size + first, y * size + size - first);
    }
  }

  /** Runs of dark modules, merged with equal runs below them. */
  private void rectangles(StringBuilder path) {
    for (int y = 0; y < size; y++) {
      int row = y * size;
      int from = dark.nextSetBit(row);
      while (from >= 0 && from < row + size) {
        int to = Math.min(dark.nextClearBit(from), row + size);
        int high = 1;
        while (y + high < size && isRun(from + high * size, to + high * size, y + high)) {
          dark.clear(from + high * size, to + high * size);
          high++;
        }
        path.append(from - row).append(' ').append(y).append(' ');
        path.append(to - from).append(' ').append(high).append(" re\n");
        from = dark.nextSetBit(to);
      }
    }
  }

  private boolean isRun(int from, int to, int y) {
    return dark.get(from)
        && dark.nextClearBit(from) >= to
        && (to == (y + 1) * size || !dark.get(to))
        && (from == y * size || !dark.get(from - 1));
  }

  private void cross(StringBuilder path) {
    middle(path, CROSS, CROSS);
    path.append("f\n1 1 1 rg\n");
    middle(path, BAR_LENGTH, BAR_WIDTH);
    middle(path, BAR_WIDTH, BAR_LENGTH);
    path.append("f\n");
  }

  private void middle(StringBuilder path, double wide, double high) {
    double module = SIDE / size;
    for (double value :
        new double[] {
          (SIDE - wide) / 2 / module, (SIDE - high) / 2 / module, wide / module, high / module
        }) {
      path.append(Math.round(value * 10_000) / 10_000.0).append(' ');
    }
    path.append("re\n");
  }
}
