package io.facteur.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.facteur.testing.TestDatabase;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Of nodes that store the same schedule at once, one would fail to start. */
class StartTurnTest {

  private static final Duration LONG = Duration.ofMinutes(1);

  private DataSource database;
  private StartTurn first;

  @BeforeEach
  void aNodeStarts() {
    database =
        new DriverManagerDataSource(
            TestDatabase.emptyUrl(), TestDatabase.username(), TestDatabase.password());
    first = new StartTurn(database, LONG);
    first.await();
  }

  @Test
  void theNextNodeStartsWhenTheOneBeforeHasStarted() throws Exception {
    CompletableFuture<Void> next = startsNext();
    awaitSomebodyWaits();
    assertThat(next).isNotDone();

    first.end();

    next.get(30, TimeUnit.SECONDS);
  }

  @Test
  void aNodeThatDiesWhileItStartsHoldsNobodyUp() throws Exception {
    first.end();
    SingleConnectionDataSource connection = oneConnection();
    new StartTurn(connection, LONG).await();
    CompletableFuture<Void> next = startsNext();
    awaitSomebodyWaits();

    connection.destroy();

    next.get(30, TimeUnit.SECONDS);
  }

  @Test
  void whoeverWaitsSaysForWhomAndGoesOnWaiting() throws Exception {
    long holder = connectionOfHolder();
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    ((Logger) LoggerFactory.getLogger(StartTurn.class)).addAppender(log);
    StartTurn turn = new StartTurn(database, LONG, Duration.ofSeconds(1));
    CompletableFuture<Void> next = CompletableFuture.runAsync(turn::await);

    Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> log.list.size() >= 2);
    assertThat(log.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .allMatch(line -> line.contains("connection " + holder + " from "));
    assertThat(next).isNotDone();

    first.end();
    next.get(30, TimeUnit.SECONDS);
    turn.end();
  }

  @Test
  void aNodeThatHangsWhileItStartsStopsTheNextOneWhichSaysWhatToDo() {
    StartTurn next = new StartTurn(database, Duration.ofSeconds(1), Duration.ofSeconds(1));

    Throwable missed = catchThrowable(next::await);

    assertThat(missed)
        .hasMessageContaining("has been starting for 1 s (connection " + connectionOfHolder());
    assertThat(new StartTurnMissedAnalyzer().analyze(missed).getAction())
        .contains("KILL its connection", "facteur.start-patience");
  }

  private long connectionOfHolder() {
    return JdbcClient.create(database)
        .sql("SELECT IS_USED_LOCK(CONCAT('facteur.start.', MD5(DATABASE())))")
        .query(Long.class)
        .single();
  }

  @Test
  void aNodeWhoseConnectionIsLostWhileItStartsHasStartedAllTheSame() {
    first.end();
    SingleConnectionDataSource connection = oneConnection();
    StartTurn turn = new StartTurn(connection, LONG);
    turn.await();
    connection.destroy();

    assertThatCode(turn::end).doesNotThrowAnyException();
  }

  private SingleConnectionDataSource oneConnection() {
    SingleConnectionDataSource connection = new SingleConnectionDataSource();
    connection.setUrl(((DriverManagerDataSource) database).getUrl());
    connection.setUsername(TestDatabase.username());
    connection.setPassword(TestDatabase.password());
    connection.setSuppressClose(true);
    return connection;
  }

  private CompletableFuture<Void> startsNext() {
    StartTurn turn = new StartTurn(database, LONG);
    return CompletableFuture.runAsync(
        () -> {
          turn.await();
          turn.end();
        });
  }

  private void awaitSomebodyWaits() {
    JdbcClient jdbc = JdbcClient.create(database);
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                jdbc.sql(
                            "SELECT COUNT(*) FROM information_schema.processlist WHERE state = 'User lock'")
                        .query(Integer.class)
                        .single()
                    == 1);
  }
}
