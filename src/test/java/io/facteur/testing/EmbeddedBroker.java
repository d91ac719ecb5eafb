package io.facteur.testing;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Set;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.config.impl.SecurityConfiguration;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.core.server.Queue;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.spi.core.security.ActiveMQJAASSecurityManager;
import org.apache.activemq.artemis.spi.core.security.jaas.InVMLoginModule;

/**
 * A broker in this JVM, on a port of its own, over TLS, with one user who may do what Facteur
 * needs. It keeps nothing: stopped and started again, it has lost what lay in it.
 */
public final class EmbeddedBroker implements AutoCloseable {

  public static final String USER = "facteur";
  public static final String PASSWORD = "of-the-broker";

  private final int port;
  private final Path keys;
  private EmbeddedActiveMQ server;

  private EmbeddedBroker(int port, Path keys) {
    this.port = port;
    this.keys = keys;
  }

  /**
   * Not started yet.
   *
   * @param folder for its certificate
   */
  public static EmbeddedBroker prepared(Path folder) throws Exception {
    TestCertificate.of(folder, "ip:127.0.0.1");
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new EmbeddedBroker(free.getLocalPort(), folder.resolve("keys.p12"));
    }
  }

  /** For clients, with what they have to trust. */
  public String url() {
    return url("trustStore");
  }

  private String url(String use) {
    return "tcp://127.0.0.1:%d?sslEnabled=true&%2$sPath=%3$s&%2$sPassword=changeit&%2$sType=PKCS12"
        .formatted(port, use, keys.toAbsolutePath());
  }

  public void start() {
    try {
      Configuration configuration =
          new ConfigurationImpl()
              .setPersistenceEnabled(false)
              .addAcceptorConfiguration("tls", url("keyStore"));
      configuration.putSecurityRoles("facteur.#", Set.of(whatFacteurNeeds()));
      server =
          new EmbeddedActiveMQ().setConfiguration(configuration).setSecurityManager(onlyUser());
      server.start();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static Role whatFacteurNeeds() {
    boolean send = true;
    boolean consume = true;
    boolean createQueue = true;
    boolean browse = true;
    boolean createAddress = true;
    return new Role(
        USER,
        send,
        consume,
        createQueue,
        false,
        false,
        false,
        false,
        browse,
        createAddress,
        false,
        false,
        false);
  }

  private static ActiveMQJAASSecurityManager onlyUser() {
    SecurityConfiguration users = new SecurityConfiguration();
    users.addUser(USER, PASSWORD);
    users.addRole(USER, USER);
    return new ActiveMQJAASSecurityManager(InVMLoginModule.class.getName(), users);
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
