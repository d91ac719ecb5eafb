package io.facteur.rendering;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Translates the official rules into business terms and our own words. */
final class RuleTerms {

  private static final Pattern TERM = Pattern.compile("\\((B[TG]-\\d+)\\)");
  private static final String STRUCTURE = "structure of the XML (templates/einvoice)";

  private final Properties table = new Properties();

  RuleTerms() {
    try (Reader reader =
        new InputStreamReader(
            RuleTerms.class.getResourceAsStream("rule-terms.properties"), StandardCharsets.UTF_8)) {
      table.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException("rule-terms.properties cannot be read", e);
    }
  }

  /** The business term that a rule is about; empty if none is known. */
  String term(String ruleId, String officialText) {
    String term = table.getProperty(ruleId);
    if (term != null) {
      return term;
    }
    Matcher first = TERM.matcher(officialText);
    return first.find() ? first.group(1) : "";
  }

  /** The rules that the table knows. */
  Set<String> rules() {
    return table.stringPropertyNames().stream()
        .filter(name -> !name.startsWith("BT-") && !name.startsWith("BG-"))
        .collect(Collectors.toUnmodifiableSet());
  }

  String field(String term) {
    return table.getProperty(term, STRUCTURE);
  }
}
