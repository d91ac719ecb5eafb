package io.facteur.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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
  private static final Duration START_PATIENCE = Duration.ofMinutes(2);
  private static final Duration STOP_PATIENCE = Duration.ofMinutes(2);
  private static final Pattern DEBUG_PORT =
      Pattern.compile("Listening for transport dt_socket at address: (?:127\\.0\\.0\\.1:)?(\\d+)");

  private final Path data;
  private final boolean ownDatabase;
  private final List<String> command = new ArrayList<>();
  private final Map<String, String> environment = new HashMap<>();
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
    command.addAll(counterparts(jdbcUrl, TestDatabase.username(), password, smtpPort));
    command.addAll(
        List.of(
            "--facteur.claim-interval=50",
            "--facteur.run-interval=100",
            "--facteur.consumer-report-interval=100",
            "--facteur.recovery-interval=200"));
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

  /**
   * Prepares one of several nodes; nothing is started yet. Intervals are those of the project's
   * configuration.
   *
   * @param data the node's own folder, which is deleted before
   * @param jvmOptions such as {@code -Xmx512m}
   * @param environment added to this process's own, such as {@code LD_PRELOAD}
   * @param settings among them {@link #counterparts} and {@link #sharedFolders}
   */
  public static FacteurProcess node(
      Path data, List<String> jvmOptions, Map<String, String> environment, List<String> settings) {
    FacteurProcess process = new FacteurProcess(data, jvmOptions, false);
    process.environment.putAll(environment);
    process.command.addAll(settings);
    return process;
  }

  /** Lets another class start it, one that stands beside the product. */
  public FacteurProcess startedBy(Class<?> main) {
    int classPath = command.indexOf("-cp") + 1;
    command.set(classPath, System.getProperty("java.class.path"));
    command.set(classPath + 1, main.getName());
    return this;
  }

  /** Settings for a database and a mail server that are there. */
  public static List<String> counterparts(
      String jdbcUrl, String username, String password, int smtpPort) {
    return List.of(
        "--facteur.smtp.host=127.0.0.1",
        "--facteur.smtp.port=" + smtpPort,
        "--facteur.smtp.security=NONE",
        "--spring.datasource.url=" + jdbcUrl,
        "--spring.datasource.username=" + username,
        "--spring.datasource.password=" + password);
  }

  /** Settings for the folders that all nodes have in common, below the given one. */
  public static List<String> sharedFolders(Path shared) {
    return Stream.of("store", "spool", "outbox", "archive")
        .map(folder -> "--facteur." + folder + "=" + shared.resolve(folder))
        .toList();
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
    launch();
    awaitReady();
  }

  /** Begins a life, unless it is alive, without waiting until it is ready. */
  public void launch() {
    if (isRunning()) {
      return;
    }
    lives++;
    try {
      Files.createDirectories(data);
      ProcessBuilder life =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log().toFile());
      life.environment().putAll(environment);
      process = life.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void awaitReady() {
    awaitReady(START_PATIENCE);
  }

  public void awaitReady(Duration patience) {
    Awaitility.await("Facteur to be ready, see " + log())
        .atMost(patience)
        .pollInterval(Duration.ofMillis(50))
        .failFast("Facteur ended, see " + log(), () -> !process.isAlive())
        .until(() -> output().contains("Facteur is ready"));
  }

  public boolean isRunning() {
    return process != null && process.isAlive();
  }

  /** Returns when a full collection is done. */
  public void collectGarbage() {
    run(program("jcmd"), String.valueOf(process.pid()), "GC.run");
  }

  /** Stands still from now on, with all that it holds (SIGSTOP), as a paused machine does. */
  public void freeze() {
    run("kill", "-STOP", String.valueOf(process.pid()));
  }

  /** Goes on after {@link #freeze} (SIGCONT). */
  public void thaw() {
    run("kill", "-CONT", String.valueOf(process.pid()));
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

  /** What its last life ended with. */
  public int exitValue() {
    return process.exitValue();
  }

  /** Gives a line to its standard input. */
  public void tell(String line) {
    try {
      process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What this life has said so far. */
  public String output() {
    try {
      return Files.readString(log());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where the next debugger attaches to this life: after each one it listens elsewhere. */
  public int debugPort() {
    return DEBUG_PORT
        .matcher(output())
        .results()
        .reduce((before, last) -> last)
        .map(line -> Integer.parseInt(line.group(1)))
        .orElseThrow(() -> new IllegalStateException("no debug port in " + log()));
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

  private static void run(String... command) {
    try {
      int status =
          new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start()
              .onExit()
              .join()
              .exitValue();
      if (status != 0) {
        throw new IllegalStateException(String.join(" ", command) + " ended with " + status);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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
