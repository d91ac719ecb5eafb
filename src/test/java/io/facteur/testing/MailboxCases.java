package io.facteur.testing;

import io.facteur.testing.CaseTables.Row;
import io.facteur.testing.CaseTables.Table;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** {@code docs/mailbox-cases.md}, with what its characters in brackets stand for. */
public final class MailboxCases {

  public static final Path FILE = Path.of("docs/mailbox-cases.md");

  private static final Pattern SIGN = Pattern.compile("⟨(?:U\\+([0-9A-F]{4,6})|(\\d+)×([^⟩]+))⟩");

  private MailboxCases() {}

  public static List<Row> rows(String table) {
    return CaseTables.read(FILE).stream()
        .filter(one -> one.name().equals(table))
        .map(Table::rows)
        .findFirst()
        .orElseThrow();
  }

  /** The one text of a cell. */
  public static String text(Row row, String column) {
    return texts(row, column).get(0);
  }

  /** The texts of a cell, each between backticks. */
  public static List<String> texts(Row row, String column) {
    return Stream.of(row.get(column).split("<br>", -1))
        .map(text -> meant(text.substring(1, text.length() - 1)))
        .toList();
  }

  private static String meant(String text) {
    return SIGN.matcher(text)
        .replaceAll(
            sign ->
                Matcher.quoteReplacement(
                    sign.group(1) == null
                        ? sign.group(3).repeat(Integer.parseInt(sign.group(2)))
                        : Character.toString(Integer.parseInt(sign.group(1), 16))));
  }
}
