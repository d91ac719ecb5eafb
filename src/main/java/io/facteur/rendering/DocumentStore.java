package io.facteur.rendering;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps files under the SHA-256 of their content, so that what was stored once is the same for
 * ever. Several nodes may share the folder. A file appears whole or not at all, whenever the power
 * fails.
 */
public final class DocumentStore {

  private static final Logger log = LoggerFactory.getLogger(DocumentStore.class);
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final Duration ABANDONED = Duration.ofDays(1);

  private final Path root;
  private final Path incoming;
  // The folders of the first level, 256 at most, whose names this process has made durable.
  private final Set<Path> lasting = ConcurrentHashMap.newKeySet();

  /** Opens, or creates, the store below that folder. */
  public DocumentStore(Path root) {
    this.root = root.toAbsolutePath().normalize();
    this.incoming = this.root.resolve("incoming");
    try {
      Files.createDirectories(incoming);
      removeAbandoned();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The document store "
              + this.root
              + " cannot be used. Create the folder (facteur.store) and let Facteur write to it.",
          e);
    }
  }

  /**
   * Stores the content durably; what is there already is left alone, or replaced if it is damaged.
   *
   * @return SHA-256 of the content, 64 lower-case hexadecimal digits
   */
  public String put(byte[] content) {
    String sha256 = sha256(content);
    Path file = path(sha256);
    try {
      if (!holds(file, sha256)) {
        write(content, sha256, file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The document store cannot write " + file, e);
    }
    return sha256;
  }

  /** Where the content of that SHA-256 lies, whether or not it is stored. */
  public Path path(String sha256) {
    if (!SHA256.matcher(sha256).matches()) {
      throw new IllegalArgumentException("'" + sha256 + "' is no SHA-256 in hexadecimal digits");
    }
    return root.resolve(sha256.substring(0, 2)).resolve(sha256.substring(2, 4)).resolve(sha256);
  }

  /**
   * The content, checked against its name.
   *
   * @throws DamagedFileException if it is missing or was changed
   */
  public byte[] read(String sha256) {
    Path file = path(sha256);
    byte[] content;
    try {
      content = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new DamagedFileException(
          "The stored file " + file + " is missing. Restore it from a backup.", e);
    } catch (IOException e) {
      throw new DamagedFileException("The stored file " + file + " cannot be read.", e);
    }
    String found = sha256(content);
    if (!found.equals(sha256)) {
      throw new DamagedFileException(
          "The stored file %s is damaged: its SHA-256 is %s, its length %d bytes. Restore it from a backup."
              .formatted(file, found, content.length),
          null);
    }
    return content;
  }

  private boolean holds(Path file, String sha256) throws IOException {
    try {
      if (sha256(Files.readAllBytes(file)).equals(sha256)) {
        return true;
      }
    } catch (NoSuchFileException e) {
      return false;
    }
    log.warn("Stored file {} is damaged and is written again", file);
    return false;
  }

  private void write(byte[] content, String sha256, Path file) throws IOException {
    // The same file system as the target, or the move would not be atomic.
    Path part = incoming.resolve(sha256 + "." + UUID.randomUUID() + ".part");
    try {
      writePart(content, part);
      createFolder(file.getParent());
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      // Half a file for each attempt would keep a full disk full.
      Files.deleteIfExists(part);
      throw e;
    }
    sync(file.getParent());
  }

  private static void writePart(byte[] content, Path part) throws IOException {
    try (FileChannel channel =
        FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.wrap(content);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
  }

  private void createFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder);
      Path first = folder.getParent();
      sync(first);
      if (!lasting.contains(first)) {
        sync(root);
        lasting.add(first);
      }
    }
  }

  /** Makes new names in a folder durable, where the operating system lets folders be opened. */
  public static void sync(Path folder) throws IOException {
    if (System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows")) {
      return;
    }
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** What a crash left; the age spares what another node is writing. */
  private void removeAbandoned() throws IOException {
    Instant limit = Instant.now().minus(ABANDONED);
    try (DirectoryStream<Path> parts = Files.newDirectoryStream(incoming, "*.part")) {
      for (Path part : parts) {
        if (Files.getLastModifiedTime(part).toInstant().isBefore(limit)) {
          Files.deleteIfExists(part);
        }
      }
    }
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
