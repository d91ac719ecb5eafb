package io.facteur.party;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.text.UnicodeSet;

/** Characters beyond ASCII that make an address look like another one. */
final class InternationalText {

  /** Blanks, control and format characters, among them those that turn the writing around. */
  private static final UnicodeSet HIDDEN =
      new UnicodeSet("[[[:C:][:Z:][:Default_Ignorable_Code_Point:]]-[\\u0020]]").freeze();

  /** IDNA judges them where a domain's script needs them. */
  private static final UnicodeSet JOINERS = new UnicodeSet("[\\u200C\\u200D]").freeze();

  /** Latin letters, digits and signs as an East Asian keyboard writes them. */
  private static final UnicodeSet WIDE = new UnicodeSet("[\\uFF01-\\uFF5E]").freeze();

  private InternationalText() {}

  static void check(String text) {
    int at = text.lastIndexOf('@');
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int character = text.codePointAt(i);
      boolean inDomain = at >= 0 && i > at;
      if (HIDDEN.contains(character) && !(inDomain && JOINERS.contains(character))) {
        throw new NotAMailbox(
            "contains a character that cannot be seen (%s): type it anew"
                .formatted(named(character, i)));
      }
      if (!inDomain && WIDE.contains(character)) {
        throw new NotAMailbox(
            "contains a full-width character (%s): type it in ASCII"
                .formatted(named(character, i)));
      }
    }
  }

  private static String named(int character, int index) {
    return "U+%04X %s, character %d"
        .formatted(character, UCharacter.getExtendedName(character), index + 1);
  }
}
