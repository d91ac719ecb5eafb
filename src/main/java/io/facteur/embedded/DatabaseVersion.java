package io.facteur.embedded;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which servers Facteur works with, by what {@code SELECT VERSION()} says. */
final class DatabaseVersion {

  // SKIP LOCKED came with 10.6.
  private static final int OLDEST_MAJOR = 10;
  private static final int OLDEST_MINOR = 6;
  private static final Pattern NUMBER = Pattern.compile("^(?:5\\.5\\.5-)?(\\d+)\\.(\\d+)");

  private DatabaseVersion() {}

  /** Why this server cannot be used; empty if it can. */
  static Optional<String> problem(String version) {
    if (!version.toLowerCase(Locale.ROOT).contains("mariadb")) {
      return Optional.of("it is not MariaDB (its version is " + version + ")");
    }
    Matcher number = NUMBER.matcher(version);
    if (!number.find()) {
      return Optional.of("its version is not understood: " + version);
    }
    int major = Integer.parseInt(number.group(1));
    int minor = Integer.parseInt(number.group(2));
    boolean tooOld = major < OLDEST_MAJOR || (major == OLDEST_MAJOR && minor < OLDEST_MINOR);
    return tooOld ? Optional.of("it is too old (" + version + ")") : Optional.empty();
  }
}
