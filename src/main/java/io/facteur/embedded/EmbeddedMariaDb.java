package io.facteur.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real MariaDB server of our own: unpacked, installed and started below one folder, reachable
 * from this machine only. A server that a killed process left running is taken over.
 */
public final class EmbeddedMariaDb implements AutoCloseable {

  public static final String USER = "facteur";

  /** All sessions use UTC, and instants are written as such whatever the JVM's time zone is. */
  public static final String UTC_SESSIONS =
      "connectionTimeZone=UTC&forceConnectionTimeZoneToSession=true&preserveInstants=true";

  /** Nothing that was committed is lost, whatever fails. */
  public static final List<String> DURABLE =
      List.of(
          "--innodb-flush-log-at-trx-commit=1",
          "--innodb-log-file-size=96M",
          "--innodb-buffer-pool-size=256M",
          "--max-connections=200");

  private static final Logger log = LoggerFactory.getLogger(EmbeddedMariaDb.class);
  private static final String DATABASE = "facteur";
  private static final Duration START_PATIENCE = Duration.ofMinutes(5);
  private static final Duration STOP_PATIENCE = Duration.ofMinutes(1);
  private static final int ATTEMPTS = 3;

  private final Path folder;
  private final Path state;
  private final String password;
  private final FolderLock lock;
  private MariaDbProcess process;
  private boolean adopted;

  private EmbeddedMariaDb(Path folder, FolderLock lock) throws IOException {
    this.folder = folder;
    this.lock = lock;
    this.state = folder.resolve("server.properties");
    this.password = SecretFile.readOrGenerate(folder.resolve("password"));
  }

  /**
   * Starts the server of a folder, or takes over the one that still runs on it.
   *
   * @param options for durability and sizes; the rest is the same everywhere
   * @throws StartRefusedException naming the reason and what to do
   */
  public static EmbeddedMariaDb start(Path folder, List<String> options, Progress progress) {
    Path absolute = folder.toAbsolutePath().normalize();
    try {
      SecretFile.createFolder(absolute);
      FolderLock lock =
          FolderLock.tryLock(absolute).orElseThrow(() -> StartRefusedException.inUse(absolute));
      try {
        EmbeddedMariaDb server = new EmbeddedMariaDb(absolute, lock);
        server.adoptOrStart(options, progress);
        return server;
      } catch (IOException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (IOException e) {
      throw StartRefusedException.unusable(absolute, e);
    }
  }

  public String jdbcUrl() {
    return jdbcUrl(DATABASE);
  }

  public String jdbcUrl(String database) {
    return jdbcUrl(process.port(), database);
  }

  public String password() {
    return password;
  }

  public int port() {
    return process.port();
  }

  public Path folder() {
    return folder;
  }

  /** Whether the server had been left running by an earlier process. */
  public boolean adopted() {
    return adopted;
  }

  public long pid() {
    return process.handle().pid();
  }

  /** Stops the server; everything that uses it has to be closed before. */
  @Override
  public void close() {
    log.info("Database: stopping process {}", pid());
    try (Connection connection = connect(process.port());
        Statement statement = connection.createStatement()) {
      // Also works where a process cannot be asked to end (Windows).
      statement.execute("SHUTDOWN");
    } catch (SQLException e) {
      log.debug("SHUTDOWN was not answered", e);
      process.end();
    }
    if (!process.hasEndedWithin(STOP_PATIENCE)) {
      process.end();
    }
    log.info("Database: stopped");
    try {
      lock.close();
    } catch (IOException e) {
      log.warn("The lock of {} could not be freed: {}", folder, e.getMessage());
    }
  }

  private void adoptOrStart(List<String> options, Progress progress) throws IOException {
    MariaDbBinaries binaries =
        MariaDbBinaries.find().orElseThrow(StartRefusedException::noDatabase);
    MariaDbInstallation installation =
        new MariaDbInstallation(folder.resolve(binaries.release()), folder);
    Optional<MariaDbProcess> leftover = MariaDbProcess.remembered(state);
    if (leftover.isPresent()) {
      if (isUsable(leftover.get(), installation, options)) {
        process = leftover.get();
        adopted = true;
        return;
      }
      progress.step("replacing a database server that an earlier run left behind");
      leftover.get().end();
    }
    binaries.unpackBelow(folder, progress);
    if (!installation.isInstalled()) {
      progress.step("installing the database");
      installation.install();
    }
    progress.step("starting the database");
    start(installation, options);
  }

  private boolean isUsable(
      MariaDbProcess leftover, MariaDbInstallation installation, List<String> options)
      throws IOException {
    String wanted = commandLine(installation, leftover.port(), options);
    return wanted.equals(leftover.command()) && answers(leftover.port(), installation);
  }

  private void start(MariaDbInstallation installation, List<String> options) throws IOException {
    int port = freePort(MariaDbProcess.rememberedPort(state));
    for (int attempt = 1; !startOn(port, installation, options); attempt++) {
      String reason = MariaDbInstallation.lastError(installation.log());
      if (attempt == ATTEMPTS || !reason.contains("port: " + port)) {
        throw StartRefusedException.serverFailed(
            folder, "it ended at once" + reason, installation.log());
      }
      // Somebody has taken it since it was looked for.
      port = freePort(0);
    }
  }

  private boolean startOn(int port, MariaDbInstallation installation, List<String> options)
      throws IOException {
    Path initFile = initFile();
    SecretFile.write(initFile, initStatements());
    installation.prepareStart();
    try {
      Process started =
          new ProcessBuilder(
                  MariaDbProcess.inOwnSession(installation.serverCommand(port, initFile, options)))
              .redirectInput(ProcessBuilder.Redirect.PIPE)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      process =
          new MariaDbProcess(started.toHandle(), port, commandLine(installation, port, options));
      process.remember(state);
      return isUp(installation);
    } finally {
      Files.deleteIfExists(initFile);
    }
  }

  private boolean isUp(MariaDbInstallation installation) {
    long deadline = System.nanoTime() + START_PATIENCE.toNanos();
    while (!answers(process.port(), installation)) {
      if (process.hasEndedWithin(Duration.ofMillis(50))) {
        return false;
      }
      if (System.nanoTime() > deadline) {
        process.end();
        String reason = "no answer within " + START_PATIENCE.toSeconds() + " s";
        throw StartRefusedException.serverFailed(folder, reason, installation.log());
      }
    }
    return true;
  }

  private boolean answers(int port, MariaDbInstallation installation) {
    try (Connection connection = connect(port);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT @@datadir")) {
      return row.next() && Files.isSameFile(Path.of(row.getString(1)), installation.data());
    } catch (SQLException | IOException e) {
      return false;
    }
  }

  private Connection connect(int port) throws SQLException {
    return DriverManager.getConnection(
        jdbcUrl(port, "") + "&connectTimeout=2000&socketTimeout=10000", USER, password);
  }

  private static String jdbcUrl(int port, String database) {
    return "jdbc:mariadb://127.0.0.1:" + port + "/" + database + "?" + UTC_SESSIONS;
  }

  private Path initFile() {
    return folder.resolve("init.sql");
  }

  private String commandLine(MariaDbInstallation installation, int port, List<String> options) {
    return String.join(" ", installation.serverCommand(port, initFile(), options));
  }

  /** One statement in each line; carried out at each start, before connections are taken. */
  private String initStatements() {
    return """
        CREATE DATABASE IF NOT EXISTS facteur CHARACTER SET utf8mb4;
        CREATE USER IF NOT EXISTS facteur@'127.0.0.1';
        ALTER USER facteur@'127.0.0.1' IDENTIFIED BY '%s';
        GRANT ALL PRIVILEGES ON `facteur%%`.* TO facteur@'127.0.0.1';
        GRANT SHUTDOWN ON *.* TO facteur@'127.0.0.1';
        """
        .formatted(password);
  }

  private static int freePort(int preferred) throws IOException {
    try (ServerSocket socket = new ServerSocket(preferred, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      if (preferred == 0) {
        throw e;
      }
      return freePort(0);
    }
  }
}
