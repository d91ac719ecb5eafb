package io.facteur.rendering;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;

/**
 * Where the letters of a page stand, in millimetres from its top left corner.
 *
 * @param text in the order in which it is read
 */
record Page(int number, String text, List<Glyph> glyphs) {

  /**
   * A letter: as wide as the font says, and as high as a capital, which no other may touch.
   *
   * @param baseline on which it stands
   */
  record Glyph(String letter, double left, double right, double baseline, double size) {

    double top() {
      return baseline - 0.7 * size;
    }

    boolean overlaps(Glyph other) {
      double wide = Math.min(right, other.right) - Math.max(left, other.left);
      double high = Math.min(baseline, other.baseline) - Math.max(top(), other.top());
      // Rounding in the PDF moves letters by thousandths of a point; neighbours may touch.
      return wide > 0.2 && high > 0.2;
    }
  }

  /** All pages of a PDF. */
  static List<Page> of(byte[] pdf) {
    try (PDDocument document = Loader.loadPDF(pdf)) {
      List<Page> pages = new ArrayList<>();
      for (int number = 1; number <= document.getNumberOfPages(); number++) {
        List<Glyph> glyphs = new ArrayList<>();
        PDFTextStripper stripper = stripper(glyphs);
        stripper.setSortByPosition(true);
        // What is printed twice in one place is what this is to find.
        stripper.setSuppressDuplicateOverlappingText(false);
        stripper.setStartPage(number);
        stripper.setEndPage(number);
        StringWriter text = new StringWriter();
        stripper.writeText(document, text);
        pages.add(new Page(number, text.toString().replace('\u00a0', ' '), List.copyOf(glyphs)));
      }
      return pages;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Pairs of letters that are printed over each other; none on a page that can be read. */
  List<String> overlaps() {
    Map<Long, List<Glyph>> cells = new HashMap<>();
    List<String> found = new ArrayList<>();
    for (Glyph glyph : glyphs) {
      for (long x = cell(glyph.left()); x <= cell(glyph.right()); x++) {
        for (long y = cell(glyph.top()); y <= cell(glyph.baseline()); y++) {
          List<Glyph> near = cells.computeIfAbsent(x * 1000 + y, key -> new ArrayList<>());
          near.stream()
              .filter(glyph::overlaps)
              .forEach(other -> found.add("page %d: %s over %s".formatted(number, glyph, other)));
          near.add(glyph);
        }
      }
    }
    return found;
  }

  /** How far from the left a text begins, in tenths of a millimetre; null if it is not there. */
  Long place(String wanted) {
    String all = String.join("", glyphs.stream().map(Glyph::letter).toList());
    int at = all.indexOf(wanted);
    return at < 0 ? null : Math.round(glyphs.get(at).left() * 10);
  }

  private static long cell(double millimetres) {
    return (long) Math.floor(millimetres / 5);
  }

  private static PDFTextStripper stripper(List<Glyph> glyphs) {
    return new PDFTextStripper() {
      @Override
      protected void processTextPosition(TextPosition position) {
        super.processTextPosition(position);
        if (!position.getUnicode().isBlank()) {
          glyphs.add(
              new Glyph(
                  position.getUnicode(),
                  mm(position.getXDirAdj()),
                  mm(position.getXDirAdj() + position.getWidthDirAdj()),
                  mm(position.getYDirAdj()),
                  mm(position.getFontSizeInPt())));
        }
      }
    };
  }

  private static double mm(double points) {
    return points * 25.4 / 72;
  }
}
