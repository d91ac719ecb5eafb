package io.facteur.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.zaxxer.hikari.HikariDataSource;
import io.facteur.delivery.Claim;
import io.facteur.delivery.Receipt;
import io.facteur.delivery.Receipt.Outcome;
import io.facteur.delivery.Ticket;
import io.facteur.delivery.TransmissionFailure;
import io.facteur.delivery.TransmissionId;
import io.facteur.testing.AwayDatabase;
import java.net.ConnectException;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.util.Map;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.core.simple.JdbcClient;

class FailuresTest {

  private static final Logger LOG = (Logger) LoggerFactory.getLogger(Failures.class);

  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Failures failures = new Failures(new RouteCatalogue(new DefaultCamelContext()));

  @BeforeEach
  void listen() {
    log.start();
    LOG.addAppender(log);
  }

  @AfterEach
  void listenNoMore() {
    LOG.detachAppender(log);
  }

  @Test
  void whatTheDatabaseRefusedIsLoggedWithoutTheValueThatItRepeats() {
    var refused =
        new SQLIntegrityConstraintViolationException(
            "Duplicate entry 'anna@buyer.example' for key 'document_mailbox_once'", "23000", 1062);

    failures.report(new DuplicateKeyException("refused", refused), "complete-runs");

    assertThat(log.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly(
            "route complete-runs will try again: the database refused a value (error 1062)");
  }

  @Test
  void anyOtherReasonIsSaid() {
    failures.report(
        new IllegalStateException("away", new ConnectException("Connection refused")), "claim");

    assertThat(log.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly("route claim will try again: Connection refused");
  }

  @Test
  void aDatabaseThatIsAwayTellsNothingOfTheCounterpart() {
    try (HikariDataSource away = AwayDatabase.pool()) {
      JdbcClient jdbc = JdbcClient.create(away);
      Throwable refused = catchThrowable(() -> jdbc.sql("DO 1").update());

      assertThat(refused).hasRootCauseInstanceOf(ConnectException.class);
      assertThat(outcome(refused)).isEqualTo(Outcome.BROKEN_OFF);
    }
  }

  @Test
  void anOutcomeThatCouldNotBeRecordedIsTriedOnceMoreAsItIs() {
    var away =
        new CannotGetJdbcConnectionException(
            "away", new SQLException(new ConnectException("Connection refused")));

    assertThat(outcome(new TransmissionFailure(Receipt.sent(Map.of()), away)))
        .isEqualTo(Outcome.SENT);
  }

  @Test
  void aCounterpartThatRefusesTheConnectionWasHandedNothing() {
    assertThat(outcome(new ConnectException("Connection refused")))
        .isEqualTo(Outcome.FAILED_TEMPORARILY);
  }

  @ParameterizedTest
  @CsvSource({
    "400, FAILED_FOR_GOOD",
    "429, FAILED_TEMPORARILY",
    "500, FAILED_TEMPORARILY",
    "502, BROKEN_OFF",
    "503, FAILED_TEMPORARILY",
    "504, BROKEN_OFF"
  })
  void anAnswerIsDefiniteUnlessAGatewayGivesItInsteadOfTheCounterpart(int status, Outcome outcome) {
    assertThat(
            outcome(
                new HttpOperationFailedException(
                    "http://portal.example", status, "as it is", null, Map.of(), null)))
        .isEqualTo(outcome);
  }

  private Outcome outcome(Throwable exception) {
    Claim claim = new Claim(new TransmissionId(1), "node-a", 1);
    return failures
        .receipt(exception, new Ticket(claim, "INVOICE-EMAIL-CONTRACTING_PARTY"))
        .outcome();
  }
}
