package io.facteur.party;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.text.IDNA;
import com.ibm.icu.text.UnicodeSet;
import java.util.Set;

/**
 * Internationalised domains in ASCII, by UTS #46 without its transitional mappings: as registries
 * and browsers do, {@code faß.de} is not {@code fass.de}, which is somebody else. {@code
 * java.net.IDN} still does IDNA 2003. Symbols, which UTS #46 leaves to the registries, are refused
 * as IDNA 2008 does.
 */
final class InternationalDomain {

  private static final IDNA UTS46 =
      IDNA.getUTS46Instance(
          IDNA.USE_STD3_RULES
              | IDNA.CHECK_BIDI
              | IDNA.CHECK_CONTEXTJ
              | IDNA.CHECK_CONTEXTO
              | IDNA.NONTRANSITIONAL_TO_ASCII
              | IDNA.NONTRANSITIONAL_TO_UNICODE);

  /** PVALID, CONTEXTJ and CONTEXTO of RFC 5892 §2 and §3, as far as UTS #46 lets them through. */
  private static final UnicodeSet ALLOWED =
      new UnicodeSet(
              "[[[:Ll:][:Lo:][:Lm:][:Mn:][:Mc:][:Nd:]"
                  + "-[:Block=Combining_Diacritical_Marks_For_Symbols:]"
                  + "-[:Block=Musical_Symbols:]-[:Block=Ancient_Greek_Musical_Notation:]"
                  + "-[:Hangul_Syllable_Type=L:]-[:Hangul_Syllable_Type=V:]"
                  + "-[:Hangul_Syllable_Type=T:]"
                  + "-[\\u0640\\u07FA\\u302E\\u302F\\u3031-\\u3035\\u303B]]"
                  + "[\\u06FD\\u06FE\\u0F0B\\u3007]"
                  + "[\\u00B7\\u0375\\u05F3\\u05F4\\u30FB\\u200C\\u200D]"
                  + "[\\u0000-\\u007F]]")
          .freeze();

  private static final Set<IDNA.Error> LEFT_TO_THE_LABELS =
      Set.of(IDNA.Error.EMPTY_LABEL, IDNA.Error.LABEL_TOO_LONG, IDNA.Error.DOMAIN_NAME_TOO_LONG);

  private InternationalDomain() {}

  static String ascii(String domain) {
    IDNA.Info info = new IDNA.Info();
    String ascii = UTS46.nameToASCII(domain, new StringBuilder(), info).toString();
    for (IDNA.Error error : info.getErrors()) {
      if (!LEFT_TO_THE_LABELS.contains(error)) {
        throw new NotAMailbox(reason(error));
      }
    }
    String unicode = UTS46.nameToUnicode(ascii, new StringBuilder(), new IDNA.Info()).toString();
    int allowed = ALLOWED.span(unicode, UnicodeSet.SpanCondition.SIMPLE);
    if (allowed < unicode.length()) {
      int character = unicode.codePointAt(allowed);
      throw new NotAMailbox(
          "has U+%04X %s in its domain, which no registry may assign (IDNA 2008)"
              .formatted(character, UCharacter.getExtendedName(character)));
    }
    return ascii;
  }

  private static String reason(IDNA.Error error) {
    return switch (error) {
      case PUNYCODE, INVALID_ACE_LABEL ->
          "has a part of its domain that begins with xn-- and is no internationalised name";
      case LEADING_HYPHEN, TRAILING_HYPHEN, HYPHEN_3_4 ->
          "has a part of its domain with '-' where none may stand";
      case BIDI -> "has a domain that mixes directions of writing";
      default -> "has a character in its domain that no domain may have (IDNA 2008)";
    };
  }
}
