package io.facteur.delivery.journal;

import io.facteur.party.StoredJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this node has handed over, in a file for each day of its data folder, and the highest beat
 * of the database that it has seen: {@code handed-over/<database>/<node>/2026-03-02.jsonl} and
 * {@code beat}; and in {@code nodes} who else worked on it. Lines are given to the system at once
 * and not synced: a killed process loses none, a power failure perhaps the last ones.
 */
public final class Journal {

  private static final Logger log = LoggerFactory.getLogger(Journal.class);

  private static final String ENDING = ".jsonl";
  private static final String BEAT = "beat";
  private static final String NODES = "nodes";
  private static final String BEAT_FIRST = "{\"beat\":";
  private static final Pattern NO_NAME = Pattern.compile("[^A-Za-z0-9._-]");

  private final Path root;
  private final String node;
  private final int keepDays;
  private final Installation installation;
  private final Clock clock;

  private Path opened;
  private LocalDate day;
  private FileChannel file;

  /**
   * @param root below which each database and node has a folder of its own
   * @param keepDays how many days are kept beside the present one
   */
  public Journal(Path root, String node, int keepDays, Installation installation, Clock clock) {
    this.root = root;
    this.node = NO_NAME.matcher(node).replaceAll("_");
    this.keepDays = keepDays;
    this.installation = installation;
    this.clock = clock;
  }

  /** Whether this node has worked on other databases, but never on this one. */
  public boolean isNewDatabase() {
    try (Stream<Path> databases = Files.list(root)) {
      String uuid = installation.uuid();
      return databases.map(Path::getFileName).map(Path::toString).noneMatch(uuid::equals);
    } catch (NoSuchFileException none) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + root, e);
    }
  }

  /**
   * Adds a line.
   *
   * @throws UncheckedIOException if it cannot be written: what it tells of must not happen then
   */
  public void add(JournalLine.HandOver handOver) {
    append(JournalLine.of(installation.seenBeat(), clock.instant(), handOver));
  }

  /** Adds a line. */
  public void add(JournalLine.Outcome outcome) {
    append(JournalLine.of(installation.seenBeat(), clock.instant(), outcome));
  }

  /** Adds a line. */
  public void add(JournalLine.Numbered numbered) {
    append(JournalLine.of(installation.seenBeat(), clock.instant(), numbered));
  }

  /** Gives out the lines from a beat on, the oldest first; what a kill has broken is left out. */
  public void read(long fromBeat, Consumer<JournalLine> lines) {
    try {
      for (Path one : filesFrom(fromBeat)) {
        read(one, fromBeat, lines);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the journal in " + folder(), e);
    }
  }

  /** The highest beat that this node has seen of the database, in this life or an earlier one. */
  public long highestBeat() {
    try {
      OptionalLong kept = parsed(Files.readString(folder().resolve(BEAT)).strip());
      return Math.max(kept.orElse(0), installation.seenBeat());
    } catch (NoSuchFileException none) {
      return installation.seenBeat();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the beat in " + folder(), e);
    }
  }

  /** Keeps a beat of which the database has told, durably. */
  public void keep(long beat) {
    keep(BEAT, beat + "\n");
  }

  /** Keeps the names of the nodes that work on the database, durably. */
  public void keepNodes(Collection<String> names) {
    keep(NODES, String.join("\n", names) + "\n");
  }

  /** The nodes that worked on the database when this one last saw it; empty: not known. */
  public List<String> nodes() {
    try {
      return Files.readAllLines(folder().resolve(NODES)).stream()
          .filter(name -> !name.isBlank())
          .toList();
    } catch (NoSuchFileException none) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the nodes in " + folder(), e);
    }
  }

  private void keep(String name, String text) {
    Path target = folder().resolve(name);
    Path part = folder().resolve(name + ".part");
    try {
      Files.createDirectories(folder());
      try (FileChannel channel =
          FileChannel.open(
              part,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        write(channel, text);
        channel.force(true);
      }
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot keep " + target, e);
    }
  }

  /** Whether what was handed over on that day (UTC) is still kept, if anything was. */
  public boolean reachesBackTo(LocalDate past) {
    return !past.isBefore(today().minusDays(keepDays));
  }

  private synchronized void append(JournalLine line) {
    try {
      write(today(line), StoredJson.write(line) + "\n");
    } catch (IOException e) {
      close();
      throw new UncheckedIOException("cannot write the journal in " + folder(), e);
    }
  }

  private FileChannel today(JournalLine line) throws IOException {
    LocalDate wanted = LocalDate.ofInstant(line.at(), ZoneOffset.UTC);
    Path current = folder();
    if (file == null || !wanted.equals(day) || !current.equals(opened)) {
      close();
      Files.createDirectories(current);
      prune(current);
      file =
          FileChannel.open(
              current.resolve(wanted + ENDING),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      endBrokenLine();
      day = wanted;
      opened = current;
    }
    return file;
  }

  /** A kill may have left half a line: what follows begins a new one. */
  private void endBrokenLine() throws IOException {
    long size = file.size();
    file.position(size);
    if (size > 0) {
      ByteBuffer last = ByteBuffer.allocate(1);
      file.read(last, size - 1);
      if (last.get(0) != '\n') {
        write(file, "\n");
      }
    }
  }

  private void close() {
    if (file != null) {
      try {
        file.close();
      } catch (IOException e) {
        log.warn("the journal of {} was not closed: {}", day, e.getMessage());
      }
      file = null;
    }
  }

  private void prune(Path current) throws IOException {
    LocalDate oldest = today().minusDays(keepDays);
    for (Path one : days(current)) {
      if (LocalDate.parse(name(one)).isBefore(oldest)) {
        Files.deleteIfExists(one);
      }
    }
  }

  /** Beats rise: older days than the first that begins before the beat need not be read. */
  private List<Path> filesFrom(long beat) throws IOException {
    List<Path> wanted = new ArrayList<>();
    List<Path> days = days(folder());
    Collections.reverse(days);
    for (Path one : days) {
      wanted.add(0, one);
      try (BufferedReader lines = reader(one)) {
        OptionalLong first = beat(lines.readLine());
        if (first.isPresent() && first.getAsLong() < beat) {
          return wanted;
        }
      }
    }
    return wanted;
  }

  private static void read(Path one, long fromBeat, Consumer<JournalLine> lines)
      throws IOException {
    int broken = 0;
    try (BufferedReader reader = reader(one)) {
      for (String text = reader.readLine(); text != null; text = reader.readLine()) {
        OptionalLong beat = beat(text);
        if (beat.isEmpty()) {
          broken += text.isBlank() ? 0 : 1;
        } else if (beat.getAsLong() >= fromBeat) {
          JournalLine line = parse(text);
          if (line == null) {
            broken++;
          } else {
            lines.accept(line);
          }
        }
      }
    }
    if (broken > 0) {
      log.warn("{} unfinished lines in {}", broken, one);
    }
  }

  /** Whatever a crash has left in a file, it can be read. */
  private static BufferedReader reader(Path one) throws IOException {
    return new BufferedReader(
        new InputStreamReader(Files.newInputStream(one), StandardCharsets.UTF_8));
  }

  private static JournalLine parse(String text) {
    try {
      return StoredJson.read(text, JournalLine.class);
    } catch (IllegalStateException unfinished) {
      return null;
    }
  }

  /** The beat of a line, without looking at the rest of it. */
  private static OptionalLong beat(String line) {
    if (line == null || !line.startsWith(BEAT_FIRST) || !line.endsWith("}")) {
      return OptionalLong.empty();
    }
    int end = line.indexOf(',', BEAT_FIRST.length());
    return end < 0 ? OptionalLong.empty() : parsed(line.substring(BEAT_FIRST.length(), end));
  }

  private static OptionalLong parsed(String number) {
    try {
      return OptionalLong.of(Long.parseLong(number));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  private static List<Path> days(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return new ArrayList<>();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return new ArrayList<>(
          files.filter(one -> one.toString().endsWith(ENDING)).sorted().toList());
    }
  }

  private static String name(Path day) {
    String name = day.getFileName().toString();
    return name.substring(0, name.length() - ENDING.length());
  }

  private Path folder() {
    return root.resolve(installation.uuid()).resolve(node);
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }

  private static void write(FileChannel channel, String text) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
