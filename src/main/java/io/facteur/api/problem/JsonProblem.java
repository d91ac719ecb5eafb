package io.facteur.api.problem;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import io.facteur.party.Refusal;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.http.ProblemDetail;

/** Says where JSON is wrong, and how, in words that do not need Java to be understood. */
final class JsonProblem {

  private JsonProblem() {}

  static ProblemDetail of(JsonProcessingException e) {
    if (e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
      Refusal.Problem problem = new Refusal.Problem(path(mapping), reason(mapping));
      ProblemDetail detail =
          ProblemType.INVALID.with(
              problem.field() + ": " + problem.message() + " (" + place(mapping) + ")");
      detail.setProperty("errors", List.of(problem));
      return detail;
    }
    if (e instanceof MismatchedInputException mismatch) {
      return ProblemType.MALFORMED.with(
          "The body must be a JSON object with the fields of this request (%s)."
              .formatted(place(mismatch)));
    }
    ProblemDetail detail =
        ProblemType.MALFORMED.with(
            "The body is not JSON (%s): %s".formatted(place(e), e.getOriginalMessage()));
    JsonLocation location = e.getLocation();
    if (location != null) {
      detail.setProperty("line", location.getLineNr());
      detail.setProperty("column", location.getColumnNr());
    }
    return detail;
  }

  private static String path(JsonMappingException e) {
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference step : e.getPath()) {
      if (step.getFieldName() == null) {
        path.append('[').append(step.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
      }
    }
    return path.toString();
  }

  private static String reason(JsonMappingException e) {
    if (e instanceof UnrecognizedPropertyException unknown) {
      List<String> known =
          unknown.getKnownPropertyIds().stream().map(String::valueOf).sorted().toList();
      return "is not known here; known are " + String.join(", ", known);
    }
    if (e instanceof ValueInstantiationException instantiation
        && instantiation.getCause() != null) {
      return instantiation.getCause().getMessage();
    }
    if (e instanceof InvalidFormatException format) {
      return "'" + format.getValue() + "' is not " + expected(format.getTargetType());
    }
    if (e instanceof MismatchedInputException mismatch) {
      return "must be " + expected(mismatch.getTargetType());
    }
    return e.getOriginalMessage();
  }

  /** What a value of that type looks like, for people; null for an unknown type. */
  static String expected(Class<?> type) {
    if (type == null) {
      return "another value";
    }
    if (type.isEnum()) {
      return "one of "
          + Arrays.stream(type.getEnumConstants())
              .map(String::valueOf)
              .collect(Collectors.joining(", "));
    }
    if (type == LocalDate.class) {
      return "a date such as 2026-01-31";
    }
    if (type == Instant.class) {
      return "an instant such as 2026-01-31T08:00:00Z";
    }
    if (type == Integer.class || type == int.class || type == Long.class || type == long.class) {
      return "a whole number";
    }
    if (type == BigDecimal.class) {
      return "a number";
    }
    if (type == Boolean.class || type == boolean.class) {
      return "true or false";
    }
    if (type == String.class) {
      return "a text";
    }
    return List.class.isAssignableFrom(type) ? "a list" : "an object";
  }

  private static String place(JsonProcessingException e) {
    JsonLocation location = e.getLocation();
    return location == null
        ? "place unknown"
        : "line " + location.getLineNr() + ", column " + location.getColumnNr();
  }
}
