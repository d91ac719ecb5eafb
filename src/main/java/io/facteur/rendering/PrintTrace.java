package io.facteur.rendering;

import freemarker.core.Environment;
import freemarker.core.TemplateGuard;
import java.io.Writer;
import java.util.Map;
import java.util.TreeMap;

/**
 * Notes which line of which template prints what: a failed document is printed once more into this,
 * so that a complaint about its XSL-FO can name the line that an engineer edits.
 */
final class PrintTrace extends Writer {

  private final LimitedWriter out;
  private final TreeMap<Integer, TemplateGuard.Place> places = new TreeMap<>();
  private int length;

  PrintTrace(LimitedWriter out) {
    this.out = out;
  }

  @Override
  public void write(char[] text, int from, int count) {
    TemplateGuard.Place place = TemplateGuard.place(Environment.getCurrentEnvironment());
    places.put(length, place);
    if (place.literal()) {
      int line = place.line();
      for (int i = 0; i < count; i++) {
        if (text[from + i] == '\n') {
          places.put(length + i + 1, new TemplateGuard.Place(place.template(), ++line, true));
        }
      }
    }
    out.write(text, from, count);
    length += count;
  }

  /**
   * The place in a template that printed what stands in front of a position.
   *
   * @param line from 1
   * @param column from 1
   * @return null if nothing is known of it
   */
  TemplateGuard.Place placeOf(int line, int column) {
    String text = out.toString();
    int start = 0;
    for (int i = 1; i < line; i++) {
      start = text.indexOf('\n', start) + 1;
      if (start == 0) {
        return null;
      }
    }
    Map.Entry<Integer, TemplateGuard.Place> entry =
        places.floorEntry(start + Math.max(0, column - 2));
    return entry == null ? null : entry.getValue();
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
