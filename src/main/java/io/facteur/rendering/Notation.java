package io.facteur.rendering;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Currency;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * How numbers, dates and amounts are written: by the language, and by the habits of the seller's
 * country (Switzerland writes 1'234.50 in all its languages). All of it stands in the label files,
 * so that it changes neither with the Java version nor with a server's settings.
 */
final class Notation {

  private final Labels labels;
  private final String country;
  private final Currency currency;
  private final DateTimeFormatter dates;
  private final DecimalFormatSymbols symbols;
  private final Map<String, String> ownWords = new HashMap<>();

  Notation(Labels labels, String country, Currency currency) {
    this.labels = labels;
    this.country = country;
    this.currency = currency;
    this.dates =
        DateTimeFormatter.ofPattern(
            labels.text("format.date", country), Locale.forLanguageTag(labels.language()));
    this.symbols = DecimalFormatSymbols.getInstance(Locale.ROOT);
    symbols.setDecimalSeparator(labels.text("format.decimal", country).charAt(0));
    symbols.setGroupingSeparator(labels.text("format.group", country).charAt(0));
  }

  /** The brand's own words, if it has any for that key, else the label. */
  String text(String key, Object... arguments) {
    String own = ownWords.get(key);
    return own == null ? labels.text(key, country, arguments) : Labels.filled(own, arguments);
  }

  /**
   * Takes a brand's own words for a label, or for a text of its own.
   *
   * @param byLanguage one without words for the document's language leaves that label as it is
   * @throws IllegalArgumentException if there is no such label
   */
  void say(String key, Map<String, String> byLanguage) {
    if (!key.startsWith(Labels.OWN) && labels.textOrNull(key) == null) {
      throw new IllegalArgumentException(
          "labels/%s.properties has no text '%s'; keys of a brand's own texts begin with '%s'"
              .formatted(labels.language(), key, Labels.OWN));
    }
    String words = byLanguage.get(labels.language());
    if (words != null) {
      ownWords.put(key, words);
    }
  }

  String date(String iso) {
    return LocalDate.parse(iso).format(dates);
  }

  /** With the currency's decimals and without the currency. */
  String amount(BigDecimal value) {
    return number(value, currency.getDefaultFractionDigits(), currency.getDefaultFractionDigits());
  }

  /** With the currency, as symbol or code. */
  String money(BigDecimal value) {
    return text("format.money", amount(value), sign());
  }

  /** At least the currency's decimals, at most six. */
  String price(BigDecimal value) {
    return number(value, currency.getDefaultFractionDigits(), 6);
  }

  String quantity(BigDecimal value) {
    return number(value, 0, 6);
  }

  String exchangeRate(BigDecimal value) {
    return number(value, 0, 8);
  }

  String percent(BigDecimal value) {
    return number(value, 0, 2) + "\u00a0%";
  }

  /** In words; a code that has none is written as it is. */
  String unit(String code, BigDecimal quantity) {
    String words = labels.textOrNull("unit." + code);
    if (words == null) {
      return code;
    }
    String[] forms = words.split("\\|", -1);
    return forms.length > 1 && isPlural(quantity) ? forms[1] : forms[0];
  }

  String country(String code) {
    return new Locale.Builder()
        .setRegion(code)
        .build()
        .getDisplayCountry(Locale.forLanguageTag(labels.language()));
  }

  private boolean isPlural(BigDecimal quantity) {
    BigDecimal size = quantity.abs();
    return labels.language().equals("fr")
        ? size.compareTo(BigDecimal.valueOf(2)) >= 0
        : size.compareTo(BigDecimal.ONE) != 0;
  }

  private String sign() {
    String sign = labels.textOrNull("currency." + currency.getCurrencyCode());
    return sign == null || country.equals("CH") ? currency.getCurrencyCode() : sign;
  }

  private String number(BigDecimal value, int leastDecimals, int mostDecimals) {
    DecimalFormat format = new DecimalFormat("#,##0", symbols);
    format.setMinimumFractionDigits(leastDecimals);
    format.setMaximumFractionDigits(mostDecimals);
    format.setRoundingMode(RoundingMode.HALF_UP);
    // A hyphen would let the line break between sign and number.
    return format.format(value).replace('-', '\u2212');
  }
}
