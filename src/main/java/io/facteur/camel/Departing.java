package io.facteur.camel;

import io.facteur.channel.MailTransports;
import io.facteur.delivery.Departure;
import io.facteur.party.Counted;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.Route;
import org.apache.camel.component.jms.JmsConsumer;
import org.apache.camel.support.ScheduledPollConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * The time between the wish to stop and the end of the routes: nothing more is taken, what has not
 * begun is freed at once, what has begun may come to its outcome. Mails whose server does not
 * answer in that time are cut: the routes would wait for it, as their threads cannot be
 * interrupted.
 */
@Component
class Departing {

  private static final Logger log = LoggerFactory.getLogger(Departing.class);
  private static final Duration LET_GO_EVERY = Duration.ofMillis(500);

  private final CamelContext context;
  private final Departure departure;
  private final ObjectProvider<MailTransports> mails;
  private final Duration patience;
  private ScheduledExecutorService steps;

  Departing(
      CamelContext context,
      Departure departure,
      ObjectProvider<MailTransports> mails,
      @Value("${facteur.stop-patience}") Duration patience) {
    this.context = context;
    this.departure = departure;
    this.mails = mails;
    this.patience = patience;
  }

  /** May be called again. */
  synchronized void begin() {
    if (steps != null) {
      return;
    }
    steps = Executors.newSingleThreadScheduledExecutor(Departing::thread);
    for (Route route : context.getRoutes()) {
      Consumer consumer = route.getConsumer();
      if (consumer instanceof ScheduledPollConsumer looking) {
        looking.suspend();
      } else if (consumer instanceof JmsConsumer receiving) {
        receiving.suspend();
      }
    }
    // Again and again: a claim may be under way.
    Future<?> unused =
        steps.scheduleWithFixedDelay(
            this::letGo, 0, LET_GO_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    unused = steps.schedule(this::cut, patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  synchronized void end() {
    if (steps != null) {
      steps.shutdownNow();
    }
  }

  private void letGo() {
    try {
      int freed = departure.letGo();
      if (freed > 0) {
        log.info("stopping: {} freed that had not begun", Counted.of(freed, "claim"));
      }
    } catch (DataAccessException | TransactionException e) {
      log.warn("stopping: claims are not freed yet: {}", e.getMessage());
    }
  }

  private void cut() {
    log.info("stopping: mails that have no answer after {} are cut", patience);
    mails.ifAvailable(MailTransports::cut);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "stopping");
    thread.setDaemon(true);
    return thread;
  }
}
