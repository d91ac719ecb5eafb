package io.facteur.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Splits commands as a shell does: quotes, variables, and lines that end in a backslash. */
final class ShellWords {

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{?([A-Za-z_][A-Za-z0-9_]*)\\}?");

  private ShellWords() {}

  /** Commands of a block; one that has an open quote or a backslash goes on in the next line. */
  static List<String> commands(String block) {
    List<String> commands = new ArrayList<>();
    StringBuilder command = new StringBuilder();
    for (String line : block.split("\n", -1)) {
      command.append(command.isEmpty() ? "" : "\n").append(line);
      String text = command.toString();
      if (text.endsWith("\\")) {
        command.setLength(command.length() - 1);
      } else if (text.chars().filter(c -> c == '\'').count() % 2 == 0) {
        if (!text.isBlank()) {
          commands.add(text);
        }
        command.setLength(0);
      }
    }
    return commands;
  }

  static List<String> split(String command, Map<String, String> variables) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean inWord = false;
    char quote = 0;
    for (int i = 0; i < command.length(); i++) {
      char c = command.charAt(i);
      if (quote != 0 && c == quote) {
        quote = 0;
      } else if (quote == 0 && (c == '\'' || c == '"')) {
        quote = c;
        inWord = true;
      } else if (quote == 0 && Character.isWhitespace(c)) {
        if (inWord) {
          words.add(word.toString());
          word.setLength(0);
          inWord = false;
        }
      } else {
        word.append(quote == '\'' && c == '$' ? '\u0000' : c);
        inWord = true;
      }
    }
    if (inWord) {
      words.add(word.toString());
    }
    return words.stream().map(one -> expand(one, variables).replace('\u0000', '$')).toList();
  }

  private static String expand(String word, Map<String, String> variables) {
    return VARIABLE
        .matcher(word)
        .replaceAll(
            found -> {
              String value = variables.get(found.group(1));
              if (value == null) {
                throw new IllegalArgumentException("nothing is known of $" + found.group(1));
              }
              return Matcher.quoteReplacement(value);
            });
  }
}
