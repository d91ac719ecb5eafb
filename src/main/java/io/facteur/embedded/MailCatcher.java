package io.facteur.embedded;

import com.icegreen.greenmail.Managers;
import com.icegreen.greenmail.server.ProtocolHandler;
import com.icegreen.greenmail.smtp.SmtpHandler;
import com.icegreen.greenmail.smtp.SmtpManager;
import com.icegreen.greenmail.smtp.SmtpServer;
import com.icegreen.greenmail.smtp.SmtpState;
import com.icegreen.greenmail.smtp.commands.SmtpCommandRegistry;
import com.icegreen.greenmail.util.ServerSetup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An SMTP server for this machine only, which delivers nothing: each mail that it accepts lies as a
 * file in a folder before it is acknowledged. It keeps no mail in memory.
 */
final class MailCatcher implements AutoCloseable {

  static final String HOST = "127.0.0.1";

  private static final Logger log = LoggerFactory.getLogger(MailCatcher.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration IDLE_CONNECTIONS = Duration.ofMinutes(10);

  private final Server server;

  private MailCatcher(Server server) {
    this.server = server;
  }

  /**
   * Starts a catcher.
   *
   * @param port 0 for any free one
   * @throws StartRefusedException if the port is taken or the folder cannot be written
   */
  static MailCatcher start(CaughtMails mails, int port) {
    mails.prepare();
    requireFree(port);
    Server server = new Server(new ServerSetup(port, HOST, ServerSetup.PROTOCOL_SMTP), mails);
    server.setClientSocketTimeout(Math.toIntExact(IDLE_CONNECTIONS.toMillis()));
    server.setDaemon(true);
    server.startService();
    try {
      if (!server.waitTillRunning(PATIENCE.toMillis())) {
        throw portTaken(port, null);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the mail catcher started", e);
    }
    return new MailCatcher(server);
  }

  int port() {
    return server.getPort();
  }

  @Override
  public void close() {
    server.stopService(PATIENCE.toMillis());
  }

  private static void requireFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      log.debug("Port {} is free", socket.getLocalPort());
    } catch (IOException e) {
      throw portTaken(port, e);
    }
  }

  private static StartRefusedException portTaken(int port, Exception cause) {
    return new StartRefusedException(
        "The mail catcher cannot listen on port " + port + " of this machine: it is in use.",
        "Set FACTEUR_MAIL_CATCHER_PORT to another port, or to 0 for any free one.",
        cause);
  }

  private static final class Server extends SmtpServer {

    private final SmtpManager manager;

    Server(ServerSetup setup, CaughtMails mails) {
      super(setup, new Managers());
      this.manager = new Manager(managers, mails);
    }

    @Override
    protected ProtocolHandler createProtocolHandler(Socket socket) {
      try {
        // Small replies would wait for the client's delayed acknowledgement, 40 ms each.
        socket.setTcpNoDelay(true);
      } catch (SocketException e) {
        log.debug("A connection closed at once", e);
      }
      return new Handler(manager, socket);
    }
  }

  private static final class Handler extends SmtpHandler {

    Handler(SmtpManager manager, Socket socket) {
      super(new SmtpCommandRegistry(), manager, socket);
    }

    @Override
    public void run() {
      try {
        super.run();
      } catch (RuntimeException e) {
        // Its message holds what was sent so far: not for any log.
        log.info("A connection to the mail catcher broke off; an unfinished mail is not kept");
      }
    }
  }

  private static final class Manager extends SmtpManager {

    private final CaughtMails mails;

    Manager(Managers managers, CaughtMails mails) {
      super(managers.getImapHostManager(), managers.getUserManager());
      this.mails = mails;
    }

    /** An exception here is answered with 451: the sender tries again later. */
    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized") // Mails share nothing here.
    public void send(SmtpState state) {
      mails.keep(state.getMessage());
    }
  }
}
