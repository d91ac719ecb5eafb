package io.facteur.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.facteur.testing.TestCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Against a server that writes a binary log, as a replicated one of a user does. */
class ExternalDatabaseTest {

  private static final String SECRET = "s3cret-of-the-office";
  private static final Duration NO_WAIT = Duration.ZERO;

  private static EmbeddedMariaDb server;
  private static JdbcClient admin;
  private static Path trusted;
  private static Path untrusted;

  private final List<String> steps = new ArrayList<>();

  @BeforeAll
  static void startServer() throws Exception {
    Path folder = TestFolders.fresh("external");
    MariaDbInstallation installation = new MariaDbInstallation(TestFolders.programs(), folder);
    installation.install();
    createAdmin(installation);
    trusted = certificate(folder.resolve("tls"));
    untrusted = certificate(folder.resolve("other-tls"));
    server =
        EmbeddedMariaDb.start(
            folder,
            List.of(
                "--log-bin=binary-log",
                "--innodb-flush-method=nosync",
                "--ssl",
                "--ssl-cert=" + trusted,
                "--ssl-key=" + trusted.resolveSibling("key.pem")),
            step -> {});
    admin = admin(false);
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @BeforeEach
  void aDatabaseAndItsUser() {
    run("SET GLOBAL log_bin_trust_function_creators = 1");
    run("CREATE OR REPLACE DATABASE office CHARACTER SET utf8mb4");
    run("CREATE OR REPLACE USER office@'127.0.0.1' IDENTIFIED BY '" + SECRET + "'");
    run("GRANT ALL PRIVILEGES ON office.* TO office@'127.0.0.1'");
  }

  @Test
  void aUsableDatabaseIsTakenAndNothingStaysInIt() {
    check();

    assertThat(admin.sql("SHOW TABLES FROM office").query().listOfRows()).isEmpty();
    assertThat(steps).isEmpty();
  }

  @Test
  void aWrongPasswordIsRefusedAtOnceWithoutShowingIt() {
    StartRefusedException refused =
        refusal(
            new ExternalDatabase(url("office"), "office", "wrong-" + SECRET), Duration.ofHours(1));

    assertThat(refused)
        .hasMessage("The database at %s refuses the user 'office' or its password.", address());
    assertThat(refused.action()).startsWith("Correct SPRING_DATASOURCE_USERNAME and");
    assertThat(wholeTextOf(refused)).doesNotContain(SECRET);
  }

  @Test
  void aMissingDatabaseIsNamedWithTheStatementThatCreatesIt() {
    run("GRANT ALL PRIVILEGES ON *.* TO office@'127.0.0.1'");

    StartRefusedException refused =
        refusal(new ExternalDatabase(url("nowhere"), "office", SECRET), NO_WAIT);

    assertThat(refused).hasMessage("There is no database 'nowhere' on %s.", address());
    assertThat(refused.action()).contains("CREATE DATABASE `nowhere` CHARACTER SET utf8mb4");
  }

  @Test
  void aDatabaseThatTheUserMayNotUseIsNamed() {
    StartRefusedException refused =
        refusal(new ExternalDatabase(url("elsewhere"), "office", SECRET), NO_WAIT);

    assertThat(refused)
        .hasMessage(
            "The user 'office' may not use the database 'elsewhere' on %s, or it does not exist.",
            address());
    assertThat(refused.action()).contains("GRANT ALL PRIVILEGES ON `elsewhere`.* TO 'office'");
  }

  @Test
  void aMissingTriggerPrivilegeIsFoundBeforeTheFirstMigration() {
    run("REVOKE TRIGGER ON office.* FROM office@'127.0.0.1'");

    StartRefusedException refused = refusal(office(), NO_WAIT);

    assertThat(refused)
        .hasMessageStartingWith(
            "The user 'office' may not create tables and triggers in the database 'office' on "
                + address()
                + ": ")
        .hasMessageContaining("TRIGGER command denied");
    assertThat(refused.action())
        .isEqualTo(
            "On the server: GRANT ALL PRIVILEGES ON `office`.* TO 'office'@'<this machine>';");
    assertThat(admin.sql("SHOW TABLES FROM office").query().listOfRows()).isEmpty();
  }

  @Test
  void aBinaryLogThatForbidsTriggersIsFoundBeforeTheFirstMigration() {
    run("SET GLOBAL log_bin_trust_function_creators = 0");

    StartRefusedException refused = refusal(office(), NO_WAIT);

    assertThat(refused)
        .hasMessage(
            "The database at %s does not let the user 'office' create triggers: its binary log is"
                + " on and log_bin_trust_function_creators is off.",
            address());
    assertThat(refused.action()).contains("log_bin_trust_function_creators = 1");
  }

  @Test
  void onceMigratedNothingIsTriedOutAnyMore() {
    run("CREATE TABLE office.flyway_schema_history (id INT)");
    run("SET GLOBAL log_bin_trust_function_creators = 0");

    assertThatCode(this::check).doesNotThrowAnyException();
  }

  @Test
  void aServerThatCannotBeReachedIsNamedWithTheReason() throws IOException {
    int port = freePort();
    String url = "jdbc:mariadb://127.0.0.1:" + port + "/office?user=office&password=" + SECRET;

    StartRefusedException refused =
        refusal(new ExternalDatabase(url, null, null), Duration.ofMillis(1));

    assertThat(refused)
        .hasMessageStartingWith("The database at 127.0.0.1:" + port + " cannot be reached: ")
        .hasMessageContaining("Connection refused")
        .hasMessageEndingWith("(waited 0 s).");
    assertThat(refused.action()).contains("FACTEUR_DATABASE_WAIT");
    assertThat(wholeTextOf(refused)).doesNotContain(SECRET);
    assertThat(ExternalDatabase.describe(url)).isEqualTo("database office on 127.0.0.1:" + port);
  }

  @Test
  void aServerThatComesUpLaterIsWaitedFor() throws Exception {
    int port = freePort();
    List<PortForward> forwards = new ArrayList<>();
    ExternalDatabase database =
        new ExternalDatabase("jdbc:mariadb://127.0.0.1:" + port + "/office", "office", SECRET);

    database.awaitUsable(
        Duration.ofSeconds(30),
        step -> {
          steps.add(step);
          forwards.add(PortForward.open(port, server.port()));
        });

    forwards.forEach(PortForward::close);
    assertThat(steps)
        .singleElement()
        .asString()
        .startsWith("waiting for the database at 127.0.0.1:" + port + ": ")
        .endsWith("(0 s of 30 s)");
  }

  @Test
  void whoeverStopsTheStartDoesNotWaitAsWell() throws IOException {
    ExternalDatabase database =
        new ExternalDatabase("jdbc:mariadb://127.0.0.1:" + freePort() + "/x", "office", SECRET);
    Thread waiting = Thread.currentThread();

    StartRefusedException refused =
        catchThrowableOfType(
            StartRefusedException.class,
            () -> database.awaitUsable(Duration.ofHours(1), step -> waiting.interrupt()));

    assertThat(Thread.interrupted()).isTrue();
    assertThat(refused).hasMessageStartingWith("The start was stopped while it waited");
  }

  @Test
  void aUrlOfAnotherDatabaseOrWithoutDatabaseIsRefused() {
    assertThat(
            catchThrowableOfType(
                StartRefusedException.class,
                () -> new ExternalDatabase("jdbc:postgresql://db/x?password=" + SECRET, "a", "b")))
        .hasMessage("SPRING_DATASOURCE_URL is not a URL of MariaDB's driver.");
    assertThat(refusal(new ExternalDatabase(url(""), "office", SECRET), NO_WAIT))
        .hasMessage("SPRING_DATASOURCE_URL names no database on %s.", address());
  }

  /** Whatever is wrong in a URL with a password in it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:mariadb://office:%s@127.0.0.1:1/office",
        "jdbc:mariadb://office:%s@127.0.0.1/office",
        "jdbc:mariadb://127.0.0.1:port%s/office",
        "jdbc:mariadb://127.0.0.1:1/office?user=office&password=%s&sslMode=always",
        "jdbc:mariadb://127.0.0.1:1/office?user=office&password=%s&connectTimeout=soon",
        "jdbc:mariadb://127.0.0.1:1/office;user=office;password=%s",
        "jdbc:mariadb://127.0.0.1:1/?user=office&password=%s",
        "jdbc:mariadb://127.0.0.1:1?user=office&password=%s",
        "jdbc:mariadb:sequentially://127.0.0.1:1,127.0.0.1:2/office?password=%s",
        "jdbc:mariadb://address=(host=127.0.0.1)(port=1)(password=%s)/office",
        "mariadb://office:%s@127.0.0.1/office"
      })
  void noPartOfAUrlThatCouldBeAPasswordIsRepeated(String url) {
    StartRefusedException refused =
        catchThrowableOfType(
            StartRefusedException.class,
            () -> {
              String full = url.formatted(SECRET);
              steps.add(ExternalDatabase.describe(full));
              new ExternalDatabase(full, null, null).awaitUsable(NO_WAIT, steps::add);
            });

    assertThat(wholeTextOf(refused)).doesNotContain(SECRET);
    assertThat(steps).noneMatch(step -> step.contains(SECRET));
  }

  @Test
  void aTrustedCertificateOfTheHostIsTakenAndTheConnectionIsEncrypted() throws Exception {
    String url = url("office") + "?sslMode=verify-full&serverSslCert=" + trusted;
    run("SET GLOBAL require_secure_transport = 1");
    try {
      new ExternalDatabase(url, "office", SECRET).awaitUsable(NO_WAIT, steps::add);

      String cipher =
          JdbcClient.create(new DriverManagerDataSource(url, "office", SECRET))
              .sql("SHOW SESSION STATUS LIKE 'Ssl_cipher'")
              .query((row, i) -> row.getString(2))
              .single();
      assertThat(cipher).startsWith("TLS");
      StartRefusedException refused = refusal(office(), NO_WAIT);
      assertThat(refused).as("without TLS").hasMessageContaining("secure transport");
    } finally {
      admin(true).sql("SET GLOBAL require_secure_transport = 0").update();
    }
  }

  @Test
  void anUntrustedCertificateIsRefusedAtOnce() {
    String url = url("office") + "?sslMode=verify-full&serverSslCert=" + untrusted;

    StartRefusedException refused = refusal(new ExternalDatabase(url, "office", SECRET), NO_WAIT);

    assertThat(refused)
        .hasMessageStartingWith("The database at " + address() + " cannot be reached securely: ");
    assertThat(refused.action()).contains("serverSslCert");
    assertThat(wholeTextOf(refused)).doesNotContain(SECRET);
  }

  @Test
  void aCertificateOfAnotherHostIsRefusedAtOnce() {
    String url =
        "jdbc:mariadb://localhost:%d/office?sslMode=verify-full&serverSslCert=%s"
            .formatted(server.port(), trusted);

    StartRefusedException refused = refusal(new ExternalDatabase(url, "office", SECRET), NO_WAIT);

    assertThat(refused)
        .hasMessageContaining("cannot be reached securely: ")
        .hasMessageContaining("localhost");
  }

  @Test
  void onlyAConnectionToAnotherMachineHasToBeEncrypted() {
    assertThat(ExternalDatabase.warning("db.example.com:3306", List.of("10.0.0.5"), ""))
        .hasValueSatisfying(
            text -> assertThat(text).contains("db.example.com:3306", "sslMode=verify-full"));
    assertThat(ExternalDatabase.warning("10.0.0.5:3306", List.of("10.0.0.5"), "TLS_AES")).isEmpty();
    assertThat(ExternalDatabase.warning("x", List.of("127.0.0.1", "localhost", "::1"), ""))
        .isEmpty();
  }

  private void check() {
    office().awaitUsable(NO_WAIT, steps::add);
  }

  private static ExternalDatabase office() {
    return new ExternalDatabase(url("office"), "office", SECRET);
  }

  private StartRefusedException refusal(ExternalDatabase database, Duration wait) {
    return catchThrowableOfType(
        StartRefusedException.class, () -> database.awaitUsable(wait, steps::add));
  }

  private static String wholeTextOf(StartRefusedException refused) {
    StringBuilder text = new StringBuilder(refused.action());
    for (Throwable cause = refused; cause != null; cause = cause.getCause()) {
      text.append(cause);
    }
    return text.toString();
  }

  private static String url(String database) {
    return "jdbc:mariadb://" + address() + "/" + database;
  }

  private static String address() {
    return "127.0.0.1:" + server.port();
  }

  private static void run(String sql) {
    admin.sql(sql).update();
  }

  private static JdbcClient admin(boolean secured) {
    String options = secured ? "?sslMode=verify-full&serverSslCert=" + trusted : "";
    return JdbcClient.create(new DriverManagerDataSource(url("mysql") + options, "admin", ""));
  }

  private static Path certificate(Path folder) throws Exception {
    Files.createDirectories(folder);
    TestCertificate made = TestCertificate.of(folder, "ip:127.0.0.1");
    Files.writeString(folder.resolve("key.pem"), made.keyPem());
    return Files.writeString(folder.resolve("certificate.pem"), made.certificatePem());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** The product has no such user: added as the installation itself adds rows. */
  private static void createAdmin(MariaDbInstallation installation) throws Exception {
    installation.bootstrap(
        installation.data(),
        List.of(
            """
            USE mysql;
            INSERT INTO global_priv VALUES ('127.0.0.1', 'admin', '{"access": 18446744073709551615}');
            """));
  }
}
