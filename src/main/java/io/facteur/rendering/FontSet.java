package io.facteur.rendering;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.fop.apps.io.InternalResourceResolver;
import org.apache.fop.fonts.CIDFontType;
import org.apache.fop.fonts.CMapSegment;
import org.apache.fop.fonts.EmbeddingMode;
import org.apache.fop.fonts.FontCollection;
import org.apache.fop.fonts.FontInfo;
import org.apache.fop.fonts.FontTriplet;
import org.apache.fop.fonts.MultiByteFont;
import org.apache.fop.fonts.truetype.FontFileReader;
import org.apache.fop.fonts.truetype.OFFontLoader;
import org.apache.fop.fonts.truetype.OpenFont;
import org.apache.fop.fonts.truetype.TTFFile;

/**
 * The fonts of the templates folder, parsed once. A font's file name says what it is: {@code
 * Family-Style.ttf} or {@code Family.ttf}, the style being a weight, {@code Italic}, or both.
 */
final class FontSet {

  private static final Pattern NAME = Pattern.compile("([A-Za-z0-9]+)(?:-([A-Za-z]+))?\\.ttf");
  private static final Map<String, Integer> WEIGHTS =
      Map.of(
          "light",
          300,
          "",
          400,
          "regular",
          400,
          "medium",
          500,
          "semibold",
          600,
          "bold",
          700,
          "extrabold",
          800);
  private static final double MM_PER_POINT = 25.4 / 72;

  private record Face(String family, String style, int weight, URI uri, OpenFont parsed) {}

  private final List<Face> faces = new ArrayList<>();

  /**
   * Adds a font.
   *
   * @throws IOException if the file is no TrueType font that may be embedded, or misnamed
   */
  void add(String fileName, URI uri, byte[] content) throws IOException {
    Matcher name = NAME.matcher(fileName);
    if (!name.matches()) {
      throw new IOException("a font's file is named Family-Style.ttf, e.g. OpenSans-Semibold.ttf");
    }
    String style = name.group(2) == null ? "" : name.group(2).toLowerCase(java.util.Locale.ROOT);
    boolean italic = style.endsWith("italic");
    Integer weight = WEIGHTS.get(italic ? style.substring(0, style.length() - 6) : style);
    if (weight == null) {
      throw new IOException(
          "'%s' is no style of a font; there are %s"
              .formatted(name.group(2), String.join(", ", WEIGHTS.keySet())));
    }
    faces.add(
        new Face(
            name.group(1), italic ? "italic" : "normal", weight, uri, parse(fileName, content)));
  }

  boolean has(String family) {
    return faces.stream().anyMatch(face -> face.family().equals(family));
  }

  /**
   * Fresh fonts for one document: the glyphs that a document uses are counted in them, all else is
   * shared.
   */
  FontCollection forOneDocument(InternalResourceResolver resources) {
    return (first, fontInfo) -> {
      int number = first;
      for (Face face : faces) {
        fontInfo.addMetrics("F" + number++, typeface(face, resources));
      }
      for (Face face : faces) {
        register(face.family(), face.style(), fontInfo, first);
      }
      // FOP wants an ultimate fallback; using it raises an event, which fails the document.
      fontInfo.addFontProperties(
          "F" + first,
          new FontTriplet(org.apache.fop.fonts.Font.DEFAULT_FONT.getName(), "normal", 400));
      return number;
    };
  }

  /** Width of a text in millimetres; a character that the font lacks counts as 0.6 em. */
  double width(String text, String family, int weight, double points) {
    OpenFont font = nearest(family, "normal", weight).parsed();
    int[] widths = font.getWidths();
    long sum = 0;
    for (int i = 0; i < text.length(); i++) {
      int glyph = glyph(font, text.charAt(i));
      sum += glyph == 0 ? 600 : widths[glyph];
    }
    return sum / 1000.0 * points * MM_PER_POINT;
  }

  /** Every weight of a family is there: the nearest one stands in for those that have no file. */
  private void register(String family, String style, FontInfo fontInfo, int first) {
    for (int weight = 100; weight <= 900; weight += 100) {
      int index = faces.indexOf(nearest(family, style, weight));
      fontInfo.addFontProperties("F" + (first + index), new FontTriplet(family, style, weight));
    }
  }

  private Face nearest(String family, String style, int weight) {
    return faces.stream()
        .filter(face -> face.family().equals(family) && face.style().equals(style))
        .min(Comparator.comparingInt(face -> Math.abs(face.weight() - weight)))
        .orElseThrow(() -> new IllegalArgumentException("there is no font '" + family + "'"));
  }

  private static int glyph(OpenFont font, char character) {
    for (CMapSegment segment : font.getCMaps()) {
      if (segment.getUnicodeStart() <= character && character <= segment.getUnicodeEnd()) {
        return segment.getGlyphStartIndex() + character - segment.getUnicodeStart();
      }
    }
    return 0;
  }

  private static OpenFont parse(String fileName, byte[] content) throws IOException {
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
    return font;
  }

  private static MultiByteFont typeface(Face face, InternalResourceResolver resources) {
    OpenFont parsed = face.parsed();
    MultiByteFont font = new MultiByteFont(resources, EmbeddingMode.SUBSET);
    font.setFontURI(face.uri());
    font.setEmbedURI(face.uri());
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
    font.setWidthArray(parsed.getWidths());
    font.setBBoxArray(parsed.getBoundingBoxes());
    font.setCMap(parsed.getCMaps().toArray(CMapSegment[]::new));
    return font;
  }
}
