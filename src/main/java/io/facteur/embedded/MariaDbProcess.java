package io.facteur.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * A server process that may have been started by an earlier, killed Facteur.
 *
 * @param handle of the process
 * @param port on the loopback interface
 * @param command it was started with, as one line
 */
record MariaDbProcess(ProcessHandle handle, int port, String command) {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /**
   * The command in a session of its own where the system has such a program: a signal to our whole
   * process group ({@code timeout}, a job's end) must not stop the database under our feet.
   */
  static List<String> inOwnSession(List<String> command) {
    Optional<String> setsid =
        Stream.of("/usr/bin/setsid", "/bin/setsid")
            .filter(program -> Files.isExecutable(Path.of(program)))
            .findFirst();
    return Stream.concat(setsid.stream(), command.stream()).toList();
  }

  /** The process that the file names, if it still runs. */
  static Optional<MariaDbProcess> remembered(Path file) throws IOException {
    Properties known = read(file);
    Optional<ProcessHandle> handle =
        number(known, "pid").flatMap(pid -> ProcessHandle.of(pid)).filter(ProcessHandle::isAlive);
    // A process id is given to somebody else one day; together with its start it is unique.
    return handle
        .filter(h -> startOf(h).equals(known.getProperty("started")))
        .flatMap(
            h ->
                number(known, "port")
                    .map(
                        port ->
                            new MariaDbProcess(
                                h, Math.toIntExact(port), known.getProperty("command", ""))));
  }

  /** The port of the last run, 0 if there was none. */
  static int rememberedPort(Path file) throws IOException {
    return number(read(file), "port").map(Math::toIntExact).orElse(0);
  }

  void remember(Path file) throws IOException {
    Properties known = new Properties();
    known.setProperty("pid", Long.toString(handle.pid()));
    known.setProperty("started", startOf(handle));
    known.setProperty("port", Integer.toString(port));
    known.setProperty("command", command);
    Path unfinished = file.resolveSibling(file.getFileName() + ".tmp");
    try (OutputStream out = Files.newOutputStream(unfinished)) {
      known.store(out, "The MariaDB server of this folder");
    }
    try {
      Files.move(
          unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Asks it to end, and waits; kills it if it does not. InnoDB recovers from that as well. */
  void end() {
    handle.destroy();
    if (!hasEndedWithin(PATIENCE)) {
      handle.destroyForcibly();
      hasEndedWithin(PATIENCE);
    }
  }

  boolean hasEndedWithin(Duration patience) {
    try {
      handle.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return !handle.isAlive();
    }
  }

  private static String startOf(ProcessHandle handle) {
    return handle.info().startInstant().map(Instant::toString).orElse("unknown");
  }

  private static Properties read(Path file) throws IOException {
    Properties known = new Properties();
    try (InputStream in = Files.newInputStream(file)) {
      known.load(in);
    } catch (NoSuchFileException e) {
      // The first run.
    }
    return known;
  }

  private static Optional<Long> number(Properties known, String key) {
    try {
      return Optional.ofNullable(known.getProperty(key)).map(Long::valueOf);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
