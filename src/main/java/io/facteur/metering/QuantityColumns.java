package io.facteur.metering;

import io.facteur.party.Checks;
import io.facteur.party.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** How lines of a CSV file of quantities are read, as its header says. */
final class QuantityColumns {

  private static final List<String> REQUIRED =
      List.of("contract", "meter", "from", "to", "quantity");
  private static final String CORRECTION = "correction";
  private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
  private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,40}(\\.\\d{0,40})?");
  private static final Set<String> YES = Set.of("true", "yes", "1");
  private static final Set<String> NO = Set.of("false", "no", "0", "");

  /**
   * A line as it was read.
   *
   * @param quantity with nulls where something cannot be read; null if nothing can
   * @param problems what cannot be read
   */
  record Read(long line, NewQuantity quantity, List<Refusal.Problem> problems) {

    boolean isReadable() {
      return problems.isEmpty();
    }

    static Read broken(long line, String problem) {
      return new Read(line, null, List.of(new Refusal.Problem("line", problem)));
    }
  }

  private final CSVFormat format;
  private final char separator;
  private final Map<String, Integer> columns = new HashMap<>();

  /**
   * From the first line of a file.
   *
   * @throws Refusal if it names other columns than those of quantities
   */
  QuantityColumns(String header) {
    separator = count(header, ';') > count(header, ',') ? ';' : ',';
    format =
        CSVFormat.RFC4180.builder().setDelimiter(separator).setIgnoreSurroundingSpaces(true).get();
    Checks checks = new Checks();
    String[] names;
    try {
      names = cells(header);
    } catch (IOException | UncheckedIOException e) {
      throw Refusal.invalid("header", "has a broken quote: correct the first line");
    }
    for (int i = 0; i < names.length; i++) {
      String name = names[i].strip().toLowerCase(Locale.ROOT);
      checks.rule(
          REQUIRED.contains(name) || name.equals(CORRECTION),
          "header",
          "has an unknown column '%s': only %s and %s can be"
              .formatted(shortened(name), String.join(", ", REQUIRED), CORRECTION));
      checks.rule(columns.put(name, i) == null, "header", "has the column '" + name + "' twice");
    }
    for (String name : REQUIRED) {
      checks.rule(columns.containsKey(name), "header", "has no column '" + name + "'");
    }
    checks.refuse();
  }

  private static long count(String text, char wanted) {
    return text.chars().filter(next -> next == wanted).count();
  }

  private static String shortened(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "…";
  }

  /** Reads a line; what is wrong with it is named in the result. */
  Read read(CsvLines.Line line) {
    if (line.problem() != null) {
      return Read.broken(line.number(), line.problem());
    }
    String[] cells;
    try {
      cells = cells(line.text());
    } catch (IOException | UncheckedIOException e) {
      return Read.broken(
          line.number(),
          "has a broken quote: close it on the same line, and write a quote as \"\"");
    }
    if (cells.length != columns.size()) {
      return Read.broken(
          line.number(),
          "has %d columns instead of %d, as the header says"
              .formatted(cells.length, columns.size()));
    }
    Checks checks = new Checks();
    NewQuantity quantity =
        new NewQuantity(
            cells[columns.get("contract")],
            cells[columns.get("meter")],
            day(checks, "from", cells[columns.get("from")]),
            day(checks, "to", cells[columns.get("to")]),
            number(checks, cells[columns.get("quantity")]),
            columns.containsKey(CORRECTION) && correction(checks, cells[columns.get(CORRECTION)]));
    return new Read(line.number(), quantity, checks.problems());
  }

  private String[] cells(String text) throws IOException {
    try (CSVParser parser = CSVParser.parse(text, format)) {
      List<CSVRecord> records = parser.getRecords();
      return records.isEmpty() ? new String[0] : records.get(0).values();
    }
  }

  private static LocalDate day(Checks checks, String field, String text) {
    if (text.isEmpty()) {
      return null;
    }
    try {
      if (DAY.matcher(text).matches()) {
        return LocalDate.parse(text);
      }
    } catch (DateTimeParseException e) {
      // Named below.
    }
    checks.problem(field, "'" + shortened(text) + "' is not a day such as 2026-01-31");
    return null;
  }

  private BigDecimal number(Checks checks, String text) {
    if (text.isEmpty()) {
      return null;
    }
    String plain = separator == ';' ? text.replace(',', '.') : text;
    if (NUMBER.matcher(plain).matches()) {
      return new BigDecimal(plain);
    }
    checks.problem(
        "quantity",
        "'"
            + shortened(text)
            + "' is not a number such as 1234.5: write digits without separators of thousands");
    return null;
  }

  private static boolean correction(Checks checks, String text) {
    String word = text.toLowerCase(Locale.ROOT);
    checks.rule(
        YES.contains(word) || NO.contains(word),
        CORRECTION,
        "'" + shortened(text) + "' is not true or false");
    return YES.contains(word);
  }
}
