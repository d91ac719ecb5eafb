package io.facteur.channel;

import io.facteur.delivery.Marker;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.net.ssl.SSLSocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps connections to mail servers open between mails: connecting costs many times more than a
 * mail. For each account as many as it allows; whoever finds none free waits.
 */
public final class MailTransports implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(MailTransports.class);

  // No server closes so soon; looking would cost a millisecond for each mail.
  private static final Duration CERTAINLY_OPEN = Duration.ofSeconds(1);

  private final Marker marker;
  private final Clock clock;
  private final Function<String, SSLSocketFactory> tlsByBundle;
  private final Map<SmtpSettings, Pool> pools = new ConcurrentHashMap<>();
  // One thread cuts all writes that take too long; by default each socket would start its own.
  private final ScheduledExecutorService writeTimer = writeTimer();
  private final Set<SmtpLine> lines = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;
  private volatile boolean cut;

  /**
   * No connection is opened before the first mail.
   *
   * @param tlsByBundle the trust that an account names by {@code sslBundle}
   */
  public MailTransports(
      Marker marker, Clock clock, Function<String, SSLSocketFactory> tlsByBundle) {
    this.marker = marker;
    this.clock = clock;
    this.tlsByBundle = tlsByBundle;
  }

  /** One open connection, used by one thread at a time. */
  final class Connection {

    private final Pool pool;
    private final MarkedSmtpTransport transport;
    private final SmtpLine line;
    private int mails;
    private Instant idleSince;

    private Connection(Pool pool, MarkedSmtpTransport transport, SmtpLine line) {
      this.pool = pool;
      this.transport = transport;
      this.line = line;
    }

    MarkedSmtpTransport transport() {
      mails++;
      return transport;
    }

    MarkedSmtpTransport.Stage stage() {
      return transport.stage();
    }

    /** Whether it served another mail before: then the server may have closed it meanwhile. */
    boolean reused() {
      return mails > 1;
    }

    private boolean fresh(SmtpSettings.Reuse reuse) {
      Duration unused = Duration.between(idleSince, clock.instant());
      return mails < reuse.mails()
          && unused.compareTo(reuse.idle()) < 0
          && (unused.compareTo(CERTAINLY_OPEN) < 0 || transport.usable());
    }

    /** The mail is through, or refused: the next may have it. */
    void giveBack() {
      idleSince = clock.instant();
      synchronized (pool.idle) {
        if (!closed) {
          pool.idle.push(this);
          return;
        }
      }
      quit();
    }

    /** Of no use any more. */
    void drop() {
      lines.remove(line);
      transport.drop();
    }

    private void quit() {
      lines.remove(line);
      try {
        transport.close();
      } catch (MessagingException gone) {
        LOG.debug("A mail connection was closed by the server already", gone);
      }
    }
  }

  private static final class Pool {
    final Semaphore free;
    final Deque<Connection> idle = new ArrayDeque<>();

    Pool(int connections) {
      free = new Semaphore(connections, true);
    }
  }

  /**
   * Waits until the account allows one more connection. Each success is followed by {@link #leave}.
   *
   * @return false if none became free in time
   */
  boolean enter(SmtpSettings account, Duration patience) throws InterruptedException {
    return pool(account).free.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  void leave(SmtpSettings account) {
    pool(account).free.release();
  }

  /** An open connection that is most probably alive, or a new one. */
  Connection connection(SmtpSettings account) throws MessagingException {
    Pool pool = pool(account);
    while (true) {
      Connection candidate;
      synchronized (pool.idle) {
        candidate = pool.idle.poll();
      }
      if (candidate == null) {
        return connect(account);
      }
      if (candidate.fresh(account.reuse())) {
        return candidate;
      }
      candidate.quit();
    }
  }

  /** A new connection: greeted, secured, logged in. */
  Connection connect(SmtpSettings account) throws MessagingException {
    SmtpLine line = new SmtpLine();
    lines.add(line);
    if (cut) {
      lines.remove(line);
      throw new MessagingException("this node is being stopped");
    }
    Session session = Session.getInstance(properties(account, line));
    MarkedSmtpTransport transport = new MarkedSmtpTransport(session, line, account, marker);
    try {
      transport.connect(account.host(), account.port(), account.username(), account.password());
    } catch (MessagingException | RuntimeException e) {
      lines.remove(line);
      line.drop();
      throw e;
    }
    return new Connection(pool(account), transport, line);
  }

  /** Connections in use finish their mail; the others say goodbye now. */
  @Override
  public void close() {
    closed = true;
    for (Pool pool : pools.values()) {
      synchronized (pool.idle) {
        pool.idle.forEach(Connection::quit);
        pool.idle.clear();
      }
    }
  }

  /**
   * Ends all connections as they stand, and opens no more: a mail whose answer has not come is
   * uncertain if its final dot was on the way, and not sent otherwise.
   */
  public void cut() {
    cut = true;
    close();
    lines.forEach(SmtpLine::drop);
  }

  private Pool pool(SmtpSettings account) {
    return pools.computeIfAbsent(account, settings -> new Pool(settings.connections()));
  }

  private Properties properties(SmtpSettings account, SmtpLine line) {
    SmtpSettings.Timeouts timeouts = account.timeouts();
    Properties properties = new Properties();
    properties.setProperty("mail.smtp.localhost", localName(account));
    properties.setProperty("mail.smtp.auth", Boolean.toString(account.username() != null));
    properties.setProperty("mail.smtp.connectiontimeout", millis(timeouts.connect()));
    properties.setProperty("mail.smtp.timeout", millis(timeouts.command()));
    properties.setProperty("mail.smtp.writetimeout", millis(timeouts.write()));
    properties.put("mail.smtp.executor.writetimeout", writeTimer);
    properties.setProperty("mail.smtp.quitwait", "false");
    properties.put("mail.smtp.socketFactory", line.plain());
    properties.setProperty("mail.smtp.socketFactory.fallback", "false");
    SmtpSettings.Security security = account.security();
    if (security != SmtpSettings.Security.NONE) {
      boolean atOnce = security == SmtpSettings.Security.TLS;
      properties.setProperty("mail.smtp.ssl.enable", Boolean.toString(atOnce));
      properties.setProperty("mail.smtp.starttls.enable", Boolean.toString(!atOnce));
      properties.setProperty(
          "mail.smtp.starttls.required", Boolean.toString(security.alwaysEncrypted() && !atOnce));
      properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
      properties.put("mail.smtp.ssl.socketFactory", line.secured(tls(account)));
    }
    return properties;
  }

  private SSLSocketFactory tls(SmtpSettings account) {
    return account.sslBundle() == null
        ? (SSLSocketFactory) SSLSocketFactory.getDefault()
        : tlsByBundle.apply(account.sslBundle());
  }

  private static String localName(SmtpSettings account) {
    return account.localName() == null ? ThisMachine.NAME : account.localName();
  }

  private static String millis(Duration duration) {
    return Long.toString(duration.toMillis());
  }

  /** Never shut down, since mails on their way still need it; its thread ends when unused. */
  private static ScheduledExecutorService writeTimer() {
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "mail-write-timeout");
              thread.setDaemon(true);
              return thread;
            });
    timer.setRemoveOnCancelPolicy(true);
    timer.setKeepAliveTime(10, TimeUnit.SECONDS);
    timer.allowCoreThreadTimeOut(true);
    return timer;
  }

  /** Looked up once: a slow name service would slow down each connection. */
  private static final class ThisMachine {

    static final String NAME = name();

    private static String name() {
      try {
        return InetAddress.getLocalHost().getCanonicalHostName();
      } catch (UnknownHostException unnamed) {
        return "[127.0.0.1]";
      }
    }
  }
}
