package io.facteur.party;

import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.iban4j.BicUtil;
import org.iban4j.Iban4jException;
import org.iban4j.IbanUtil;

/**
 * Collects everything that is wrong with a thing before it is saved, so that an answer names all of
 * it at once. An absent value passes every check but {@code required}.
 */
public final class Checks {

  private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());
  private static final Set<String> LANGUAGES = Set.of(Locale.getISOLanguages());
  private static final String REQUIRED = "is required";
  private static final Pattern LANGUAGE = Pattern.compile("([a-z]{2})(-([A-Z]{2}))?");
  private static final Pattern CODE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
  private static final Pattern VAT_ID = Pattern.compile("([A-Z]{2})[A-Za-z0-9+*. -]{2,28}");
  private static final Pattern SCHEME = Pattern.compile("[0-9]{4}|[A-Z]{2}");

  private final String path;
  private final List<Refusal.Problem> problems;

  public Checks() {
    this("", new ArrayList<>());
  }

  private Checks(String path, List<Refusal.Problem> problems) {
    this.path = path;
    this.problems = problems;
  }

  /** The same collection for the parts of {@code field}, e.g. {@code lines[2]}. */
  public Checks of(String field) {
    return new Checks(path + field + ".", problems);
  }

  public Checks problem(String field, String message) {
    problems.add(new Refusal.Problem(path + field, message));
    return this;
  }

  /** A problem if the rule does not hold. */
  public Checks rule(boolean holds, String field, String message) {
    return holds ? this : problem(field, message);
  }

  public Checks required(String field, Object value) {
    return rule(value != null && !value.toString().isBlank(), field, REQUIRED);
  }

  /** At most {@code max} characters on one line. */
  public Checks text(String field, String value, int max) {
    if (value == null) {
      return this;
    }
    boolean missing = problems.contains(new Refusal.Problem(path + field, REQUIRED));
    rule(missing || !value.isBlank(), field, "must not be blank: leave it out instead");
    rule(value.length() <= max, field, "has more than " + max + " characters");
    return rule(
        value.chars().noneMatch(Character::isISOControl), field, "contains a control character");
  }

  /** At most {@code max} characters; line breaks are allowed. */
  public Checks longText(String field, String value, int max) {
    return value == null ? this : text(field, value.replaceAll("\\R", " "), max);
  }

  /** A code that is safe in paths and file names. */
  public Checks code(String field, String value, int max) {
    if (value == null || value.isBlank()) {
      return this;
    }
    text(field, value, max);
    return rule(
        CODE.matcher(value).matches(),
        field,
        "must consist of letters, digits, '.', '_' and '-' and begin with a letter or digit");
  }

  public Checks country(String field, String value) {
    return rule(
        value == null || COUNTRIES.contains(value),
        field,
        "'" + value + "' is not a country code of ISO 3166-1 alpha-2, e.g. FR");
  }

  public Checks language(String field, String value) {
    return rule(
        value == null || isLanguage(value),
        field,
        "'" + value + "' is not a language such as fr or fr-CH");
  }

  public Checks currency(String field, String value) {
    return rule(
        value == null
            || Currency.getAvailableCurrencies().stream()
                .anyMatch(known -> known.getCurrencyCode().equals(value)),
        field,
        "'" + value + "' is not a currency code of ISO 4217, e.g. EUR");
  }

  public Checks timeZone(String field, String value) {
    return rule(
        value == null || ZoneId.getAvailableZoneIds().contains(value),
        field,
        "'" + value + "' is not a time zone such as Europe/Paris");
  }

  public Checks email(String field, String value) {
    if (value != null) {
      try {
        new EmailAddress(value);
      } catch (IllegalArgumentException e) {
        problem(field, e.getMessage());
      }
    }
    return this;
  }

  /** ISO 13616, with its checksum. */
  public Checks iban(String field, String value) {
    if (value != null && !value.isBlank()) {
      try {
        IbanUtil.validate(value);
      } catch (Iban4jException e) {
        problem(field, "is not a valid IBAN: " + e.getMessage());
      }
    }
    return this;
  }

  public Checks bic(String field, String value) {
    if (value != null) {
      try {
        BicUtil.validate(value);
      } catch (Iban4jException e) {
        problem(field, "is not a valid BIC: " + e.getMessage());
      }
    }
    return this;
  }

  /** EN 16931 BR-CO-09: begins with a country code, Greece with EL, Northern Ireland with XI. */
  public Checks vatId(String field, String value) {
    if (value == null) {
      return this;
    }
    var parts = VAT_ID.matcher(value);
    return rule(
        parts.matches()
            && (COUNTRIES.contains(parts.group(1)) || Set.of("EL", "XI").contains(parts.group(1))),
        field,
        "must begin with a country code, e.g. FR32123456789 (EN 16931 BR-CO-09)");
  }

  /** An identifier and its scheme (ISO 6523 ICD or EAS), which come together or not at all. */
  public Checks identifier(
      String idField, String id, int maxId, String schemeField, String scheme) {
    text(idField, id, maxId);
    return rule(
        scheme == null || SCHEME.matcher(scheme).matches(),
        schemeField,
        "'" + scheme + "' is not a scheme such as 0088, 9930 or EM");
  }

  /** An electronic address for e-invoices. */
  public Checks endpoint(String field, TradeParty.Endpoint endpoint) {
    if (endpoint != null) {
      of(field)
          .required("scheme", endpoint.scheme())
          .required("id", endpoint.id())
          .identifier("id", endpoint.id(), 100, "scheme", endpoint.scheme());
    }
    return this;
  }

  public Checks between(String field, Integer value, int min, int max) {
    return rule(
        value == null || (value >= min && value <= max),
        field,
        "must be between " + min + " and " + max);
  }

  /** At most {@code integers} digits before and {@code fraction} after the decimal point. */
  public Checks digits(String field, BigDecimal value, int integers, int fraction) {
    return rule(
        value == null
            || ((long) value.precision() - value.scale() <= integers
                && value.stripTrailingZeros().scale() <= fraction),
        field,
        "has more than " + integers + " digits before or " + fraction + " after the point");
  }

  /** A postal address, whose parts are the fields. */
  public Checks postal(PostalAddress address) {
    return text("street", address.street(), 200)
        .required("postcode", address.postcode())
        .text("postcode", address.postcode(), 20)
        .required("city", address.city())
        .text("city", address.city(), 100)
        .required("country", address.country())
        .country("country", address.country());
  }

  /** What has been found so far. */
  public List<Refusal.Problem> problems() {
    return List.copyOf(problems);
  }

  /** Refuses what has problems, as a whole. */
  public void refuse() {
    if (!problems.isEmpty()) {
      throw new Refusal(Refusal.Kind.INVALID, problems);
    }
  }

  private static boolean isLanguage(String value) {
    var parts = LANGUAGE.matcher(value);
    return parts.matches()
        && LANGUAGES.contains(parts.group(1))
        && (parts.group(3) == null || COUNTRIES.contains(parts.group(3)));
  }
}
