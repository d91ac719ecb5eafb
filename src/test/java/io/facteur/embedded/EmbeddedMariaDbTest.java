package io.facteur.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class EmbeddedMariaDbTest {

  private static final List<String> OPTIONS =
      List.of("--innodb-flush-method=nosync", "--innodb-buffer-pool-size=64M");
  private static final List<String> OTHER_OPTIONS =
      List.of("--innodb-flush-method=nosync", "--innodb-buffer-pool-size=48M");

  private static Path folder;

  private final List<String> steps = new ArrayList<>();

  @BeforeAll
  static void installOnce() throws IOException {
    folder = TestFolders.fresh("server");
  }

  @Test
  void aRestartKeepsDataPasswordAndPort() {
    int port;
    String password;
    try (EmbeddedMariaDb first = start()) {
      port = first.port();
      password = first.password();
      database(first).sql("CREATE OR REPLACE TABLE kept (id INT)").update();
      database(first).sql("INSERT INTO kept VALUES (7)").update();
    }
    try (EmbeddedMariaDb second = start()) {
      assertThat(second.adopted()).isFalse();
      assertThat(second.port()).isEqualTo(port);
      assertThat(second.password()).isEqualTo(password);
      assertThat(number(second, "SELECT id FROM kept")).isEqualTo(7);
    }
  }

  @Test
  void aServerThatAKilledProcessLeftRunningIsTakenOver() throws Exception {
    KilledFacteur.leaveBehind(folder, OPTIONS);
    long leftover = rememberedPid();

    try (EmbeddedMariaDb server = start()) {
      assertThat(server.adopted()).isTrue();
      assertThat(server.pid()).isEqualTo(leftover);
      assertThat(number(server, "SELECT 1")).isEqualTo(1);
      assertThat(steps).isEmpty();
    }
    assertThat(ProcessHandle.of(leftover)).isEmpty();
  }

  @Test
  void aServerLeftRunningWithOtherSettingsIsReplaced() throws Exception {
    KilledFacteur.leaveBehind(folder, OTHER_OPTIONS);
    long leftover = rememberedPid();

    try (EmbeddedMariaDb server = start()) {
      assertThat(server.adopted()).isFalse();
      assertThat(ProcessHandle.of(leftover)).isEmpty();
      assertThat(number(server, "SELECT @@innodb_buffer_pool_size")).isEqualTo(64 << 20);
      assertThat(steps).contains("replacing a database server that an earlier run left behind");
    }
  }

  @Test
  void aStrangerWithTheRememberedProcessIdIsLeftAlone() throws Exception {
    start().close();
    Process stranger = new ProcessBuilder("sleep", "60").start();
    try {
      new MariaDbProcess(stranger.toHandle(), 1, "").remember(state());
      // As if that process had been started at another time than the server was.
      Files.writeString(
          state(), Files.readString(state()).replaceAll("started=.*", "started=yesterday"));

      start().close();

      assertThat(stranger.isAlive()).isTrue();
    } finally {
      stranger.destroyForcibly();
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aSignalToTheWholeProcessGroupDoesNotReachIt() throws Exception {
    try (EmbeddedMariaDb server = start()) {
      assertThat(processGroup(server.pid()))
          .isEqualTo(server.pid())
          .isNotEqualTo(processGroup(ProcessHandle.current().pid()));
    }
  }

  @Test
  void aPortTakenBySomebodyElseIsGivenUpForAnother() throws Exception {
    EmbeddedMariaDb first = start();
    int port = first.port();
    first.close();

    try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
        EmbeddedMariaDb second = start()) {
      assertThat(second.port()).isNotEqualTo(taken.getLocalPort());
    }
  }

  @Test
  void onlyOneProcessAtATimeUsesAFolder() {
    try (EmbeddedMariaDb server = start()) {
      assertThatThrownBy(this::start)
          .isInstanceOfSatisfying(
              StartRefusedException.class,
              refused ->
                  assertThat(refused.action())
                      .isEqualTo(
                          "Stop the other Facteur, or give this one a data folder of its own"
                              + " (FACTEUR_DATA)."))
          .hasMessage(
              "The embedded database in %s is in use by process %d.",
              folder, ProcessHandle.current().pid());
      assertThat(number(server, "SELECT 1")).isEqualTo(1);
    }
  }

  @Test
  void aServerThatCannotStartSaysWhyAndWhereItsLogIs() {
    assertThatThrownBy(() -> EmbeddedMariaDb.start(folder, List.of("--no-such-option"), steps::add))
        .isInstanceOfSatisfying(
            StartRefusedException.class,
            refused -> assertThat(refused.action()).contains(folder + "/mariadb.log"))
        .hasMessageContaining("does not start")
        .hasMessageContaining("unknown option '--no-such-option'");
    start().close();
  }

  @Test
  void itIsReachableFromThisMachineOnlyAndByTheApplicationsUserOnly() {
    try (EmbeddedMariaDb server = start()) {
      assertThat(text(server, "SELECT @@bind_address")).isEqualTo("127.0.0.1");
      assertThatThrownBy(() -> as(server, "root", "").sql("SELECT 1").query().listOfRows())
          .hasRootCauseInstanceOf(SQLException.class)
          .rootCause()
          .hasMessageContaining("Access denied for user 'root'");
      assertThatThrownBy(
              () -> database(server).sql("SELECT * FROM mysql.user").query().listOfRows())
          .rootCause()
          .hasMessageContaining("denied");
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void onlyItsOwnerCanReadThePasswordAndTheData() throws Exception {
    Path own = TestFolders.fresh("owner").resolve("mariadb");
    SecretFile.createFolder(own);
    Path password = own.resolve("password");
    String generated = SecretFile.readOrGenerate(password);

    assertThat(generated).hasSize(32).matches("[A-Za-z0-9_-]+");
    assertThat(SecretFile.readOrGenerate(password)).isEqualTo(generated);
    assertThat(permissions(password)).isEqualTo("rw-------");
    assertThat(permissions(own)).isEqualTo("rwx------");
  }

  private EmbeddedMariaDb start() {
    return EmbeddedMariaDb.start(folder, OPTIONS, steps::add);
  }

  private static Path state() {
    return folder.resolve("server.properties");
  }

  private static long rememberedPid() throws IOException {
    Properties known = new Properties();
    try (var in = Files.newInputStream(state())) {
      known.load(in);
    }
    return Long.parseLong(known.getProperty("pid"));
  }

  /**
   * The fifth field of the process's state; the second one, a name in brackets, may hold spaces.
   */
  private static long processGroup(long pid) throws IOException {
    String state = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
    return Long.parseLong(state.substring(state.lastIndexOf(')') + 2).split(" ", 4)[2]);
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private static JdbcClient database(EmbeddedMariaDb server) {
    return as(server, EmbeddedMariaDb.USER, server.password());
  }

  private static JdbcClient as(EmbeddedMariaDb server, String user, String password) {
    return JdbcClient.create(new DriverManagerDataSource(server.jdbcUrl(), user, password));
  }

  private static long number(EmbeddedMariaDb server, String sql) {
    return database(server).sql(sql).query(Long.class).single();
  }

  private static String text(EmbeddedMariaDb server, String sql) {
    return database(server).sql(sql).query(String.class).single();
  }
}
