package io.facteur.benchmark;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Postfix's generator of load, where it is installed. */
final class SmtpSource {

  private final Path program;
  private final int port;

  private SmtpSource(Path program, int port) {
    this.program = program;
    this.port = port;
  }

  static Optional<SmtpSource> find(int port) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .map(folder -> Path.of(folder, "smtp-source"))
        .filter(Files::isExecutable)
        .findFirst()
        .map(program -> new SmtpSource(program, port));
  }

  /** Returns its processor time. */
  Duration send(int mails, int connections, boolean kept) {
    List<String> command =
        new ArrayList<>(
            List.of(
                program.toString(),
                "-s",
                String.valueOf(connections),
                "-m",
                String.valueOf(mails),
                "-l",
                String.valueOf(MailsInTurn.BYTES),
                "-f",
                "bills@seller.example",
                "-t",
                "anna@buyer.example"));
    if (kept) {
      command.add("-d");
    }
    command.add("inet:127.0.0.1:" + port);
    Duration before = childrensCpu();
    try {
      int status = new ProcessBuilder(command).inheritIO().start().waitFor();
      if (status != 0) {
        throw new IllegalStateException("smtp-source ended with status " + status);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    return childrensCpu().minus(before);
  }

  /** Of those that have ended, as Linux counts it in hundredths of a second (proc(5)). */
  private static Duration childrensCpu() {
    try {
      String line = Files.readString(Path.of("/proc/self/stat"));
      String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
      return Duration.ofMillis(10 * (Long.parseLong(fields[13]) + Long.parseLong(fields[14])));
    } catch (IOException elsewhere) {
      return Duration.ZERO;
    }
  }
}
