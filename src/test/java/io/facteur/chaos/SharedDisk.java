package io.facteur.chaos;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * Where the nodes have store, spool and outbox: a small file system of its own that can be filled
 * up, where this process may mount one; else a mere folder.
 */
final class SharedDisk implements AutoCloseable {

  private static final int BLOCK = 1 << 16;

  private final Path folder;
  private final Path filler;
  private final boolean mounted;

  SharedDisk(Path folder, int megabytes) {
    this.folder = folder.toAbsolutePath();
    filler = folder.resolve("filler");
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    mounted = runs("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", path());
    // What is broken off must not leave it behind.
    Runtime.getRuntime().addShutdownHook(new Thread(this::close));
  }

  Path folder() {
    return folder;
  }

  boolean canBeFilled() {
    return mounted;
  }

  /** Nothing more can be written from now on. */
  void fill() {
    for (int block : new int[] {BLOCK, 1}) {
      try (OutputStream out =
          Files.newOutputStream(filler, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
        byte[] zeros = new byte[block];
        while (true) {
          out.write(zeros);
        }
      } catch (IOException full) {
        // As wished.
      }
    }
  }

  void free() {
    try {
      Files.deleteIfExists(filler);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Waits until a node is writing a file for a consumer.
   *
   * @return false if none did
   */
  boolean awaitUnfinishedFile(Duration patience) {
    Set<String> before = unfinished();
    long end = System.nanoTime() + patience.toNanos();
    while (System.nanoTime() < end) {
      if (!before.containsAll(unfinished())) {
        return true;
      }
      LockSupport.parkNanos(200_000);
    }
    return false;
  }

  private Set<String> unfinished() {
    Set<String> names = new HashSet<>();
    for (String queue : List.of("spool/main/incoming", "outbox/main/incoming")) {
      String[] files = folder.resolve(queue).toFile().list();
      names.addAll(files == null ? List.of() : List.of(files));
    }
    return names;
  }

  /** Its files are gone afterwards, if it was mounted. */
  @Override
  public void close() {
    if (mounted) {
      runs("umount", "-l", path());
    }
  }

  private String path() {
    return folder.toString();
  }

  private static boolean runs(String... command) {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .onExit()
              .join()
              .exitValue()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
