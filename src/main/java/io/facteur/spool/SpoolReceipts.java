package io.facteur.spool;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.springframework.stereotype.Component;

/** Reads what consumers leave beside the files that they move to {@code failed}. */
@Component
public class SpoolReceipts {

  private static final int LONGEST_REASON = 500;
  private static final String REASON = ".reason.txt";

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
}
