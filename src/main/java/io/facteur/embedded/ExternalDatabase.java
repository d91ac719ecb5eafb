package io.facteur.embedded;

import java.security.cert.CertificateException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import org.mariadb.jdbc.Configuration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A database server of the user's: waited for, then looked over before anything relies on it. */
final class ExternalDatabase {

  private static final Logger log = LoggerFactory.getLogger(ExternalDatabase.class);
  private static final Pattern THIS_MACHINE =
      Pattern.compile("localhost|127\\..*|\\[?(::1|0:0:0:0:0:0:0:1)]?", Pattern.CASE_INSENSITIVE);

  private static final Pattern PARAMETERS = Pattern.compile("[;=&?]");

  /** The driver has no type of its own for it. */
  private static final String HOST_NAME_DIFFERS = "SSL hostname verification failed";

  private static final long PAUSE_MILLIS = 500;
  private static final Duration PROGRESS_EVERY = Duration.ofSeconds(5);

  private static final int ACCESS_DENIED = 1045;
  private static final int ACCESS_DENIED_NO_PASSWORD = 1698;
  private static final int DATABASE_DENIED = 1044;
  private static final int UNKNOWN_DATABASE = 1049;
  private static final int HOST_NOT_ALLOWED = 1130;
  private static final int TRIGGERS_NEED_TRUST = 1419;

  private final String url;
  private final String username;
  private final String password;
  private final String server;
  private final List<String> hosts;
  private final String database;

  ExternalDatabase(String url, String username, String password) {
    Configuration parsed = parse(url);
    this.url = url;
    this.username = username == null ? parsed.user() : username;
    this.password = password;
    this.server =
        parsed.addresses().stream()
            .map(address -> address.host + ":" + address.port)
            .collect(Collectors.joining(", "));
    this.hosts = parsed.addresses().stream().map(address -> address.host).toList();
    this.database = parsed.database();
  }

  /**
   * Waits until the server answers, then checks all that a start needs.
   *
   * @throws StartRefusedException naming server, reason and what to do
   */
  void awaitUsable(Duration wait, Progress progress) {
    if (database == null || database.isBlank()) {
      throw new StartRefusedException(
          "SPRING_DATASOURCE_URL names no database on " + server + ".",
          "Write it like jdbc:mariadb://" + server + "/facteur.");
    }
    try (Connection connection = awaitConnection(wait, progress);
        Statement statement = connection.createStatement()) {
      checkServer(statement);
      warning(server, hosts, cipher(statement)).ifPresent(log::warn);
      if (!isMigrated(connection)) {
        tryTrigger(statement);
      }
    } catch (SQLException e) {
      throw new StartRefusedException(
          "The database at " + server + " cannot be used: " + e.getMessage() + ".",
          "Correct the cause, then start again.",
          e);
    }
  }

  /** What to say of a connection that others on the way can read. */
  static Optional<String> warning(String server, List<String> hosts, String cipher) {
    boolean readable =
        cipher.isEmpty() && hosts.stream().anyMatch(host -> !THIS_MACHINE.matcher(host).matches());
    return readable
        ? Optional.of(
            "The connection to the database at "
                + server
                + " is not encrypted: add sslMode=verify-full to SPRING_DATASOURCE_URL"
                + " (docs/operations.md, Database).")
        : Optional.empty();
  }

  private static String cipher(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery("SHOW SESSION STATUS LIKE 'Ssl_cipher'")) {
      return row.next() ? row.getString(2) : "";
    }
  }

  /** The database in words, without anything secret. */
  static String describe(String url) {
    ExternalDatabase external = new ExternalDatabase(url, null, null);
    return "database " + external.database + " on " + external.server;
  }

  private Connection awaitConnection(Duration wait, Progress progress) {
    // Whoever stops Facteur meanwhile does not wait as well.
    Thread interrupter = new Thread(Thread.currentThread()::interrupt, "stop-waiting");
    Runtime.getRuntime().addShutdownHook(interrupter);
    try {
      return connectWithin(wait, progress);
    } finally {
      try {
        Runtime.getRuntime().removeShutdownHook(interrupter);
      } catch (IllegalStateException e) {
        // It is at work.
      }
    }
  }

  private Connection connectWithin(Duration wait, Progress progress) {
    long start = System.nanoTime();
    long nextProgress = 0;
    while (true) {
      SQLException failure;
      try {
        return connect();
      } catch (SQLException e) {
        refuseIfWaitingIsUseless(e);
        failure = e;
      }
      Duration waited = Duration.ofNanos(System.nanoTime() - start);
      if (waited.compareTo(wait) >= 0) {
        throw unreachable(failure, wait);
      }
      if (waited.toNanos() >= nextProgress) {
        progress.step(
            "waiting for the database at %s: %s (%d s of %d s)"
                .formatted(server, reason(failure), waited.toSeconds(), wait.toSeconds()));
        nextProgress = waited.plus(PROGRESS_EVERY).toNanos();
      }
      pause();
    }
  }

  private Connection connect() throws SQLException {
    Properties properties = new Properties();
    if (username != null) {
      properties.setProperty("user", username);
    }
    if (password != null) {
      properties.setProperty("password", password);
    }
    properties.setProperty("connectTimeout", "5000");
    return DriverManager.getConnection(url, properties);
  }

  private void refuseIfWaitingIsUseless(SQLException failure) {
    if (isOfTls(failure)) {
      throw new StartRefusedException(
          "The database at " + server + " cannot be reached securely: " + reason(failure) + ".",
          "Check sslMode and serverSslCert in SPRING_DATASOURCE_URL, and that the server's"
              + " certificate names the host as the URL does (docs/operations.md, Database).",
          failure);
    }
    switch (errorCode(failure)) {
      case ACCESS_DENIED, ACCESS_DENIED_NO_PASSWORD ->
          throw new StartRefusedException(
              "The database at " + server + " refuses the user '" + username + "' or its password.",
              "Correct SPRING_DATASOURCE_USERNAME and SPRING_DATASOURCE_PASSWORD, and check that"
                  + " this user may connect from this machine.");
      case HOST_NOT_ALLOWED ->
          throw new StartRefusedException(
              "The database at " + server + " takes no connections from this machine.",
              "Create the user for this machine's address: " + grant());
      case DATABASE_DENIED ->
          throw new StartRefusedException(
              "The user '%s' may not use the database '%s' on %s, or it does not exist."
                  .formatted(username, database, server),
              createDatabase());
      case UNKNOWN_DATABASE ->
          throw new StartRefusedException(
              "There is no database '" + database + "' on " + server + ".", createDatabase());
      default -> {
        boolean connectionProblem =
            failure.getSQLState() == null || failure.getSQLState().startsWith("08");
        if (!connectionProblem) {
          throw new StartRefusedException(
              "The database at " + server + " refuses the connection: " + reason(failure) + ".",
              "Check SPRING_DATASOURCE_URL and the user's settings on the server.",
              failure);
        }
      }
    }
  }

  private StartRefusedException unreachable(SQLException failure, Duration wait) {
    return new StartRefusedException(
        "The database at %s cannot be reached: %s (waited %d s)."
            .formatted(server, reason(failure), wait.toSeconds()),
        "Check that MariaDB runs there, that this machine may connect to it, and"
            + " SPRING_DATASOURCE_URL. FACTEUR_DATABASE_WAIT (e.g. PT5M) waits longer.",
        failure);
  }

  private void checkServer(Statement statement) throws SQLException {
    String version = value(statement, "SELECT VERSION()");
    DatabaseVersion.problem(version)
        .ifPresent(
            problem -> {
              throw new StartRefusedException(
                  "The database at " + server + " cannot be used: " + problem + ".",
                  "Facteur needs MariaDB 10.6 or later; 11.4 is the version it is tested with.");
            });
  }

  private static boolean isMigrated(Connection connection) throws SQLException {
    try (ResultSet tables =
        connection
            .getMetaData()
            .getTables(connection.getCatalog(), null, "flyway_schema_history", null)) {
      return tables.next();
    }
  }

  /**
   * Found out by doing it, as privileges may come by roles: MariaDB does not take back a migration
   * that fails half way for a missing privilege.
   */
  private void tryTrigger(Statement statement) throws SQLException {
    String name = "facteur_check_" + UUID.randomUUID().toString().replace('-', '_');
    try {
      statement.execute("CREATE TABLE " + name + " (id INT)");
      try {
        statement.execute(
            "CREATE TRIGGER %s BEFORE INSERT ON %s FOR EACH ROW SET NEW.id = 1"
                .formatted(name, name));
      } finally {
        statement.execute("DROP TABLE " + name);
      }
    } catch (SQLException e) {
      if (errorCode(e) == TRIGGERS_NEED_TRUST) {
        throw new StartRefusedException(
            "The database at %s does not let the user '%s' create triggers: its binary log is on"
                    .formatted(server, username)
                + " and log_bin_trust_function_creators is off.",
            "Set log_bin_trust_function_creators = 1 in the server's configuration (Facteur's"
                + " triggers are deterministic).",
            e);
      }
      throw new StartRefusedException(
          "The user '%s' may not create tables and triggers in the database '%s' on %s: %s."
              .formatted(username, database, server, reason(e)),
          "On the server: " + grant(),
          e);
    }
  }

  private String createDatabase() {
    return "On the server: CREATE DATABASE `" + database + "` CHARACTER SET utf8mb4; " + grant();
  }

  private String grant() {
    return "GRANT ALL PRIVILEGES ON `%s`.* TO '%s'@'<this machine>';".formatted(database, username);
  }

  private static Configuration parse(String url) {
    try {
      Configuration parsed = Configuration.parse(url);
      if (parsed != null && !hasParametersInName(parsed.database())) {
        return parsed;
      }
    } catch (SQLException e) {
      // The driver's message may repeat the URL, and with it a password.
    }
    throw new StartRefusedException(
        "SPRING_DATASOURCE_URL is not a URL of MariaDB's driver.",
        "Write it like jdbc:mariadb://db.example.com:3306/facteur.");
  }

  /** As other drivers write them: a password would be told as a part of the database's name. */
  private static boolean hasParametersInName(String database) {
    return database != null && PARAMETERS.matcher(database).find();
  }

  private static String value(Statement statement, String sql) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  /** Another attempt would fail as well: certificates do not change by waiting. */
  private static boolean isOfTls(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      boolean nameDiffers = String.valueOf(cause.getMessage()).contains(HOST_NAME_DIFFERS);
      if (nameDiffers || cause instanceof SSLException || cause instanceof CertificateException) {
        return true;
      }
    }
    return false;
  }

  private static int errorCode(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException e && e.getErrorCode() != 0) {
        return e.getErrorCode();
      }
    }
    return 0;
  }

  private static String reason(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root instanceof java.net.UnknownHostException
        ? "unknown host " + root.getMessage()
        : String.valueOf(root.getMessage()).strip();
  }

  private void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartRefusedException(
          "The start was stopped while it waited for the database at " + server + ".",
          "Nothing was changed: start again whenever you like.",
          e);
    }
  }
}
