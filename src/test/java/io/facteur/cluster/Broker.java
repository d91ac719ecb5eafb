package io.facteur.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/** ActiveMQ Artemis from its distribution, in a process of its own, with a journal and users. */
final class Broker implements AutoCloseable {

  private static final String USER = "facteur";
  private static final String JVM = "-Xms64m -Xmx256m -XX:+UseSerialGC -Dlog4j2.disableJmx=true";

  private final Path instance;
  private final int port;
  private final String password = UUID.randomUUID().toString();
  private Process process;

  private Broker(Path instance, int port) {
    this.instance = instance;
    this.port = port;
  }

  /**
   * Makes an instance; it is not started yet.
   *
   * @param distributions where the distribution is unpacked
   */
  static Broker create(Path distributions, Path instance) {
    try (Stream<Path> unpacked = Files.list(distributions)) {
      Path home = unpacked.filter(Files::isDirectory).findFirst().orElseThrow();
      Broker broker = new Broker(instance.toAbsolutePath(), freePort());
      FileSystemUtils.deleteRecursively(instance);
      run(
          "sh",
          home.resolve("bin/artemis").toAbsolutePath().toString(),
          "create",
          broker.instance.toString(),
          "--silent",
          "--user=" + USER,
          "--password=" + broker.password,
          "--require-login",
          "--host=127.0.0.1",
          "--default-port=" + broker.port,
          "--no-web",
          "--no-amqp-acceptor",
          "--no-hornetq-acceptor",
          "--no-mqtt-acceptor",
          "--no-stomp-acceptor",
          "--nio");
      return broker;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Settings of nodes that are to use it. */
  String[] settings() {
    return new String[] {
      "--facteur.hand-out=jms",
      "--facteur.broker.url=tcp://127.0.0.1:" + port,
      "--facteur.broker.username=" + USER,
      "--facteur.broker.password=" + password
    };
  }

  /** Returns when it takes connections. */
  void start() {
    try {
      ProcessBuilder server =
          new ProcessBuilder("sh", instance.resolve("bin/artemis").toString(), "run")
              .redirectErrorStream(true)
              .redirectOutput(
                  ProcessBuilder.Redirect.appendTo(instance.resolve("output.log").toFile()));
      server.environment().put("JAVA_ARGS", JVM);
      process = server.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Site.await(() -> answers() || !process.isAlive());
    if (!process.isAlive()) {
      throw new IllegalStateException("the broker ended, see " + instance.resolve("output.log"));
    }
  }

  void kill9() {
    process.destroyForcibly().onExit().join();
  }

  /** What it would have found again when it is started. */
  void deleteJournal() {
    try {
      FileSystemUtils.deleteRecursively(instance.resolve("data"));
      Files.createDirectories(instance.resolve("data"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  private boolean answers() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  private static void run(String... command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.onExit().join().exitValue() != 0) {
      throw new IllegalStateException(output);
    }
  }

  @Override
  public void close() {
    if (process != null && process.isAlive()) {
      kill9();
    }
  }
}
