package io.facteur.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facteur.testing.TestDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.support.TransactionTemplate;

/** A transaction that the server carries out in one round trip is whole, or leaves nothing. */
class RoundTripTest {

  private static final String BOTH =
      """
          IF COALESCE((SELECT MAX(n) FROM counter WHERE name IN (:names) LOCK IN SHARE MODE), 0) >= 0 THEN
            UPDATE counter SET n = n + :more WHERE name IN (:names);
            SET changed = ROW_COUNT();
          END IF;
          """;
  private static final String BROKEN =
      """
          UPDATE counter SET n = n + :more;
          SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'not this one';
          """;
  private static final String SLOW =
      """
          UPDATE counter SET n = n + :more;
          SET changed = SLEEP(60);
          UPDATE counter SET n = n + :more;
          """;

  private static DataSource database;

  private SingleConnectionDataSource session;
  private RoundTrip roundTrip;

  @BeforeAll
  static void create() {
    database = TestDatabase.fresh();
    JdbcClient.create(database)
        .sql("CREATE TABLE counter (name CHAR(1) PRIMARY KEY, n INT NOT NULL) ENGINE = InnoDB")
        .update();
  }

  @BeforeEach
  void open() throws SQLException {
    session = new SingleConnectionDataSource(database.getConnection(), true);
    roundTrip = new RoundTrip(new JdbcTemplate(session));
    counted().sql("REPLACE INTO counter (name, n) VALUES ('a', 0), ('b', 0)").update();
  }

  @AfterEach
  void close() {
    session.destroy();
  }

  @Test
  void itIsCommittedAndTellsWhetherItHasChangedSomething() {
    assertThat(roundTrip.changes(BOTH, Map.of("more", 2, "names", List.of("a", "b")))).isTrue();
    assertThat(roundTrip.changes(BOTH, Map.of("more", 1, "names", List.of("b")))).isTrue();
    assertThat(roundTrip.changes(BOTH, Map.of("more", 1, "names", List.of("c")))).isFalse();

    assertThat(counts()).containsExactly(2, 3);
    assertNothingIsOpen();
  }

  @Test
  void aSecondSessionIsGivenTheTextAsWell() throws SQLException {
    roundTrip.changes(BOTH, Map.of("more", 1, "names", List.of("a")));
    session.destroy();
    session = new SingleConnectionDataSource(database.getConnection(), true);
    roundTrip = new RoundTrip(new JdbcTemplate(session));

    assertThat(roundTrip.changes(BOTH, Map.of("more", 1, "names", List.of("a")))).isTrue();

    assertThat(counts()).containsExactly(2, 0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TRIGGER counted BEFORE UPDATE ON counter FOR EACH ROW SET NEW.n = NEW.n",
        "DROP TRIGGER IF EXISTS counted",
        "ALTER TABLE counter ADD COLUMN IF NOT EXISTS later INT",
        "ALTER TABLE counter DROP COLUMN IF EXISTS later"
      })
  void aTableThatIsChangedMeanwhileIsFoundAsItIs(String change) {
    roundTrip.changes(BOTH, Map.of("more", 1, "names", List.of("a")));

    counted().sql(change).update();

    assertThat(roundTrip.changes(BOTH, Map.of("more", 1, "names", List.of("a")))).isTrue();
    assertThat(roundTrip.changes(BOTH, Map.of("more", 1, "names", List.of("a")))).isTrue();
    assertThat(counts().get(0)).isEqualTo(3);
  }

  @Test
  void whatFailsIsUndoneAndLeavesNothingOpenForWhoeverHasTheConnectionNext() {
    assertThatThrownBy(() -> roundTrip.changes(BROKEN, Map.of("more", 1)))
        .isInstanceOf(DataAccessException.class)
        .hasMessageContaining("not this one");

    assertNothingIsOpen();
    assertThat(counts()).containsExactly(0, 0);
  }

  @Test
  void whatAnAdministratorEndsIsUndoneAndLeavesNothingOpen() {
    CompletableFuture<Boolean> slow =
        CompletableFuture.supplyAsync(() -> roundTrip.changes(SLOW, Map.of("more", 1)));
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> !sleeping().isEmpty());

    counted().sql("KILL QUERY ?").param(sleeping().get(0)).update();

    assertThatThrownBy(slow::join).hasCauseInstanceOf(DataAccessException.class);
    assertNothingIsOpen();
    assertThat(counts()).containsExactly(0, 0);
  }

  @Test
  void itDoesNotEndTheTransactionOfACaller() {
    TransactionTemplate caller = new TransactionTemplate(new DataSourceTransactionManager(session));

    assertThatThrownBy(
            () ->
                caller.execute(
                    tx -> roundTrip.changes(BOTH, Map.of("more", 1, "names", List.of("a")))))
        .isInstanceOf(IllegalStateException.class);

    assertThat(counts()).containsExactly(0, 0);
  }

  private void assertNothingIsOpen() {
    assertThat(
            JdbcClient.create(session).sql("SELECT @@in_transaction").query(Integer.class).single())
        .isZero();
  }

  private static List<Long> sleeping() {
    return counted()
        .sql(
            """
            SELECT id FROM information_schema.processlist
            WHERE db = DATABASE() AND state = 'User sleep'
            """)
        .query(Long.class)
        .list();
  }

  private static List<Integer> counts() {
    return counted().sql("SELECT n FROM counter ORDER BY name").query(Integer.class).list();
  }

  private static JdbcClient counted() {
    return JdbcClient.create(database);
  }
}
