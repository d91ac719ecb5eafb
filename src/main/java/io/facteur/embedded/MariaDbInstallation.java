package io.facteur.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/**
 * MariaDB's programs and the folder they work on.
 *
 * @param base of the programs
 * @param folder that holds data, log and temporary files
 */
record MariaDbInstallation(Path base, Path folder) {

  private static final List<String> SYSTEM_TABLES =
      List.of(
          "mariadb_system_tables.sql",
          "mariadb_performance_tables.sql",
          "mariadb_system_tables_data.sql",
          "maria_add_gis_sp_bootstrap.sql");

  Path data() {
    return folder.resolve("data");
  }

  Path log() {
    return folder.resolve("mariadb.log");
  }

  boolean isInstalled() {
    return Files.isDirectory(data());
  }

  /** Makes the data folder; under its final name it is whole. */
  void install() throws IOException {
    Path unfinished = folder.resolve("data.unfinished");
    FileSystemUtils.deleteRecursively(unfinished);
    Files.createDirectories(unfinished);
    List<String> statements = new ArrayList<>();
    statements.add("CREATE DATABASE mysql;\nUSE mysql;\nSET @auth_root_socket = NULL;\n");
    for (String name : SYSTEM_TABLES) {
      statements.add(Files.readString(base.resolve("share").resolve(name)));
    }
    // Nobody but the application's user gets in; that one is made at each start.
    statements.add("\nDELETE FROM global_priv WHERE User = 'root';\nDELETE FROM proxies_priv;\n");
    bootstrap(unfinished, statements);
    Files.move(unfinished, data(), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Carries out statements on a data folder without a running server. */
  void bootstrap(Path data, List<String> statements) throws IOException {
    Path installLog = folder.resolve("install.log");
    List<String> command = program(data);
    command.add("--bootstrap");
    command.add("--max-allowed-packet=8M");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(installLog.toFile())
            .start();
    try (OutputStream out = process.getOutputStream()) {
      for (String each : statements) {
        out.write(each.getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      // It has ended before it had read all: its status and log say why.
      process.destroy();
    }
    int status = process.onExit().join().exitValue();
    if (status != 0) {
      throw new IOException("the installation ended with status " + status + lastError(installLog));
    }
  }

  /** Makes room for temporary files and a new log; the last one is kept for questions. */
  void prepareStart() throws IOException {
    if (Files.exists(log())) {
      Path previous = folder.resolve("mariadb.previous.log");
      Files.move(log(), previous, StandardCopyOption.REPLACE_EXISTING);
    }
    FileSystemUtils.deleteRecursively(temporary());
    Files.createDirectories(temporary());
  }

  /** The command that starts the server for connections from this machine. */
  List<String> serverCommand(int port, Path initFile, List<String> options) {
    List<String> command = program(data());
    command.add("--bind-address=127.0.0.1");
    command.add("--port=" + port);
    // No socket: its path may not be longer than about 100 characters.
    command.add("--socket=");
    command.add("--tmpdir=" + temporary());
    command.add("--log-error=" + log());
    command.add("--init-file=" + initFile);
    command.add("--skip-name-resolve");
    command.add("--local-infile=0");
    command.add("--default-time-zone=+00:00");
    command.add("--character-set-server=utf8mb4");
    command.add("--transaction-isolation=READ-COMMITTED");
    command.add("--max-allowed-packet=64M");
    command.addAll(options);
    return command;
  }

  /** The last error of a log, as {@code ": text"}; empty if it names none. */
  static String lastError(Path log) {
    try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
      return lines
          .filter(line -> line.toUpperCase(Locale.ROOT).contains("ERROR"))
          .filter(line -> !line.contains("Aborting"))
          .reduce((first, second) -> second)
          .map(line -> ": " + line.replaceFirst("^.*\\[ERROR] *", ""))
          .orElse("");
    } catch (IOException e) {
      return "";
    }
  }

  private Path temporary() {
    return folder.resolve("tmp");
  }

  private List<String> program(Path data) {
    boolean windows = Files.exists(base.resolve("bin/mariadbd.exe"));
    List<String> command = new ArrayList<>();
    command.add(base.resolve(windows ? "bin/mariadbd.exe" : "bin/mariadbd").toString());
    command.add("--no-defaults");
    command.add("--basedir=" + base);
    command.add("--lc-messages-dir=" + base.resolve("share"));
    command.add("--datadir=" + data);
    command.add("--skip-ssl");
    if (System.getProperty("user.name").equals("root")) {
      // MariaDB runs as root only if told so.
      command.add("--user=root");
    }
    return command;
  }
}
