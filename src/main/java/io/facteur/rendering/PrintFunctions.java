package io.facteur.rendering;

import freemarker.core.Environment;
import freemarker.template.SimpleNumber;
import freemarker.template.SimpleScalar;
import freemarker.template.TemplateMethodModelEx;
import freemarker.template.TemplateModel;
import freemarker.template.TemplateModelException;
import freemarker.template.TemplateNumberModel;
import freemarker.template.TemplateScalarModel;
import freemarker.template.TemplateSequenceModel;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What templates can call beside FreeMarker's own built-ins. */
final class PrintFunctions {

  private static final double LINE_HEIGHT_MM_PER_POINT = 1.2 * 25.4 / 72;

  /** Larger ones are a mistake that would be tried in steps of half a point. */
  private static final double LARGEST_POINTS = 200;

  /** Zero-width space: a line may end here. */
  private static final char BREAK = '\u200b';

  private final Notation notation;
  private final FontSet fonts;

  PrintFunctions(Notation notation, FontSet fonts) {
    this.notation = notation;
    this.fonts = fonts;
  }

  /** The functions by name. */
  Map<String, TemplateMethodModelEx> all() {
    Map<String, TemplateMethodModelEx> all = new LinkedHashMap<>();
    put(all, "text", this::label);
    put(all, "date", a -> new SimpleScalar(notation.date(string(a, 0))));
    put(all, "amount", a -> new SimpleScalar(notation.amount(number(a, 0))));
    put(all, "money", a -> new SimpleScalar(notation.money(number(a, 0))));
    put(all, "price", a -> new SimpleScalar(notation.price(number(a, 0))));
    put(all, "quantity", a -> new SimpleScalar(notation.quantity(number(a, 0))));
    put(all, "percent", a -> new SimpleScalar(notation.percent(number(a, 0))));
    put(all, "exchangeRate", a -> new SimpleScalar(notation.exchangeRate(number(a, 0))));
    put(all, "unit", a -> new SimpleScalar(notation.unit(string(a, 0), number(a, 1))));
    put(all, "country", a -> new SimpleScalar(notation.country(string(a, 0))));
    put(all, "groups", PrintFunctions::groups);
    put(all, "wrap", this::wrap);
    put(all, "widest", this::widest);
    put(all, "fit", this::fit);
    put(all, "rows", this::rows);
    return all;
  }

  /** {@code text(key, arguments...)}: a label. */
  private TemplateModel label(List<?> arguments) throws TemplateModelException {
    Object[] values = new Object[Math.max(0, arguments.size() - 1)];
    for (int i = 0; i < values.length; i++) {
      values[i] = string(arguments, i + 1);
    }
    return new SimpleScalar(notation.text(string(arguments, 0), values));
  }

  /**
   * {@code groups(iban)}: blocks of four that do not break over lines; {@code groups(reference, 2,
   * 5)}: the first of two, the others of five.
   */
  private static TemplateModel groups(List<?> arguments) throws TemplateModelException {
    String text = string(arguments, 0).replaceAll("\\s", "");
    boolean sizes = arguments.size() > 1;
    int end = sizes ? positive(arguments, 1) : 4;
    int size = sizes ? positive(arguments, 2) : 4;
    StringBuilder groups = new StringBuilder(text);
    for (; end < groups.length(); end += size + 1) {
      groups.insert(end, '\u00a0');
    }
    return new SimpleScalar(groups.toString());
  }

  /**
   * {@code wrap(text, millimetres, points, weight, family?)}: the text with zero-width spaces in
   * words that are wider than the given width, so that they break instead of running over: after
   * punctuation where there is any, else anywhere.
   */
  private TemplateModel wrap(List<?> arguments) throws TemplateModelException {
    double width = number(arguments, 1).doubleValue();
    double points = number(arguments, 2).doubleValue();
    int weight = number(arguments, 3).intValue();
    String family = family(arguments);
    StringBuilder wrapped = new StringBuilder();
    for (String word : string(arguments, 0).split("(?<=[ \n])|(?=[ \n])", -1)) {
      if (width(word, points, weight, family) <= width) {
        wrapped.append(word);
      } else {
        for (String part : word.split("(?<=[-/_.,;:@)&+])", -1)) {
          wrapped
              .append(width(part, points, weight, family) <= width ? part : breakable(part))
              .append(BREAK);
        }
      }
    }
    return new SimpleScalar(wrapped.toString());
  }

  /** {@code widest(texts, points, weight)}: the width of the widest text in millimetres. */
  private TemplateModel widest(List<?> arguments) throws TemplateModelException {
    double widest = 0;
    for (String text : strings(arguments, 0)) {
      widest =
          Math.max(
              widest,
              width(text, number(arguments, 1).doubleValue(), number(arguments, 2).intValue()));
    }
    return new SimpleNumber(Math.ceil(widest * 10) / 10);
  }

  /**
   * {@code fit(lines, millimetres wide, millimetres high, largest, smallest)}: the largest font
   * size in points at which the lines, wrapped, fill no more than the given box; the smallest if
   * none does (FOP then reports the overflow).
   */
  private TemplateModel fit(List<?> arguments) throws TemplateModelException {
    double width = number(arguments, 1).doubleValue();
    double height = number(arguments, 2).doubleValue();
    double points = Math.min(LARGEST_POINTS, number(arguments, 3).doubleValue());
    double smallest = number(arguments, 4).doubleValue();
    List<String> lines = strings(arguments, 0);
    while (points > smallest
        && wrappedLines(lines, width, points, Templates.TEXT_FONT)
                * points
                * LINE_HEIGHT_MM_PER_POINT
            > height) {
      points -= 0.5;
    }
    return new SimpleNumber(points);
  }

  /**
   * {@code rows(lines, millimetres wide, points, weight, family)}: into how many the lines break.
   */
  private TemplateModel rows(List<?> arguments) throws TemplateModelException {
    return new SimpleNumber(
        wrappedLines(
            strings(arguments, 0),
            number(arguments, 1).doubleValue(),
            number(arguments, 2).doubleValue(),
            family(arguments)));
  }

  private int wrappedLines(List<String> lines, double width, double points, String family) {
    int count = 0;
    for (String line : lines) {
      count++;
      double filled = 0;
      for (String word : line.split(" ", -1)) {
        double wide = width(word, points, 400, family);
        if (filled > 0 && filled + width(" ", points, 400, family) + wide > width) {
          count++;
          filled = 0;
        }
        count += (int) (wide / width);
        filled += (filled > 0 ? width(" ", points, 400, family) : 0) + wide % width;
      }
    }
    return count;
  }

  private double width(String text, double points, int weight) throws TemplateModelException {
    return width(text, points, weight, font());
  }

  private double width(String text, double points, int weight, String family) {
    return fonts.width(text, family, weight, points);
  }

  /** The family that is measured, where another one than that of running text is asked for. */
  private static String family(List<?> arguments) throws TemplateModelException {
    return arguments.size() > 4 ? string(arguments, 4) : font();
  }

  /** The family that the document is set in, which its brand may have changed. */
  private static String font() throws TemplateModelException {
    return Environment.getCurrentEnvironment().getGlobalVariable("font")
            instanceof TemplateScalarModel family
        ? family.getAsString()
        : Templates.TEXT_FONT;
  }

  private static String breakable(String word) {
    StringBuilder parts = new StringBuilder();
    word.codePoints().forEach(character -> parts.appendCodePoint(character).append(BREAK));
    return parts.toString();
  }

  private interface Body {
    TemplateModel call(List<?> arguments) throws TemplateModelException;
  }

  private static void put(Map<String, TemplateMethodModelEx> all, String name, Body body) {
    all.put(
        name,
        arguments -> {
          try {
            return body.call(arguments);
          } catch (TemplateModelException | IllegalArgumentException | DateTimeException e) {
            throw new TemplateModelException("%s(): %s".formatted(name, e.getMessage()), e);
          }
        });
  }

  private static Object argument(List<?> arguments, int index) {
    return index < arguments.size() ? arguments.get(index) : null;
  }

  private static String string(List<?> arguments, int index) throws TemplateModelException {
    Object argument = argument(arguments, index);
    if (argument instanceof TemplateScalarModel text) {
      return text.getAsString();
    }
    if (argument instanceof TemplateNumberModel number) {
      return String.valueOf(number.getAsNumber());
    }
    throw new TemplateModelException("argument " + (index + 1) + " is missing or no text");
  }

  private static BigDecimal number(List<?> arguments, int index) throws TemplateModelException {
    if (argument(arguments, index) instanceof TemplateNumberModel number) {
      Number value = number.getAsNumber();
      return value instanceof BigDecimal exact ? exact : new BigDecimal(value.toString());
    }
    throw new TemplateModelException("argument " + (index + 1) + " is missing or no number");
  }

  private static int positive(List<?> arguments, int index) throws TemplateModelException {
    return Math.max(1, number(arguments, index).intValue());
  }

  private static List<String> strings(List<?> arguments, int index) throws TemplateModelException {
    if (!(argument(arguments, index) instanceof TemplateSequenceModel sequence)) {
      throw new TemplateModelException("argument " + (index + 1) + " is missing or no list");
    }
    List<String> strings = new ArrayList<>();
    for (int i = 0; i < sequence.size(); i++) {
      if (sequence.get(i) instanceof TemplateScalarModel text) {
        strings.add(text.getAsString());
      }
    }
    return strings;
  }
}
