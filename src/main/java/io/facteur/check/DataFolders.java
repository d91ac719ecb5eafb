package io.facteur.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.springframework.core.env.PropertyResolver;

/**
 * The folders that Facteur writes to. They are made for their owner, and to be read by the group,
 * of which consumers of files may be; other users of the machine see nothing of what lies below.
 */
final class DataFolders {

  private static final List<String> SETTINGS =
      List.of(
          "facteur.data", "facteur.store", "facteur.spool", "facteur.outbox", "facteur.archive");
  private static final String PERMISSIONS = "rwxr-x---";

  private DataFolders() {}

  /**
   * Makes those that are not there; others keep the permissions that they have.
   *
   * @return what could not be made, and why
   */
  static List<String> create(PropertyResolver settings) {
    List<String> findings = new ArrayList<>();
    for (String setting : SETTINGS) {
      Path folder = Path.of(settings.getRequiredProperty(setting)).toAbsolutePath();
      try {
        if (!Files.isDirectory(folder)) {
          Files.createDirectories(folder.getParent());
          Files.createDirectory(folder, permissions(folder));
        }
      } catch (IOException e) {
        findings.add(
            "setting '%s': the folder %s cannot be made: %s".formatted(setting, folder, e));
      }
    }
    return findings;
  }

  private static FileAttribute<?>[] permissions(Path folder) {
    return folder.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(PERMISSIONS))
        }
        : new FileAttribute<?>[0];
  }
}
