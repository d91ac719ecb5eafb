package io.facteur.camel;

import io.facteur.camel.BrokerConfiguration.BrokerConnections;
import jakarta.jms.JMSException;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Enumeration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jms.JmsException;
import org.springframework.jms.core.JmsTemplate;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;

/**
 * The broker's queues as a node that hands out sees them. What lies there may be lost at any time:
 * it waits in the database until a node has claimed it.
 */
@Component
public class SharedQueues {

  private static final Logger log = LoggerFactory.getLogger(SharedQueues.class);
  private static final long PAUSE_NANOS = Duration.ofSeconds(2).toNanos();

  private final JmsTemplate broker;
  private final BrokerSettings settings;
  private final Clock clock;
  private Instant lostAt;
  private long askedAt;
  private String reason;

  SharedQueues(BrokerConnections connections, BrokerSettings settings, Clock clock) {
    this.broker = new JmsTemplate(connections.pool());
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * How many transmissions may be handed out now: a chunk, or none while the broker cannot be used
   * or enough chunks of the queue lie there.
   *
   * @param handOut endpoint of the queue; one that is in no broker always has room
   */
  public int room(String handOut, int chunk) {
    if (!handOut.startsWith("jms:")) {
      return chunk;
    }
    if (!mayAsk()) {
      return 0;
    }
    try {
      Integer lying = lying(queue(handOut));
      found();
      return lying == null || lying < settings.chunks() ? chunk : 0;
    } catch (JmsException e) {
      lost(e);
      return 0;
    }
  }

  private Integer lying(String queue) {
    try {
      return broker.browse(queue, SharedQueues::count);
    } catch (JmsException e) {
      // A connection that was lost meanwhile, or a queue that another one makes at this moment.
      return broker.browse(queue, SharedQueues::count);
    }
  }

  private static int count(Session session, QueueBrowser browser) throws JMSException {
    int count = 0;
    for (Enumeration<?> lying = browser.getEnumeration();
        lying.hasMoreElements();
        lying.nextElement()) {
      count++;
    }
    return count;
  }

  /** Since when the broker cannot be used; null if it could when it was last asked. */
  synchronized Instant lostAt() {
    return lostAt;
  }

  /** Why the broker cannot be used. */
  synchronized String reason() {
    return reason;
  }

  private static String queue(String handOut) {
    String path = handOut.substring("jms:".length());
    return StringUtils.delete(path.split("\\?", 2)[0], "queue:");
  }

  /**
   * A broker that is away is asked by one channel now and then, not by all of them all the time.
   */
  private synchronized boolean mayAsk() {
    long now = System.nanoTime(); // the clock may be set
    if (lostAt != null && now - askedAt < PAUSE_NANOS) {
      return false;
    }
    askedAt = now;
    return true;
  }

  private synchronized void found() {
    if (lostAt != null) {
      log.info(
          "broker {} is back after {} s",
          settings.server(),
          Duration.between(lostAt, clock.instant()).toSeconds());
      lostAt = null;
    }
  }

  private synchronized void lost(JmsException e) {
    reason = e.getMostSpecificCause().getMessage();
    if (lostAt == null) {
      lostAt = clock.instant();
      log.warn(
          "broker {} cannot be used ({}); what is to be sent waits in the database until it is"
              + " back",
          settings.server(),
          reason);
    }
  }
}
