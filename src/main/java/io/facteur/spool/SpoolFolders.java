package io.facteur.spool;

import io.facteur.rendering.DocumentStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folders through which files are handed to a consumer (PRINT-3): it moves a file from {@code
 * ready} to {@code taken} and then to {@code done} or {@code failed}; what we have taken note of
 * goes to {@code acknowledged} below. Unfinished files lie in {@code incoming}.
 */
public final class SpoolFolders {

  public static final String READY = "ready";
  public static final String INCOMING = "incoming";
  public static final String TAKEN = "taken";
  public static final String DONE = "done";
  public static final String FAILED = "failed";
  public static final String ACKNOWLEDGED = "acknowledged";

  /** Those in which a consumer may have a file. */
  static final List<String> OF_CONSUMERS = List.of(READY, TAKEN, DONE, FAILED);

  // In the order in which files move: one that moves meanwhile is met later.
  private static final List<String> WAY =
      List.of(READY, TAKEN, DONE, DONE + "/" + ACKNOWLEDGED, FAILED, FAILED + "/" + ACKNOWLEDGED);

  private SpoolFolders() {}

  /**
   * In which folder a file lies. Costs the same however many files there are.
   *
   * @return e.g. {@code taken}; empty if it certainly lies in none
   * @throws IOException if that cannot be told
   */
  public static Optional<String> find(Path root, String name) throws IOException {
    Optional<String> found = lookOnce(root, name);
    // A consumer may put a file back, from a folder not looked at yet into one already passed.
    return found.isPresent() ? found : lookOnce(root, name);
  }

  private static Optional<String> lookOnce(Path root, String name) throws IOException {
    for (String folder : WAY) {
      if (exists(root.resolve(folder).resolve(name))) {
        return Optional.of(folder);
      }
    }
    return Optional.empty();
  }

  /** Unlike {@link Files#exists}, does not take a share that fails for one without the file. */
  private static boolean exists(Path file) throws IOException {
    try {
      Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return true;
    } catch (NoSuchFileException | NotDirectoryException absent) {
      return false;
    }
  }

  /** Makes the folders that a consumer needs. */
  public static void create(Path root) throws IOException {
    for (String folder : List.of(READY, INCOMING, TAKEN, DONE, FAILED)) {
      Files.createDirectories(root.resolve(folder));
    }
  }

  /**
   * Gives a finished file its name in {@code ready}, at one stroke.
   *
   * @throws java.nio.file.NoSuchFileException if somebody has removed it
   */
  static void publish(Path root, String unfinished, String name) throws IOException {
    Files.move(
        root.resolve(INCOMING).resolve(unfinished),
        root.resolve(READY).resolve(name),
        StandardCopyOption.ATOMIC_MOVE);
  }

  /** Whether an unfinished file has exactly that content. */
  static boolean holds(Path root, String unfinished, byte[] content) throws IOException {
    return Arrays.equals(Files.readAllBytes(root.resolve(INCOMING).resolve(unfinished)), content);
  }

  /**
   * Takes back an unfinished file, after which nobody can give it its name.
   *
   * @return whether it was there: then it has not got its name
   */
  static boolean removeUnfinished(Path root, String name) throws IOException {
    return Files.deleteIfExists(root.resolve(INCOMING).resolve(name));
  }

  static boolean exist(Path root) {
    return Files.isDirectory(root.resolve(READY));
  }

  /** The folder of a queue, then those of the channel's other queues. */
  static List<Path> beside(Path root) throws IOException {
    try (Stream<Path> folders = Files.list(root.getParent())) {
      return Stream.concat(
              Stream.of(root),
              folders.filter(SpoolFolders::exist).filter(folder -> !folder.equals(root)).sorted())
          .toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Makes the names of finished files survive a loss of power, where the file system can. */
  static void sync(Path root) throws IOException {
    DocumentStore.sync(root.resolve(READY));
  }
}
