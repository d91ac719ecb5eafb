package io.facteur.billing;

import io.facteur.contract.BillingPeriod;
import io.facteur.contract.Placeholders.Placeholder;
import java.math.BigDecimal;
import java.text.MessageFormat;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.ResourceBundle;

/**
 * What billing itself writes on documents, in the document's language and as it is written in the
 * seller's country; other languages than those of the files are written as English.
 */
final class BillingWords {

  private static final ResourceBundle.Control NO_FALLBACK_TO_THE_SERVERS_LANGUAGE =
      ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

  private final ResourceBundle words;
  private final DateTimeFormatter date;
  private final DateTimeFormatter month;

  private BillingWords(Locale locale) {
    words =
        ResourceBundle.getBundle(
            "io.facteur.billing.words", locale, NO_FALLBACK_TO_THE_SERVERS_LANGUAGE);
    date = DateTimeFormatter.ofPattern(words.getString("date"), locale);
    month = DateTimeFormatter.ofPattern(words.getString("month"), locale);
  }

  /**
   * The words of a language.
   *
   * @param language e.g. {@code fr} or {@code fr-CH}
   * @param country of the seller
   */
  static BillingWords of(String language, String country) {
    return new BillingWords(
        new Locale.Builder()
            .setLanguage(Locale.forLanguageTag(language).getLanguage())
            .setRegion(country)
            .build());
  }

  String minimum() {
    return words.getString("minimum");
  }

  String correction(String name) {
    return MessageFormat.format(words.getString("correction"), name);
  }

  /** What a placeholder stands for, on a line of these days. */
  String fill(
      Placeholder placeholder,
      BillingPeriod days,
      String meter,
      BigDecimal quantity,
      String contract) {
    return switch (placeholder) {
      case FROM -> date(days.from());
      case TO -> date(days.to());
      case PERIOD ->
          MessageFormat.format(words.getString("period"), date(days.from()), date(days.to()));
      case MONTH -> month.format(days.from());
      case YEAR -> String.valueOf(days.from().getYear());
      case METER -> meter == null ? "" : meter;
      case QUANTITY -> number(quantity);
      case CONTRACT -> contract;
    };
  }

  private String date(LocalDate day) {
    return date.format(day);
  }

  private String number(BigDecimal quantity) {
    BigDecimal stripped = quantity.stripTrailingZeros();
    return (stripped.scale() < 0 ? stripped.setScale(0) : stripped)
        .toPlainString()
        .replace(".", words.getString("decimal"));
  }
}
