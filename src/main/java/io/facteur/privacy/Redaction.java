package io.facteur.privacy;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.facteur.party.EmailAddress;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Takes what tells of a contact out of texts and JSON: addresses become pseudonyms, whatever else
 * is known of it becomes {@code erased}. Pure, but for the pseudonyms that it gives.
 */
final class Redaction {

  static final String ERASED = "erased";

  /** For what reads as an address but is none that anything was sent to. */
  static final String SOME_ADDRESS = ERASED + "@" + EmailAddress.ERASED_DOMAIN;

  private static final Pattern ADDRESS =
      Pattern.compile(
          "[\\p{L}\\p{N}.!#$%&'*+/=?^_`{|}~-]+@[\\p{L}\\p{N}-]+(?:\\.[\\p{L}\\p{N}-]+)+");
  private static final Pattern NOTHING = Pattern.compile("(?!)");

  /** In a contact's own data these say nothing of a person, whatever stands in them. */
  private static final Set<String> HARMLESS =
      Set.of(
          "kind",
          "place",
          "uses",
          "language",
          "scheme",
          "role",
          "channel",
          "domain",
          "type",
          "state",
          "field");

  /** In a contact's own data these are words of Facteur, or of whoever erased it. */
  private static final Set<String> WORDS =
      Set.of("code", "rule", "source", "whyNot", "remark", "reason");

  /** Says what was handed over, when and where, not to whom. */
  private static final Set<String> PROOFS =
      Set.of("messageId", "sha256", "file", "host", "httpStatus", "settledBy");

  private final Pseudonyms pseudonyms;
  private final Map<String, String> texts = new HashMap<>();
  private final Set<String> spared = new HashSet<>();
  private Patterns patterns = new Patterns(-1, NOTHING, NOTHING, NOTHING);

  Redaction(Pseudonyms pseudonyms) {
    this.pseudonyms = pseudonyms;
  }

  private record Patterns(int pseudonyms, Pattern addresses, Pattern texts, Pattern localParts) {}

  static boolean isAddress(String text) {
    return ADDRESS.matcher(text).matches();
  }

  /**
   * Texts that tell of the contact, wherever they stand as whole words, in any capitals. Fewer than
   * three characters tell of nobody.
   */
  void erase(Collection<String> more) {
    more.stream().filter(text -> text.strip().length() >= 3).forEach(text -> replace(text, ERASED));
  }

  /** As {@link #erase}, by something else. */
  void replace(String text, String replacement) {
    texts.put(key(text.strip()), replacement);
    patterns = new Patterns(-1, NOTHING, NOTHING, NOTHING);
  }

  /** An address that is not the contact's, wherever it stands. */
  void spare(String address) {
    spared.add(key(address));
  }

  /** A text about the contact. Null stays null, here and below. */
  String text(String text) {
    return text == null ? null : withoutTexts(withoutAddresses(text, this::someAddress));
  }

  /** JSON of what the contact takes part in: each address in it gets its pseudonym. */
  JsonNode json(JsonNode json) {
    return mapped(
        json,
        (field, text) ->
            "buyerReference".equals(field)
                ? ERASED
                : withoutTexts(withoutAddresses(text, this::pseudonym)));
  }

  /**
   * Evidence of a delivery to the contact. What other servers and people wrote there may name the
   * mailbox without its domain, or as the server has rewritten it.
   */
  JsonNode evidence(JsonNode evidence) {
    return mapped(
        evidence,
        (field, text) ->
            PROOFS.contains(String.valueOf(field))
                ? text
                : withoutTexts(withoutLocalParts(withoutAddresses(text, this::someAddress))));
  }

  /** JSON of the contact's own data: of its texts only what says nothing of a person stays. */
  JsonNode ownData(JsonNode json) {
    return mapped(json, this::ownData);
  }

  /**
   * For somebody else's texts: nothing is replaced there but these addresses.
   *
   * @param addresses that pseudonyms are known for
   */
  Change foreign(Collection<String> addresses) {
    Pattern pattern = addresses(addresses.stream());
    return (field, text) -> replaced(pattern, text, this::pseudonym);
  }

  private String ownData(String field, String text) {
    if (field != null && HARMLESS.contains(field)) {
      return text;
    }
    if (field != null && WORDS.contains(field)) {
      return withoutTexts(withoutAddresses(text, this::pseudonym));
    }
    boolean address = pseudonyms.knows(text) || isAddress(text);
    return address ? pseudonym(text) : ERASED;
  }

  private String withoutAddresses(String text, UnaryOperator<String> unknown) {
    String known = replaced(patterns().addresses(), text, this::pseudonym);
    return replaced(ADDRESS, known, unknown);
  }

  private String withoutTexts(String text) {
    return replaced(patterns().texts(), text, found -> texts.get(key(found)));
  }

  private String withoutLocalParts(String text) {
    return replaced(patterns().localParts(), text, found -> ERASED);
  }

  private String pseudonym(String address) {
    return spared.contains(key(address)) ? address : pseudonyms.of(address);
  }

  private String someAddress(String address) {
    return spared.contains(key(address)) || Pseudonyms.isPseudonym(address)
        ? address
        : SOME_ADDRESS;
  }

  private static String replaced(Pattern pattern, String text, UnaryOperator<String> by) {
    return pattern
        .matcher(text)
        .replaceAll(match -> Matcher.quoteReplacement(by.apply(match.group())));
  }

  /** Made again when more addresses are known. */
  private Patterns patterns() {
    if (patterns.pseudonyms() != pseudonyms.size()) {
      patterns =
          new Patterns(
              pseudonyms.size(),
              addresses(pseudonyms.addresses().stream()),
              words(texts.keySet().stream()),
              words(
                  pseudonyms.addresses().stream()
                      .map(address -> address.substring(0, address.lastIndexOf('@')))
                      .filter(local -> local.length() >= 3)));
    }
    return patterns;
  }

  private static Pattern addresses(Stream<String> addresses) {
    return anyOf(addresses, "(?<![\\p{L}\\p{N}._%+-])", "(?![\\p{L}\\p{N}-]|\\.[\\p{L}\\p{N}])");
  }

  private static Pattern words(Stream<String> words) {
    return anyOf(words, "(?<![\\p{L}\\p{N}])", "(?![\\p{L}\\p{N}])");
  }

  private static Pattern anyOf(Stream<String> texts, String before, String after) {
    String any =
        texts
            .distinct()
            .sorted(Comparator.comparing(String::length).reversed())
            .map(Pattern::quote)
            .collect(joining("|"));
    return any.isEmpty()
        ? NOTHING
        : Pattern.compile(
            before + "(?:" + any + ")" + after, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  }

  private static String key(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  /** What becomes of a text in a field; null where it stands in none. */
  interface Change {
    String of(String field, String text);
  }

  /** JSON with each of its texts changed. */
  static JsonNode mapped(JsonNode json, Change change) {
    return mapped(json, null, change);
  }

  private static JsonNode mapped(JsonNode json, String field, Change change) {
    if (json instanceof ObjectNode object) {
      ObjectNode changed = object.objectNode();
      for (Map.Entry<String, JsonNode> one : object.properties()) {
        changed.set(one.getKey(), mapped(one.getValue(), one.getKey(), change));
      }
      return changed;
    }
    if (json instanceof ArrayNode array) {
      ArrayNode changed = array.arrayNode();
      array.forEach(one -> changed.add(mapped(one, field, change)));
      return changed;
    }
    return json != null && json.isTextual()
        ? TextNode.valueOf(change.of(field, json.textValue()))
        : json;
  }
}
