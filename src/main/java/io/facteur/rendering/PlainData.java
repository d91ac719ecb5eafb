package io.facteur.rendering;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.text.Normalizer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Records as maps, lists, numbers and texts: all that templates ever see. Nothing in it has a
 * method that a template could call.
 */
final class PlainData {

  private static final ClassValue<List<Method>> ACCESSORS =
      new ClassValue<>() {
        @Override
        protected List<Method> computeValue(Class<?> type) {
          return Arrays.stream(type.getRecordComponents())
              .map(RecordComponent::getAccessor)
              .toList();
        }
      };

  private PlainData() {}

  /** What is null stays away, so that templates test for it with {@code ??}. */
  static Map<String, Object> of(Record value) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (Method accessor : ACCESSORS.get(value.getClass())) {
      Object component = plain(read(accessor, value));
      if (component != null) {
        map.put(accessor.getName(), component);
      }
    }
    return map;
  }

  private static Object plain(Object value) {
    if (value instanceof Record inner) {
      return of(inner);
    }
    if (value instanceof List<?> list) {
      List<Object> plain = new ArrayList<>(list.size());
      list.forEach(item -> plain.add(plain(item)));
      return plain;
    }
    if (value instanceof String text) {
      return text(text);
    }
    if (value instanceof Enum<?> word) {
      return word.name();
    }
    if (value instanceof Currency currency) {
      return currency.getCurrencyCode();
    }
    if (value == null
        || value instanceof LocalDate
        || value instanceof Number
        || value instanceof Boolean) {
      return value instanceof LocalDate date ? date.toString() : value;
    }
    throw new IllegalArgumentException(
        "a " + value.getClass().getName() + " is not given to templates");
  }

  /**
   * A text that XML allows and fonts know: composed accents, ordinary no-break spaces and hyphens,
   * no control characters. A blank one is as none.
   */
  static String text(String given) {
    if (given == null) {
      return null;
    }
    StringBuilder text = new StringBuilder(given.length());
    Normalizer.normalize(given, Normalizer.Form.NFC)
        .codePoints()
        .map(PlainData::printable)
        .filter(character -> character >= 0)
        .forEach(text::appendCodePoint);
    return text.toString().isBlank() ? null : text.toString().strip();
  }

  private static int printable(int character) {
    return switch (character) {
      case '\t', '\n' -> character;
      case 0x202F, 0x2007 -> 0xA0;
      case 0x2010, 0x2011 -> '-';
      case 0x200B, 0xFEFF, 0xFFFE, 0xFFFF -> -1;
      default ->
          Character.isISOControl(character) || Character.getType(character) == Character.SURROGATE
              ? -1
              : character;
    };
  }

  private static Object read(Method accessor, Record value) {
    try {
      accessor.setAccessible(true);
      return accessor.invoke(value);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("cannot read " + accessor, e);
    }
  }
}
