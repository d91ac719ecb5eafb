package io.facteur.chaos;

import io.facteur.testing.FacteurProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One of the nodes: killed, frozen, starved of disk, with a clock of its own where possible. */
final class Node {

  /** Where Debian has it; its clock jumps are left out where it is not. */
  private static final Path FAKE_TIME =
      Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1");

  private static final List<String> JVM =
      List.of("-Xmx300m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto");

  private static final Duration START_PATIENCE = Duration.ofMinutes(8);

  private final String name;
  private final Path clock;
  private final FacteurProcess process;

  /**
   * Prepares it.
   *
   * @param ownClock whether its clock can be set
   */
  Node(String name, Path folder, boolean ownClock, List<String> settings) {
    this.name = name;
    Path data = folder.resolve(name);
    clock = folder.resolve(name + ".clock").toAbsolutePath();
    List<String> all = new ArrayList<>(settings);
    all.add("--facteur.smtp.local-name=" + name);
    all.add("--facteur.node=" + name);
    process = FacteurProcess.node(data, JVM, ownClock ? fakeTime() : Map.of(), all);
    if (ownClock) {
      setClock("+0");
    }
  }

  static boolean canFakeTime() {
    return Files.exists(FAKE_TIME);
  }

  String name() {
    return name;
  }

  FacteurProcess process() {
    return process;
  }

  /** Begins a life; returns when it works. */
  void start() {
    process.launch();
    process.awaitReady(START_PATIENCE);
  }

  /** SIGKILL; returns when it is dead. */
  Disturbance kill9() {
    Instant from = Instant.now();
    process.kill9();
    return new Disturbance(Disturbance.Kind.KILLED, name, from, Instant.now());
  }

  /**
   * Lets its clock differ from everybody's.
   *
   * @param offset such as {@code +3d}
   */
  void setClock(String offset) {
    try {
      Files.writeString(clock, offset + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Lets its writes fail that would make a file longer.
   *
   * @param bytes null: no limit any more
   */
  void limitFiles(Long bytes) {
    try {
      new ProcessBuilder(
              "prlimit",
              "--pid",
              String.valueOf(process.handle().pid()),
              "--fsize=" + (bytes == null ? "unlimited" : bytes) + ":unlimited")
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .onExit()
          .join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Map<String, String> fakeTime() {
    return Map.of(
        "LD_PRELOAD", FAKE_TIME.toString(),
        "FAKETIME_TIMESTAMP_FILE", clock.toString(),
        "FAKETIME_CACHE_DURATION", "1",
        // The JVM waits by it, and would not wait at all with the fix.
        "FAKETIME_DONT_FAKE_MONOTONIC", "1",
        "FAKETIME_FORCE_MONOTONIC_FIX", "0");
  }
}
