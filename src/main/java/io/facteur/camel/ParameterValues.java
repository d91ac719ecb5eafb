package io.facteur.camel;

import io.facteur.contract.DocumentFormats;
import io.facteur.contract.Domain;
import io.facteur.contract.Role;
import io.facteur.delivery.RetryTerms;
import io.facteur.rendering.Format;
import java.text.ParseException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import org.quartz.CronExpression;

/** Checks what instances give to the parameters whose meaning is known (ROUTE-3). */
final class ParameterValues {

  private ParameterValues() {}

  /**
   * Why the value is none for a parameter of that name; null if it is, or nothing is known of it.
   */
  static String fault(String parameter, String value) {
    if (parameter == null || value == null || value.contains("{{")) {
      return null;
    }
    try {
      switch (parameter) {
        case "cron" -> CronExpression.validateExpression(value.replace('+', ' '));
        case "timeZone" -> ZoneId.of(value);
        case "retryDelay" -> new RetryTerms(1, Duration.parse(value));
        case "attempts" -> new RetryTerms(Integer.parseInt(value), Duration.ofMinutes(1));
        case "domain" -> Domain.valueOf(value);
        case "role" -> Role.valueOf(value);
        case "format" -> checkFormat(value);
        default -> {
          return null;
        }
      }
      return null;
    } catch (ParseException | DateTimeException e) {
      return wrong(parameter, value, e.getMessage());
    } catch (NumberFormatException e) {
      return wrong(parameter, value, "a number is needed");
    } catch (IllegalArgumentException e) {
      return wrong(parameter, value, reason(parameter, e));
    }
  }

  private static void checkFormat(String value) {
    if (!value.isBlank() && !value.equals(DocumentFormats.BY_RECIPIENT)) {
      Format.named(value);
    }
  }

  private static String reason(String parameter, IllegalArgumentException e) {
    return switch (parameter) {
      case "domain" -> "one of " + Arrays.toString(Domain.values());
      case "role" -> "one of " + Arrays.toString(Role.values());
      default -> e.getMessage();
    };
  }

  private static String wrong(String parameter, String value, String reason) {
    return "%s cannot be '%s': %s".formatted(parameter, value, reason);
  }
}
