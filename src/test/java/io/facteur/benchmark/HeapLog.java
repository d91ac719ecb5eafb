package io.facteur.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The log of a JVM's garbage collector, from a point on. */
final class HeapLog {

  private static final Pattern PAUSE = Pattern.compile("Pause .* (\\d+)M->(\\d+)M\\((\\d+)M\\)");

  /**
   * @param live what a full collection leaves at the end, in MB
   * @param used the most that was in use, in MB
   */
  record Heap(long live, long used) {}

  private final Path file;
  private final int from;

  private HeapLog(Path file, int from) {
    this.file = file;
    this.from = from;
  }

  static String option(Path file) {
    return "-Xlog:gc:file=" + file + "::filecount=0";
  }

  static HeapLog fromNowOn(Path file) {
    return new HeapLog(file, lines(file).size());
  }

  Heap heap() {
    long live = 0;
    long used = 0;
    List<String> lines = lines(file);
    for (String line : lines.subList(from, lines.size())) {
      Matcher pause = PAUSE.matcher(line);
      if (pause.find()) {
        used = Math.max(used, Long.parseLong(pause.group(1)));
        live = Long.parseLong(pause.group(2));
      }
    }
    return new Heap(live, used);
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
