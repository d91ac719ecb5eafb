package io.facteur.spool;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** What lies beside the files that consumers move to {@code done} and {@code failed}. */
@Component
public class SpoolReceipts {

  private static final int LONGEST_REASON = 500;
  private static final String REASON = ".reason.txt";
  private static final Logger log = LoggerFactory.getLogger(SpoolReceipts.class);

  /**
   * The consumer's own words: one line of {@code <name>.reason.txt}, put there before the file is
   * moved.
   *
   * @return null if it gave none
   */
  public String reason(File file) {
    Path beside = file.toPath().resolveSibling(file.getName() + REASON);
    try (InputStream in = Files.newInputStream(beside)) {
      String text = new String(in.readNBytes(4 * LONGEST_REASON), StandardCharsets.UTF_8);
      String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
      if (line.isEmpty()) {
        return null;
      }
      return line.length() > LONGEST_REASON ? line.substring(0, LONGEST_REASON) + "…" : line;
    } catch (NoSuchFileException none) {
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + beside, e);
    }
  }

  /**
   * Moves the manifest of a reported file and the consumer's reason to where the file is going,
   * from whichever folder the consumer has left them in. The report counts without them as well.
   *
   * @param kept folder below that of the file
   */
  public void putAside(File file, String kept) {
    Path folder = file.toPath().getParent();
    for (String name : List.of(file.getName() + SpoolFile.MANIFEST, file.getName() + REASON)) {
      for (String from : SpoolFolders.OF_CONSUMERS) {
        Path beside = folder.resolveSibling(from).resolve(name);
        try {
          Files.createDirectories(folder.resolve(kept));
          Files.move(
              beside, folder.resolve(kept).resolve(name), StandardCopyOption.REPLACE_EXISTING);
        } catch (NoSuchFileException notThere) {
          // Most folders do not have it.
        } catch (IOException e) {
          log.warn("{} stays where it is: {}", beside, e.toString());
        }
      }
    }
  }
}
