package io.facteur.embedded;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Keeps a folder for one process; the operating system frees it when that process ends. */
final class FolderLock implements AutoCloseable {

  private final RandomAccessFile file;

  private FolderLock(RandomAccessFile file) {
    this.file = file;
  }

  /** Takes the lock; empty if somebody else holds it. */
  static Optional<FolderLock> tryLock(Path folder) throws IOException {
    RandomAccessFile file = new RandomAccessFile(lockFile(folder).toFile(), "rw");
    FileLock lock = null;
    try {
      // Beyond the text, as Windows lets nobody read a locked range.
      lock = file.getChannel().tryLock(1024, 1, false);
    } catch (OverlappingFileLockException e) {
      // Held by this same process.
    }
    if (lock == null) {
      file.close();
      return Optional.empty();
    }
    file.setLength(0);
    file.write(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII));
    return Optional.of(new FolderLock(file));
  }

  /** The process that holds the folder, for messages. */
  static String holder(Path folder) {
    try {
      return "process " + Files.readString(lockFile(folder), StandardCharsets.US_ASCII).strip();
    } catch (IOException e) {
      return "an unknown process";
    }
  }

  private static Path lockFile(Path folder) {
    return folder.resolve("lock");
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
