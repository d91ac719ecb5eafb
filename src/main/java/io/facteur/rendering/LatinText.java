package io.facteur.rendering;

import com.ibm.icu.text.Transliterator;

/**
 * Texts in the characters that payments are made in: Latin letters with their accents. Typographic
 * signs become plain ones, and what is written in another script is transliterated.
 */
final class LatinText {

  private LatinText() {}

  /** Compiled when the first name in another script comes along, which takes a second. */
  private static final class OtherScripts {
    private static final Transliterator TO_LATIN =
        Transliterator.getInstance("Any-Latin; [^\\u0020-\\u017F] Latin-ASCII");
  }

  /** Null if nothing is left, or there was nothing. */
  static String of(String text) {
    if (text == null) {
      return null;
    }
    StringBuilder plain = new StringBuilder(text.length());
    text.codePoints().forEach(character -> append(plain, character));
    String latin =
        plain.chars().allMatch(LatinText::isAllowed)
            ? plain.toString()
            : OtherScripts.TO_LATIN.transliterate(plain.toString());
    StringBuilder allowed = new StringBuilder(latin.length());
    latin.codePoints().filter(LatinText::isAllowed).forEach(allowed::appendCodePoint);
    String result = allowed.toString().replaceAll(" +", " ").strip();
    return result.isEmpty() ? null : result;
  }

  private static void append(StringBuilder plain, int character) {
    switch (character) {
      case '\u2018', '\u2019', '\u201A', '\u2032', '\u02BC' -> plain.append('\'');
      case '\u201C', '\u201D', '\u201E', '\u2033' -> plain.append('"');
      case '\u2010', '\u2011', '\u2012', '\u2013', '\u2014', '\u2212' -> plain.append('-');
      case '\u2026' -> plain.append("...");
      case '\u2022' -> plain.append('\u00B7');
      case '\u00AD' -> {}
      default -> {
        if (Character.isWhitespace(character) || Character.isSpaceChar(character)) {
          plain.append(' ');
        } else {
          plain.appendCodePoint(character);
        }
      }
    }
  }

  /**
   * Swiss Implementation Guidelines QR-bill 2.3, 4.1.1: Basic Latin, Latin-1 Supplement, Latin
   * Extended-A, Ș, Ț and €.
   */
  private static boolean isAllowed(int character) {
    return (character >= 0x20 && character <= 0x7E)
        || (character >= 0xA1 && character <= 0x17F)
        || (character >= 0x218 && character <= 0x21B)
        || character == 0x20AC;
  }
}
