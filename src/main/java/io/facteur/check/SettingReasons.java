package io.facteur.check;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.origin.Origin;
import org.springframework.core.convert.ConversionFailedException;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.util.ClassUtils;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;

/** Why settings cannot be used, in words of whoever writes them. */
final class SettingReasons {

  private static final Pattern NAMED = Pattern.compile("facteur\\.[\\w.-]*\\w");

  private SettingReasons() {}

  /** At least one finding. */
  static List<String> of(BindException e, ConfigurableEnvironment environment) {
    if (e.getCause() instanceof BindValidationException invalid) {
      return invalid.getValidationErrors().getAllErrors().stream()
          .map(error -> SettingPlace.of(Origin.from(error)) + invalid(invalid, error))
          .toList();
    }
    Throwable root = e;
    while (root.getCause() != null) {
      if (root instanceof ConversionFailedException failed) {
        String kind = kind(failed.getTargetType().getType());
        if (kind != null) {
          return List.of(named(e, environment) + "'" + failed.getValue() + "' " + kind);
        }
      }
      root = root.getCause();
    }
    String message = String.valueOf(root.getMessage());
    return List.of(
        e.getProperty() == null ? of(message, environment) : named(e, environment) + message);
  }

  /** What code says of several settings, or of one among them, whose name is in the message. */
  static String of(String message, ConfigurableEnvironment environment) {
    Matcher name = NAMED.matcher(message);
    String place = name.find() ? SettingPlace.of(environment, name.group()) : SettingPlace.of(null);
    return place + message;
  }

  private static String named(BindException e, ConfigurableEnvironment environment) {
    String place =
        e.getProperty() == null
            ? SettingPlace.of(environment, e.getName().toString())
            : SettingPlace.of(e.getProperty().getOrigin());
    return place + "setting '" + e.getName() + "': ";
  }

  /** What a value of that type is not; null for one that says so itself. */
  private static String kind(Class<?> primitive) {
    Class<?> type = ClassUtils.resolvePrimitiveIfNecessary(primitive);
    if (type.isEnum()) {
      return Arrays.stream(type.getEnumConstants())
          .map(one -> ((Enum<?>) one).name())
          .collect(Collectors.joining(", ", "is none of ", ""));
    }
    if (type == Integer.class || type == Long.class) {
      return "is no whole number, or too large a one";
    }
    if (type == BigDecimal.class) {
      return "is no number";
    }
    if (type == Boolean.class) {
      return "is neither true nor false";
    }
    if (type == Duration.class) {
      return "is no length of time: write it like 500ms, 30s, 5m, 2h or 7d";
    }
    return type == DataSize.class ? "is no size: write it like 512KB or 5MB" : null;
  }

  private static String invalid(BindValidationException invalid, ObjectError error) {
    String prefix = String.valueOf(invalid.getValidationErrors().getName());
    String field = error instanceof FieldError at ? "." + at.getField() : "";
    return "setting '" + prefix + field + "': " + error.getDefaultMessage();
  }
}
