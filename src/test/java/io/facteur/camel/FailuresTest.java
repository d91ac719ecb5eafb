package io.facteur.camel;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.net.ConnectException;
import java.sql.SQLIntegrityConstraintViolationException;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;

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
}
