package io.facteur.api;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Versions of things as ETags (RFC 9110 §8.8.3), so that nobody overwrites another's change. */
final class Versions {

  private static final Pattern ETAG = Pattern.compile("\"(\\d{1,9})\"");
  private static final int NONE = -1;

  private static final Pattern OPAQUE = Pattern.compile("\"([^\"]+)\"");

  private Versions() {}

  static String etag(int version) {
    return "\"" + version + "\"";
  }

  /**
   * What a change was made on, where a version is no number.
   *
   * @return null if the header was not sent or is {@code *}; an impossible tag if it is no ETag
   */
  static String expectedTag(String ifMatch) {
    if (ifMatch == null || ifMatch.strip().equals("*")) {
      return null;
    }
    Matcher etag = OPAQUE.matcher(ifMatch.strip());
    return etag.matches() ? etag.group(1) : "";
  }

  /**
   * The version that a change was made on.
   *
   * @param ifMatch the header; null if it was not sent
   * @param inBody version in the body; null if it was not sent
   * @param current taken where neither says anything, or {@code *}
   */
  static int expected(String ifMatch, Integer inBody, int current) {
    if (ifMatch == null) {
      return inBody == null ? current : inBody;
    }
    if (ifMatch.strip().equals("*")) {
      return current;
    }
    Matcher etag = ETAG.matcher(ifMatch.strip());
    return etag.matches() ? Integer.parseInt(etag.group(1)) : NONE;
  }
}
