package io.facteur.rendering;

import java.lang.Character.UnicodeScript;
import java.util.EnumSet;
import java.util.Set;

/**
 * Which scripts can be printed: those whose letters stand side by side, from left to right. Of
 * others the fonts may have the letters, and the document would still be wrong: better none.
 */
final class Scripts {

  /** Letters before this one need neither shaping nor another direction. */
  private static final char FIRST_OF_OTHERS = '\u0590';

  private static final Set<UnicodeScript> SHAPED =
      EnumSet.of(
          UnicodeScript.DEVANAGARI,
          UnicodeScript.BENGALI,
          UnicodeScript.GURMUKHI,
          UnicodeScript.GUJARATI,
          UnicodeScript.ORIYA,
          UnicodeScript.TAMIL,
          UnicodeScript.TELUGU,
          UnicodeScript.KANNADA,
          UnicodeScript.MALAYALAM,
          UnicodeScript.SINHALA,
          UnicodeScript.TIBETAN,
          UnicodeScript.MYANMAR,
          UnicodeScript.KHMER,
          UnicodeScript.MONGOLIAN);

  private Scripts() {}

  /**
   * The same text.
   *
   * @throws TemplateFailedException naming the first letter that cannot be printed
   */
  static String printable(String template, String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= FIRST_OF_OTHERS) {
        int letter = text.codePointAt(i);
        if (isRightToLeft(letter) || SHAPED.contains(UnicodeScript.of(letter))) {
          throw new TemplateFailedException(
              template,
              "'%s' (U+%04X %s) cannot be printed: scripts that are joined or run from right to left are not laid out"
                  .formatted(Character.toString(letter), letter, Character.getName(letter)));
        }
      }
    }
    return text;
  }

  private static boolean isRightToLeft(int letter) {
    byte direction = Character.getDirectionality(letter);
    return direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT
        || direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC;
  }
}
