package io.facteur.rendering;

import java.util.Map;
import java.util.TreeMap;

/**
 * The fixed texts of one language, from {@code templates/labels/<language>.properties}. A key may
 * have a special text for the seller's country: {@code key.CH} goes before {@code key}.
 */
final class Labels {

  /** How keys of texts begin that only a brand has. */
  static final String OWN = "own.";

  private final String language;
  private final Map<String, String> texts;

  Labels(String language, Map<String, String> texts) {
    this.language = language;
    this.texts = new TreeMap<>(texts);
  }

  String language() {
    return language;
  }

  Map<String, String> texts() {
    return texts;
  }

  /**
   * The text of that key, {@code {0}}, {@code {1}} ... replaced by the arguments.
   *
   * @throws IllegalArgumentException if the language has no such key
   */
  String text(String key, String country, Object... arguments) {
    String text = texts.getOrDefault(key + "." + country, texts.get(key));
    if (text == null) {
      throw new IllegalArgumentException(
          "labels/%s.properties has no text '%s'".formatted(language, key));
    }
    return filled(text, arguments);
  }

  /** {@code {0}}, {@code {1}} ... replaced by the arguments. */
  static String filled(String text, Object... arguments) {
    String filled = text;
    for (int i = 0; i < arguments.length; i++) {
      filled = filled.replace("{" + i + "}", String.valueOf(arguments[i]));
    }
    return filled;
  }

  /** Null if there is none. */
  String textOrNull(String key) {
    return texts.get(key);
  }
}
