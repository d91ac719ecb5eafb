package io.facteur.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * Takes files as a print room or a network does (docs/flow.md): from {@code ready} to {@code
 * taken}, then to {@code done}, or to {@code failed} with a reason, the manifest first. Remembers
 * the name and hash of each file it took.
 */
final class Consumer implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration IDLE = Duration.ofMillis(50);

  private final String channel;
  private final Path root;
  private final Duration pace;
  private final List<FileTaken> taken = new CopyOnWriteArrayList<>();
  private final Thread thread;
  private volatile boolean closed;

  /**
   * Begins to take files.
   *
   * @param root the channel's folder, with one folder for each queue
   * @param pace for one file
   */
  Consumer(String channel, Path root, Duration pace) {
    this.channel = channel;
    this.root = root;
    this.pace = pace;
    thread = new Thread(this::work, "consumer-" + channel);
    thread.setDaemon(true);
    thread.start();
  }

  List<FileTaken> taken() {
    return List.copyOf(taken);
  }

  @Override
  public void close() {
    closed = true;
    Awaitility.await("consumer to end").until(() -> !thread.isAlive());
  }

  static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private void work() {
    while (!closed) {
      int files = 0;
      for (Path queue : list(root)) {
        for (Path file : list(queue.resolve("ready"))) {
          if (!file.toString().endsWith(".json")) {
            take(queue, file.getFileName().toString());
            files++;
          }
        }
      }
      if (files == 0) {
        LockSupport.parkNanos(IDLE.toNanos());
      }
    }
  }

  private void take(Path queue, String name) {
    try {
      Path ready = queue.resolve("ready");
      JsonNode manifest = manifest(ready.resolve(name + ".json"));
      String sha256 = sha256(Files.readAllBytes(ready.resolve(name)));
      move(queue, name, "ready", "taken");
      boolean done = sha256.charAt(0) != '0' || Long.parseLong(sha256.substring(1, 9), 16) % 3 > 0;
      taken.add(
          new FileTaken(
              channel,
              name,
              Instant.now(),
              sha256,
              manifest.path("sha256").asText(null),
              manifest.path("delivery").asLong(-taken.size() - 1L),
              done));
      LockSupport.parkNanos(pace.toNanos());
      if (!done) {
        Files.writeString(queue.resolve("failed").resolve(name + ".reason.txt"), "unusable\n");
      }
      move(queue, name, "taken", done ? "done" : "failed");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode manifest(Path file) throws IOException {
    return Files.exists(file) ? JSON.readTree(Files.readAllBytes(file)) : JSON.createObjectNode();
  }

  private static void move(Path queue, String name, String from, String to) throws IOException {
    for (String part : List.of(name + ".json", name)) {
      if (Files.exists(queue.resolve(from).resolve(part))) {
        Files.move(queue.resolve(from).resolve(part), queue.resolve(to).resolve(part));
      }
    }
  }

  private static List<Path> list(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
