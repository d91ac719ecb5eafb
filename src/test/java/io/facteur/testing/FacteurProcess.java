package io.facteur.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.springframework.util.FileSystemUtils;

/**
 * Facteur as it is delivered, with the project's own configuration, routes and templates, in a JVM
 * of its own: it can be killed at any moment and started again on the same data. A debugger can
 * attach to it.
 */
public final class FacteurProcess implements AutoCloseable {

  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final Duration STOP_PATIENCE = Duration.ofMinutes(2);
  private static final Pattern DEBUG_PORT =
      Pattern.compile("Listening for transport dt_socket at address: (?:127\\.0\\.0\\.1:)?(\\d+)");

  private final Path data;
  private final boolean ownDatabase;
  private final List<String> command = new ArrayList<>();
  private int lives;
  private Process process;

  /**
   * Prepares it for tests, on a database and a mail server of theirs; nothing is started yet.
   *
   * @param settings as Spring Boot takes them from the command line
   */
  public FacteurProcess(String jdbcUrl, String password, int smtpPort, String... settings) {
    this(
        Path.of("target", "process", String.valueOf(NUMBER.incrementAndGet())),
        List.of(
            "-Xmx300m",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xshare:auto",
            "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:0"),
        false);
    command.addAll(
        List.of(
            "--facteur.smtp.host=127.0.0.1",
            "--facteur.smtp.port=" + smtpPort,
            "--facteur.smtp.security=NONE",
            "--facteur.claim-interval=50",
            "--facteur.run-interval=100",
            "--facteur.consumer-report-interval=100",
            "--facteur.recovery-interval=200",
            "--spring.datasource.url=" + jdbcUrl,
            "--spring.datasource.username=" + TestDatabase.username(),
            "--spring.datasource.password=" + password));
    command.addAll(List.of(settings));
  }

  /**
   * Prepares it with the database and the mail catcher that it brings along; nothing is started
   * yet.
   *
   * @param data is deleted before
   * @param jvmOptions such as {@code -Xmx512m}
   */
  public static FacteurProcess embedded(Path data, List<String> jvmOptions, String... settings) {
    FacteurProcess process = new FacteurProcess(data, jvmOptions, true);
    process.command.addAll(List.of(settings));
    return process;
  }

  private FacteurProcess(Path data, List<String> jvmOptions, boolean ownDatabase) {
    this.data = data;
    this.ownDatabase = ownDatabase;
    FileSystemUtils.deleteRecursively(data.toFile());
    command.add(program("java"));
    command.addAll(jvmOptions);
    command.addAll(
        List.of(
            "-cp",
            productClassPath(),
            "io.facteur.FacteurApplication",
            "--facteur.data=" + data,
            "--facteur.samples=false",
            "--server.port=0"));
    // Tests may be broken off.
    Runtime.getRuntime().addShutdownHook(new Thread(this::close));
  }

  /** Where it keeps its files. */
  public Path data() {
    return data;
  }

  /** Begins a life, unless it is alive: returns when everything is ready. */
  public void start() {
    if (isRunning()) {
      return;
    }
    lives++;
    try {
      Files.createDirectories(data);
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log().toFile())
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Awaitility.await("Facteur to be ready, see " + log())
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(50))
        .failFast("Facteur ended, see " + log(), () -> !process.isAlive())
        .until(() -> output().contains("Facteur is ready"));
  }

  public boolean isRunning() {
    return process != null && process.isAlive();
  }

  /** Returns when a full collection is done. */
  public void collectGarbage() {
    try {
      int status =
          new ProcessBuilder(program("jcmd"), String.valueOf(process.pid()), "GC.run")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start()
              .onExit()
              .join()
              .exitValue();
      if (status != 0) {
        throw new IllegalStateException("jcmd ended with status " + status);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public ProcessHandle handle() {
    return process.toHandle();
  }

  /** Ends it without any chance to do or say anything (SIGKILL). */
  public void kill9() {
    process.destroyForcibly();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        throw new IllegalStateException("process " + process.pid() + " survives SIGKILL");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Ends it as an operator does (SIGTERM): an embedded database stops with it. */
  public void stop() {
    process.destroy();
    Awaitility.await("Facteur to end, see " + log())
        .atMost(STOP_PATIENCE)
        .until(() -> !process.isAlive());
  }

  /** What this life has said so far. */
  public String output() {
    try {
      return Files.readString(log());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where a debugger attaches to this life. */
  public int debugPort() {
    Matcher line = DEBUG_PORT.matcher(output());
    if (!line.find()) {
      throw new IllegalStateException("no debug port in " + log());
    }
    return Integer.parseInt(line.group(1));
  }

  @Override
  public void close() {
    if (isRunning()) {
      if (ownDatabase) {
        // Killed, it would leave its database server behind.
        stop();
      } else {
        kill9();
      }
    }
  }

  private static String program(String name) {
    return Path.of(System.getProperty("java.home"), "bin", name).toString();
  }

  private Path log() {
    return data.resolve("life-" + lives + ".log");
  }

  /** That of this JVM without what only tests have. */
  private static String productClassPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !Path.of(entry).endsWith("test-classes"))
        .collect(Collectors.joining(File.pathSeparator));
  }
}
