package io.facteur.rendering;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The street line of an address, taken apart for structured addresses: the number where it clearly
 * stands at the end. All else stays together in the street, which the Swiss Implementation
 * Guidelines QR-bill 2.3 (4.3.1) tolerate: better than a wrong number.
 *
 * @param street null if there is none
 * @param number null if none could be told
 */
record StreetAddress(String street, String number) {

  private static final Pattern NUMBER_AT_END =
      Pattern.compile(
          "(?<street>[^,]*\\p{L}[^,]*?),? +(?<number>\\d{1,5}(?:[-/+]\\d{1,5})?(?: ?\\p{L}| (?:bis|ter|quater))?)");
  private static final Pattern POST_BOX =
      Pattern.compile(
          "(?iu)(?:Postfach|Case postale|Casella postale|P\\.? ?O\\.? ?Box|Boîte postale|[CB]\\.?P\\.?|PF)\\b.*");

  static StreetAddress of(String line) {
    String text = line == null ? "" : line.strip();
    Matcher parts = NUMBER_AT_END.matcher(text);
    if (text.isEmpty() || POST_BOX.matcher(text).matches() || !parts.matches()) {
      return new StreetAddress(text.isEmpty() ? null : text, null);
    }
    return new StreetAddress(parts.group("street"), parts.group("number"));
  }
}
