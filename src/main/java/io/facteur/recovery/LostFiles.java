package io.facteur.recovery;

import io.facteur.spool.SpoolFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Files of the lost time, in consumers' folders and in the document store. */
@Component
class LostFiles {

  /** The clocks of a database and of a file server may differ. */
  private static final Duration CLOCKS = Duration.ofMinutes(10);

  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final int DEPTH = 5;

  private final LedgerView ledger;
  private final List<Path> consumers;
  private final Path store;

  LostFiles(
      LedgerView ledger,
      @Value("${facteur.spool}") Path spool,
      @Value("${facteur.outbox}") Path outbox,
      @Value("${facteur.archive}") Path archive,
      @Value("${facteur.store}") Path store) {
    this.ledger = ledger;
    this.consumers = List.of(spool, outbox, archive);
    this.store = store;
  }

  /** Where a file lies. */
  enum Place {
    FOLDER,
    STORE
  }

  /** A file that the database does not know. */
  record Lost(Place place, String name, Path folder, Instant writtenAt) {}

  /** What was written since a time and is unknown to the database. */
  List<Lost> since(Instant restoredTo) {
    Instant from = restoredTo.minus(CLOCKS);
    Map<String, Lost> files = new LinkedHashMap<>();
    for (Path root : consumers) {
      collect(root, from, LostFiles::isDocument, Place.FOLDER, files);
    }
    files.keySet().removeAll(ledger.knownFiles(files.keySet()));
    Map<String, Lost> stored = new LinkedHashMap<>();
    collect(store, from, name -> SHA256.matcher(name).matches(), Place.STORE, stored);
    stored.keySet().removeAll(ledger.knownRenditions(stored.keySet()));
    List<Lost> lost = new ArrayList<>(files.values());
    lost.addAll(stored.values());
    return lost;
  }

  private static void collect(
      Path root, Instant from, Predicate<String> wanted, Place place, Map<String, Lost> found) {
    if (!Files.isDirectory(root)) {
      return;
    }
    try {
      Files.walkFileTree(
          root,
          Set.of(),
          DEPTH,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              Instant written = attributes.lastModifiedTime().toInstant();
              String name = file.getFileName().toString();
              if (!written.isBefore(from) && wanted.test(name)) {
                found.put(name, new Lost(place, name, file.getParent(), written));
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
              // A consumer has moved it meanwhile: it is met, or was, where it lies now.
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look through " + root, e);
    }
  }

  private static boolean isDocument(String name) {
    try {
      SpoolFile file = SpoolFile.named(name);
      return !file.extension().equals("json");
    } catch (IllegalArgumentException other) {
      return false;
    }
  }
}
