package io.facteur.rendering;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.fop.apps.io.InternalResourceResolver;
import org.apache.fop.fonts.FontCollection;
import org.apache.fop.fonts.FontTriplet;

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

  private record Face(String family, String style, int weight, PreparedFont font) {}

  private record Wanted(String family, String style, int weight) {}

  private record Named(int face, FontTriplet name) {}

  private final List<Face> faces = new ArrayList<>();
  private final Map<Wanted, PreparedFont> nearest = new HashMap<>();
  private final List<Named> names = new ArrayList<>();

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
            name.group(1),
            italic ? "italic" : "normal",
            weight,
            PreparedFont.read(fileName, uri, content)));
    nameAnew();
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
        fontInfo.addMetrics("F" + number++, face.font().forOneDocument(resources));
      }
      for (Named named : names) {
        fontInfo.addFontProperties("F" + (first + named.face()), named.name());
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
    PreparedFont font = nearest.get(new Wanted(family, "normal", weight));
    if (font == null) {
      throw new IllegalArgumentException(
          "there is no font '%s' of weight %d".formatted(family, weight));
    }
    return font.width(text) / 1000.0 * points * MM_PER_POINT;
  }

  /** Every weight of a family is there: the nearest one stands in for those that have no file. */
  private void nameAnew() {
    nearest.clear();
    names.clear();
    for (Face one : faces) {
      for (int weight = 100; weight <= 900; weight += 100) {
        Face face = nearest(one.family(), one.style(), weight);
        Wanted wanted = new Wanted(one.family(), one.style(), weight);
        if (nearest.put(wanted, face.font()) == null) {
          names.add(
              new Named(faces.indexOf(face), new FontTriplet(one.family(), one.style(), weight)));
        }
      }
    }
  }

  private Face nearest(String family, String style, int weight) {
    return faces.stream()
        .filter(face -> face.family().equals(family) && face.style().equals(style))
        .min(Comparator.comparingInt(face -> Math.abs(face.weight() - weight)))
        .orElseThrow();
  }
}
