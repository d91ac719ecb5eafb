package io.facteur.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.util.FileSystemUtils;

/** Folders for servers of their own; MariaDB's programs are unpacked once for all of them. */
public final class TestFolders {

  private static final Path ROOT = Path.of("target", "embedded-test").toAbsolutePath();

  private TestFolders() {}

  /** An empty folder, but for MariaDB's programs. */
  public static Path fresh(String name) throws IOException {
    Path folder = ROOT.resolve(name);
    FileSystemUtils.deleteRecursively(folder);
    Files.createDirectories(folder);
    Path programs = programs();
    Files.createSymbolicLink(folder.resolve(programs.getFileName()), programs);
    return folder;
  }

  static Path programs() throws IOException {
    Path shared = Files.createDirectories(ROOT.resolve("programs"));
    return MariaDbBinaries.find().orElseThrow().unpackBelow(shared, step -> {});
  }
}
