package io.facteur.contract;

import io.facteur.party.Checks;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What stands in braces in a contract line's name and description, and is filled in when a period
 * is billed: {@code Electricity {meter}, {from} to {to}: {quantity} kWh}.
 */
public final class Placeholders {

  /** A placeholder's name in braces. */
  public enum Placeholder {
    /** First day that the line is for. */
    FROM,
    /** Last day that the line is for. */
    TO,
    /** Both of them. */
    PERIOD,
    /** Month and year of the first day, in words. */
    MONTH,
    /** Year of the first day. */
    YEAR,
    /** Name of the meter. */
    METER,
    /** The line's quantity. */
    QUANTITY,
    /** Number of the contract. */
    CONTRACT;

    private String written() {
      return "{" + name().toLowerCase(Locale.ROOT) + "}";
    }
  }

  private static final Pattern BRACES = Pattern.compile("\\{[^{}]*}");

  private static final Map<String, Placeholder> KNOWN =
      Stream.of(Placeholder.values())
          .collect(Collectors.toMap(Placeholder::written, placeholder -> placeholder));

  /** What a placeholder stands for. */
  @FunctionalInterface
  public interface Values {
    String of(Placeholder placeholder);
  }

  private Placeholders() {}

  static void check(Checks checks, String field, String text) {
    if (text != null) {
      BRACES
          .matcher(text)
          .results()
          .map(MatchResult::group)
          .filter(found -> !KNOWN.containsKey(found))
          .forEach(
              unknown ->
                  checks.problem(
                      field,
                      unknown + " is no placeholder; known are " + new TreeSet<>(KNOWN.keySet())));
    }
  }

  /** The text with all placeholders filled in; null of null. */
  public static String fill(String text, Values values) {
    return text == null || text.indexOf('{') < 0
        ? text
        : BRACES
            .matcher(text)
            .replaceAll(
                found -> {
                  Placeholder known = KNOWN.get(found.group());
                  return Matcher.quoteReplacement(known == null ? found.group() : values.of(known));
                });
  }
}
