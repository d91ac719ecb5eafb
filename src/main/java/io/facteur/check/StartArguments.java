package io.facteur.check;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/**
 * What may stand behind {@code bin/facteur}. Anything else is most often a slip of the pen, and
 * must not start a server that sends mails.
 */
public final class StartArguments {

  private static final List<String> HELP = List.of("--help", "-h");
  private static final List<String> WORDS = List.of("--check", "--debug", "--trace");
  private static final List<String> SETTINGS =
      List.of(
          "--facteur.",
          "--spring.",
          "--server.",
          "--management.",
          "--logging.",
          "--springdoc.",
          "--camel.");
  private static final String PREVIEW = "--preview=";
  private static final String PREVIEW_OF = "--preview-of=";

  private static final String USAGE =
      """
      usage: facteur [argument ...]

        (none)                    starts Facteur with the folders config, routes and templates
        --check                   looks for mistakes in these folders, and starts nothing
        --preview=FILE            prints a made-up document as FILE, .pdf or .xml, and starts nothing
        --preview-of=TYPE,LANGUAGE,COUNTRY,SIZE
                                  which one, e.g. INVOICE,de,CH,LONG
        --NAME=VALUE              a setting, for this start or check, e.g. --server.port=9090;
                                  NAME begins with facteur, spring, server, management, logging,
                                  springdoc or camel; what only routes read of yours stands in
                                  config/application.yaml
        --debug, --trace          more of what Spring Boot logs
        --help                    this text

      docs/operations.md tells how Facteur is run.
      """;

  private StartArguments() {}

  /**
   * Answers what is no start: help, or arguments that are unknown.
   *
   * @return the exit code, 0 after help and 2 after a refusal; empty if Facteur may go on
   */
  public static OptionalInt answer(String[] args, PrintStream out, PrintStream err) {
    if (Arrays.stream(args).anyMatch(HELP::contains)) {
      out.print(USAGE);
      return OptionalInt.of(0);
    }
    List<String> unknown =
        Arrays.stream(args).filter(argument -> !isKnown(argument, args)).toList();
    if (unknown.isEmpty()) {
      return OptionalInt.empty();
    }
    // A value may be a secret.
    unknown.forEach(
        argument -> err.println("unknown argument: " + argument.replaceFirst("=.*", "=...")));
    err.println();
    err.print(USAGE);
    return OptionalInt.of(2);
  }

  private static boolean isKnown(String argument, String... all) {
    return WORDS.contains(argument)
        || isGiven(argument, PREVIEW)
        || (isGiven(argument, PREVIEW_OF)
            && Arrays.stream(all).anyMatch(one -> isGiven(one, PREVIEW)))
        || (argument.contains("=") && SETTINGS.stream().anyMatch(argument::startsWith));
  }

  private static boolean isGiven(String argument, String option) {
    return argument.startsWith(option) && argument.length() > option.length();
  }
}
