package io.facteur.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The project's routes with smaller numbers: chunks of ten and first retries after two seconds, as
 * everything else is scaled down to minutes.
 */
final class RoutesFolder {

  private RoutesFolder() {}

  static Path copy(Path target) {
    try (Stream<Path> files = Files.walk(Path.of("routes"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = target.resolve(Path.of("routes").relativize(file));
        Files.createDirectories(copy.getParent());
        Files.writeString(copy, smaller(Files.readString(file)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return target;
  }

  private static String smaller(String routes) {
    return routes
        .replaceAll("(- name: chunk\\s+defaultValue: )\"\\d+\"", "$1\"10\"")
        .replaceAll("(- name: retryDelay\\s+defaultValue: )\\w+", "$1PT2S");
  }
}
