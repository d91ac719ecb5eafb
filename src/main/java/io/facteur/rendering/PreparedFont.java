package io.facteur.rendering;

import java.awt.Rectangle;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Arrays;
import org.apache.fop.apps.io.InternalResourceResolver;
import org.apache.fop.fonts.CIDFontType;
import org.apache.fop.fonts.CMapSegment;
import org.apache.fop.fonts.EmbeddingMode;
import org.apache.fop.fonts.MultiByteFont;
import org.apache.fop.fonts.truetype.FontFileReader;
import org.apache.fop.fonts.truetype.OFFontLoader;
import org.apache.fop.fonts.truetype.OpenFont;
import org.apache.fop.fonts.truetype.TTFFile;

/**
 * What FOP has to know of a TrueType font, worked out once: FOP computes all widths and boxes anew
 * whenever it is asked for one, and looks for each character in a list of ranges.
 */
final class PreparedFont {

  private final OpenFont parsed;
  private final URI uri;
  private final byte[] embedded;
  private final int[] widths;
  private final Rectangle[] boxes;
  private final CMapSegment[] segments;
  private final char[] glyphs;

  private PreparedFont(OpenFont parsed, URI uri, byte[] embedded) {
    this.parsed = parsed;
    this.uri = uri;
    this.embedded = embedded;
    this.widths = parsed.getWidths();
    this.boxes = parsed.getBoundingBoxes();
    this.segments = parsed.getCMaps().toArray(CMapSegment[]::new);
    this.glyphs = glyphs(segments);
  }

  /**
   * Reads a font's file.
   *
   * @throws IOException if it is no TrueType font that may be embedded
   */
  static PreparedFont read(String fileName, URI uri, byte[] content) throws IOException {
    // Without kerning and complex scripts: French, German and English gain little by them and a
    // third of the time goes there.
    TTFFile font = new TTFFile(false, false);
    FontFileReader reader = new FontFileReader(new ByteArrayInputStream(content));
    String header = OFFontLoader.readHeader(reader);
    boolean unicode;
    try {
      unicode = !header.equals("OTTO") && font.readFont(reader, header, (String) null);
    } catch (RuntimeException e) {
      throw new IOException("this is no TrueType font: " + e.getMessage(), e);
    }
    if (!unicode) {
      throw new IOException(fileName + " is no TrueType font with a Unicode table");
    }
    if (!font.isEmbeddable()) {
      throw new IOException("the licence in " + fileName + " forbids to embed it");
    }
    return new PreparedFont(font, uri, SlimFont.of(content));
  }

  /** Width of a text in thousandths of an em; a character that the font lacks counts as 600. */
  long width(String text) {
    long sum = 0;
    for (int i = 0; i < text.length(); i++) {
      int glyph = glyph(text.charAt(i));
      sum += glyph == 0 ? 600 : widths[glyph];
    }
    return sum;
  }

  /** The font for one document: the glyphs that it uses are counted in it, all else is shared. */
  MultiByteFont forOneDocument(InternalResourceResolver resources) {
    MultiByteFont font = new DocumentFont(resources);
    font.setFontURI(uri);
    font.setEmbedURI(uri);
    font.setFontName(parsed.getPostScriptName());
    font.setFullName(parsed.getFullName());
    font.setFamilyNames(parsed.getFamilyNames());
    font.setFontSubFamilyName(parsed.getSubFamilyName());
    font.setCapHeight(parsed.getCapHeight());
    font.setXHeight(parsed.getXHeight());
    font.setAscender(parsed.getLowerCaseAscent());
    font.setDescender(parsed.getLowerCaseDescent());
    font.setFontBBox(parsed.getFontBBox());
    font.setUnderlineThickness(parsed.getUnderlineThickness());
    font.setUnderlinePosition(parsed.getUnderlinePosition() - parsed.getUnderlineThickness() / 2);
    font.setStrikeoutThickness(parsed.getStrikeoutThickness());
    font.setStrikeoutPosition(parsed.getStrikeoutPosition() - parsed.getStrikeoutThickness() / 2);
    font.setFlags(parsed.getFlags());
    font.setStemV(Integer.parseInt(parsed.getStemV()));
    font.setItalicAngle(Integer.parseInt(parsed.getItalicAngle()));
    font.setMissingWidth(0);
    font.setWeight(parsed.getWeightClass());
    font.setCIDType(CIDFontType.CIDTYPE2);
    font.setWidthArray(widths);
    font.setBBoxArray(boxes);
    font.setCMap(segments);
    return font;
  }

  /** 0 if the font has none. */
  private int glyph(int codePoint) {
    if (codePoint < glyphs.length) {
      return glyphs[codePoint];
    }
    for (CMapSegment segment : segments) {
      if (segment.getUnicodeStart() <= codePoint && codePoint <= segment.getUnicodeEnd()) {
        return segment.getGlyphStartIndex() + codePoint - segment.getUnicodeStart();
      }
    }
    return 0;
  }

  /** Glyphs by character, of the Basic Multilingual Plane as far as the font goes. */
  private static char[] glyphs(CMapSegment[] segments) {
    int end =
        Arrays.stream(segments)
            .mapToInt(CMapSegment::getUnicodeEnd)
            .filter(last -> last < 0xFFFF)
            .max()
            .orElse(0);
    char[] glyphs = new char[end + 1];
    for (CMapSegment segment : segments) {
      int last = Math.min(segment.getUnicodeEnd(), end);
      for (int character = segment.getUnicodeStart(); character <= last; character++) {
        if (glyphs[character] == 0) {
          glyphs[character] =
              (char) (segment.getGlyphStartIndex() + character - segment.getUnicodeStart());
        }
      }
    }
    return glyphs;
  }

  private final class DocumentFont extends MultiByteFont {

    DocumentFont(InternalResourceResolver resources) {
      super(resources, EmbeddingMode.SUBSET);
    }

    @Override
    public int findGlyphIndex(int codePoint) {
      return glyph(codePoint);
    }

    /** FOP reads it only, and would copy thousands of widths for each. */
    @Override
    public int[] getWidths() {
      return widths;
    }

    @Override
    public InputStream getInputStream() {
      return new ByteArrayInputStream(embedded);
    }
  }
}
