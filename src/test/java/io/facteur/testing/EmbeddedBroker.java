package io.facteur.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.Queue;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;

/**
 * A broker in this JVM, on a port of its own, that keeps nothing: stopped and started again, it has
 * lost what lay in it.
 */
public final class EmbeddedBroker implements AutoCloseable {

  private final int port;
  private EmbeddedActiveMQ server;

  private EmbeddedBroker(int port) {
    this.port = port;
  }

  /** Not started yet. */
  public static EmbeddedBroker prepared() {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new EmbeddedBroker(free.getLocalPort());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String url() {
    return "tcp://127.0.0.1:" + port;
  }

  public void start() {
    try {
      Configuration configuration =
          new ConfigurationImpl()
              .setPersistenceEnabled(false)
              .setSecurityEnabled(false)
              .addAcceptorConfiguration("tcp", url());
      server = new EmbeddedActiveMQ().setConfiguration(configuration);
      server.start();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Gives out nothing of a queue any more. */
  public void hold(String queue) {
    queue(queue).pause();
  }

  public void release(String queue) {
    queue(queue).resume();
  }

  /** How many messages lie in a queue. */
  public long lying(String queue) {
    return queue(queue).getMessageCount();
  }

  /** Loses what lies in a queue. */
  public void lose(String queue) {
    try {
      queue(queue).deleteAllReferences();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private Queue queue(String name) {
    return server.getActiveMQServer().locateQueue(name);
  }

  public void stop() {
    try {
      if (server != null) {
        server.stop();
        server = null;
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    stop();
  }
}
