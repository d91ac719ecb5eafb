package io.facteur.spool;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Reads what consumers report by moving files to {@code done} or {@code failed}. */
public final class SpoolReceipts {

  private static final int LONGEST_REASON = 500;
  private static final String REASON = ".reason.txt";

  /**
   * A file that lies in {@code done}.
   *
   * @throws IllegalArgumentException if it is not one of ours
   */
  public SpoolAcknowledgement done(File file) {
    return acknowledgement(file, true, null);
  }

  /**
   * A file that lies in {@code failed}; a reason may lie beside it in {@code <name>.reason.txt},
   * put there before the file is moved.
   *
   * @throws IllegalArgumentException if it is not one of ours
   */
  public SpoolAcknowledgement failed(File file) {
    SpoolFile.named(file.getName());
    return acknowledgement(file, false, reason(file));
  }

  private static SpoolAcknowledgement acknowledgement(File file, boolean done, String reason) {
    SpoolFile spooled = SpoolFile.named(file.getName());
    Map<String, String> evidence = new TreeMap<>();
    evidence.put("file", spooled.name());
    evidence.put("folder", done ? SpoolFolders.DONE : SpoolFolders.FAILED);
    return new SpoolAcknowledgement(
        spooled.channel(), spooled.transmission(), spooled.revision(), done, reason, evidence);
  }

  private static String reason(File file) {
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
