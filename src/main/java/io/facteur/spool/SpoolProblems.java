package io.facteur.spool;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Locale;

/** Says of a failed write what is wrong with the folder. */
final class SpoolProblems {

  private SpoolProblems() {}

  static String reason(Throwable error, Path folder) {
    String text = everything(error);
    String low = text.toLowerCase(Locale.ROOT);
    if (low.contains("no space left") || low.contains("quota exceeded")) {
      return "no space left for the folder " + folder + ": make room, it is tried again";
    }
    if (low.contains("permission denied")
        || low.contains(AccessDeniedException.class.getSimpleName().toLowerCase(Locale.ROOT))) {
      return "no permission to write into " + folder + ": grant it, it is tried again";
    }
    if (low.contains("read-only file system")) {
      return "the folder " + folder + " is read-only: mount it for writing, it is tried again";
    }
    return "the folder " + folder + " cannot be written: " + innermost(error);
  }

  private static String everything(Throwable error) {
    StringBuilder text = new StringBuilder();
    for (Throwable at = error; at != null; at = at.getCause()) {
      text.append(at).append('\n');
    }
    return text.toString();
  }

  private static String innermost(Throwable error) {
    Throwable at = error;
    while (at.getCause() != null) {
      at = at.getCause();
    }
    if (at instanceof FileSystemException file && file.getReason() == null) {
      return at.getClass().getSimpleName() + " " + file.getFile();
    }
    boolean plain = at.getClass() == IOException.class && at.getMessage() != null;
    return plain ? at.getMessage() : String.valueOf(at);
  }
}
