package io.facteur.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** An SMTP server on this machine that answers what it is told to, badly too. */
public abstract class SmtpServer implements AutoCloseable {

  /** Instead of an answer: the connection is closed. */
  public static final String HANG_UP = "HANG UP";

  /** To the final dot: the mail is taken, but the answer is lost. */
  public static final String ACCEPT_AND_HANG_UP = "250 " + HANG_UP;

  /** Behind an answer: it is given, then the connection is closed. */
  public static final String THEN_HANG_UP = " THEN HANG UP ";

  /** Instead of an answer: silence until the client gives up. */
  public static final String SILENCE = "SILENCE";

  /** To DATA: takes the header, then closes the connection. */
  public static final String HANG_UP_IN_CONTENT = "HANG UP IN CONTENT";

  /** Before an answer: one byte of it in ten seconds. */
  public static final String SLOWLY = "SLOWLY ";

  private static final Duration BYTE_PAUSE = Duration.ofSeconds(10);

  private static final Map<String, String> YES =
      Map.of(
          "GREETING", "220 scripted.example ESMTP",
          "AUTH", "235 2.7.0 welcome",
          "MAIL", "250 2.1.0 ok",
          "RCPT", "250 2.1.5 ok",
          "DATA", "354 go ahead",
          "DOT", "250 2.0.0 queued",
          "RSET", "250 2.0.0 ok");

  private final ServerSocket server;
  private final List<String> extensions = new CopyOnWriteArrayList<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger connections = new AtomicInteger();
  private volatile SSLContext tls;
  private volatile boolean tlsAtOnce;

  /** What is said to one client; called by one thread. */
  protected interface Dialogue {

    /** Each command, as it came. */
    default void heard(String line) {}

    /**
     * The answer to a command.
     *
     * @param command {@code GREETING, EHLO, AUTH, MAIL, RCPT, DATA, DOT, RSET}
     * @param of the client's name, the sender, or the recipient; else empty
     * @return null for yes
     */
    String answer(String command, String of);

    /** What was received of a mail: before the answer to its final dot, or when it never came. */
    default void received(String content, boolean dot) {}

    /** The server has taken responsibility for a mail; the answer is still to be given. */
    default void accepted(String from, List<String> recipients, String content) {}

    /** An answer was given, all of it. */
    default void said(String command, String answer) {}

    /** The connection has ended. */
    default void ended() {}
  }

  protected SmtpServer() {
    try {
      server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    run(this::acceptConnections);
  }

  /** Begins a conversation with a client that has connected. */
  protected abstract Dialogue dialogue();

  public final int port() {
    return server.getLocalPort();
  }

  /** How many there have been so far. */
  public final int connections() {
    return connections.get();
  }

  /** As after an idle time-out: all connections end, with or without a last word. */
  public final void closeConnections(String lastWord) throws IOException {
    List<Socket> closing = List.copyOf(open);
    closing.forEach(open::remove);
    for (Socket socket : closing) {
      if (lastWord != null) {
        say(socket.getOutputStream(), lastWord);
      }
      socket.close();
    }
  }

  @Override
  public final void close() throws IOException {
    server.close();
    closeConnections(null);
  }

  /** Speaks TLS from the first byte, or after STARTTLS, which it then offers. */
  protected final void secure(SSLContext context, boolean fromTheFirstByte) {
    tls = context;
    tlsAtOnce = fromTheFirstByte;
    if (!fromTheFirstByte) {
      extensions.add("STARTTLS");
    }
  }

  protected final List<String> extensions() {
    return extensions;
  }

  private void acceptConnections() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        socket.setTcpNoDelay(true);
        connections.incrementAndGet();
        open.add(socket);
        run(() -> converse(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void converse(Socket socket) {
    Dialogue dialogue = dialogue();
    try (Socket wire = tlsAtOnce ? overTls(socket) : socket) {
      new Conversation(dialogue, socket, wire).run();
    } catch (IOException clientGone) {
      // As the client wished.
    } finally {
      open.remove(socket);
      dialogue.ended();
    }
  }

  private Socket overTls(Socket socket) throws IOException {
    SSLSocket secured =
        (SSLSocket)
            tls.getSocketFactory().createSocket(socket, "localhost", socket.getPort(), true);
    secured.setUseClientMode(false);
    secured.startHandshake();
    return secured;
  }

  private static void say(OutputStream out, String answer) throws IOException {
    out.write((answer + "\r\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private static void saySlowly(OutputStream out, String answer) throws IOException {
    for (byte one : (answer + "\r\n").getBytes(StandardCharsets.UTF_8)) {
      LockSupport.parkNanos(BYTE_PAUSE.toNanos());
      out.write(one);
      out.flush();
    }
  }

  private static void run(Runnable work) {
    Thread thread = new Thread(work, "smtp-server");
    thread.setDaemon(true);
    thread.start();
  }

  private final class Conversation {
    private final Dialogue dialogue;
    private final Socket connection;
    private Socket wire;
    private BufferedReader in;
    private OutputStream out;
    private String from;
    private final List<String> recipients = new ArrayList<>();

    Conversation(Dialogue dialogue, Socket connection, Socket wire) throws IOException {
      this.dialogue = dialogue;
      this.connection = connection;
      talkOver(wire);
    }

    private void talkOver(Socket socket) throws IOException {
      wire = socket;
      in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      out = socket.getOutputStream();
    }

    void run() throws IOException {
      if (!respond("GREETING", answer("GREETING", ""))) {
        return;
      }
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        dialogue.heard(line);
        if (line.equals("QUIT") || !react(line)) {
          return;
        }
      }
    }

    private String answer(String command, String of) {
      String answer = dialogue.answer(command, of);
      return answer == null ? YES.get(command) : answer;
    }

    private boolean react(String line) throws IOException {
      if (line.startsWith("EHLO")) {
        return greet(line.substring("EHLO".length()).strip());
      }
      if (line.equals("STARTTLS")) {
        say(out, "220 2.0.0 go ahead");
        talkOver(overTls(wire));
        return true;
      }
      if (line.startsWith("AUTH")) {
        return respond("AUTH", answer("AUTH", ""));
      }
      if (line.startsWith("MAIL FROM:")) {
        from = line.substring("MAIL FROM:".length());
        recipients.clear();
        return respond("MAIL", answer("MAIL", from));
      }
      if (line.startsWith("RCPT TO:")) {
        return recipient(line.substring("RCPT TO:<".length(), line.indexOf('>')));
      }
      if (line.equals("DATA")) {
        return data(answer("DATA", ""));
      }
      if (line.equals("RSET")) {
        return respond("RSET", answer("RSET", ""));
      }
      return respond("", "502 5.5.2 unknown");
    }

    private boolean greet(String name) throws IOException {
      String answer = answer("EHLO", name);
      if (answer != null) {
        return respond("EHLO", answer);
      }
      say(out, "250-scripted.example");
      for (String extension : extensions) {
        say(out, "250-" + extension);
      }
      say(out, "250 ENHANCEDSTATUSCODES");
      return true;
    }

    private boolean recipient(String address) throws IOException {
      String answer = answer("RCPT", address);
      if (code(answer).startsWith("2")) {
        recipients.add(address);
      }
      return respond("RCPT", answer);
    }

    private boolean data(String answer) throws IOException {
      if (answer.equals(HANG_UP_IN_CONTENT)) {
        say(out, "354 go ahead");
        // At once: a server that first reads may come too late, when all is sent and uncertain.
        wire.shutdownOutput();
        dialogue.received(header(), false);
        return respond("DATA", HANG_UP);
      }
      if (!respond("DATA", answer) || !code(answer).startsWith("354")) {
        return !answer.equals(HANG_UP);
      }
      StringBuilder content = new StringBuilder();
      boolean dot = readContent(content);
      // A read that was under way when the connection was closed may still get what came after.
      if (!dot || !open.contains(connection)) {
        dialogue.received(content.toString(), false);
        return false;
      }
      dialogue.received(content.toString(), true);
      String verdict = answer("DOT", "");
      if (code(verdict).startsWith("2")) {
        dialogue.accepted(from, List.copyOf(recipients), content.toString());
      }
      return respond("DOT", verdict);
    }

    private boolean readContent(StringBuilder content) {
      try {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
          if (line.equals(".")) {
            return true;
          }
          content.append(line.startsWith(".") ? line.substring(1) : line).append("\r\n");
        }
      } catch (IOException broken) {
        // What has come so far is all there is.
      }
      return false;
    }

    private String header() throws IOException {
      StringBuilder header = new StringBuilder();
      for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
        header.append(line).append("\r\n");
      }
      return header.toString();
    }

    private boolean respond(String command, String answer) throws IOException {
      if (answer.endsWith(THEN_HANG_UP)) {
        respond(command, answer.substring(0, answer.length() - THEN_HANG_UP.length()));
        in.close();
        return false;
      }
      if (answer.endsWith(HANG_UP)) {
        in.close();
        return false;
      }
      if (answer.equals(SILENCE)) {
        return in.readLine() != null;
      }
      if (answer.startsWith(SLOWLY)) {
        saySlowly(out, code(answer));
      } else {
        say(out, answer);
      }
      dialogue.said(command, answer);
      return !code(answer).startsWith("421");
    }

    private String code(String answer) {
      return answer.startsWith(SLOWLY) ? answer.substring(SLOWLY.length()) : answer;
    }
  }
}
