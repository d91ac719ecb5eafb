package io.facteur.chaos;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Prints what is done to the product as it happens, with the seconds since the start. */
final class EventLog implements AutoCloseable {

  private final PrintWriter file;
  private final Instant start = Instant.now();

  EventLog(Path file) {
    try {
      this.file = new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8), true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  synchronized void say(String text) {
    double seconds = Duration.between(start, Instant.now()).toMillis() / 1_000.0;
    String line = String.format(Locale.ROOT, "%+8.1f s  %s", seconds, text);
    System.out.println(line);
    file.println(line);
  }

  @Override
  public void close() {
    file.close();
  }
}
