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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * An SMTP server that does as it is told, badly too, and remembers what it accepted. Answers are
 * scripted for each command ({@code GREETING, EHLO, AUTH, MAIL, RCPT, DATA, DOT}); once its script
 * is used up it says yes.
 */
public final class ScriptedSmtpServer implements AutoCloseable {

  /** Instead of an answer: the connection is closed. */
  public static final String HANG_UP = "HANG UP";

  /** To the final dot: the mail is taken, but the answer is lost. */
  public static final String ACCEPT_AND_HANG_UP = "250 " + HANG_UP;

  /** Instead of an answer: silence until the client gives up. */
  public static final String SILENCE = "SILENCE";

  /** To DATA: takes the beginning of the content, then closes the connection. */
  public static final String HANG_UP_IN_CONTENT = "HANG UP IN CONTENT";

  /** A mail that the server took responsibility for: it has answered 250 to the final dot. */
  public record Accepted(String from, List<String> recipients, String content) {}

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
  private final Map<String, Deque<String>> scripts = new ConcurrentHashMap<>();
  private final Map<String, String> byRecipient = new ConcurrentHashMap<>();
  private final List<String> extensions = new CopyOnWriteArrayList<>();
  private final List<Accepted> accepted = new CopyOnWriteArrayList<>();
  private final List<String> commands = new CopyOnWriteArrayList<>();
  private final List<String> unfinished = new CopyOnWriteArrayList<>();
  private final AtomicReference<Runnable> atNextDot = new AtomicReference<>();
  private volatile SSLContext tls;
  private volatile boolean tlsAtOnce;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger connections = new AtomicInteger();

  public ScriptedSmtpServer() {
    try {
      server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    run(this::acceptConnections);
  }

  public int port() {
    return server.getLocalPort();
  }

  /** The next answers to a command, in order. */
  public ScriptedSmtpServer answers(String command, String... answers) {
    scripts.computeIfAbsent(command, none -> new ArrayDeque<>()).addAll(List.of(answers));
    return this;
  }

  /** The answer to RCPT for one recipient, always. */
  public ScriptedSmtpServer answersTo(String recipient, String answer) {
    byRecipient.put(recipient, answer);
    return this;
  }

  /** Speaks TLS from the first byte, or after STARTTLS, which it then offers. */
  public ScriptedSmtpServer secured(SSLContext context, boolean fromTheFirstByte) {
    tls = context;
    tlsAtOnce = fromTheFirstByte;
    return fromTheFirstByte ? this : offers("STARTTLS");
  }

  public ScriptedSmtpServer offers(String extension) {
    extensions.add(extension);
    return this;
  }

  /** To those who connect from now on. */
  public ScriptedSmtpServer offersNoMore(String extension) {
    extensions.remove(extension);
    return this;
  }

  /** Does something, once, between the next final dot and the answer to it. */
  public ScriptedSmtpServer atNextDot(Runnable action) {
    atNextDot.set(action);
    return this;
  }

  public List<Accepted> accepted() {
    return List.copyOf(accepted);
  }

  /** What was received of mails whose final dot never came. */
  public List<String> unfinished() {
    return List.copyOf(unfinished);
  }

  public List<String> commands() {
    return List.copyOf(commands);
  }

  public int connections() {
    return connections.get();
  }

  /** As after an idle time-out: all connections end, with or without a last word. */
  public void closeConnections(String lastWord) throws IOException {
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
  public void close() throws IOException {
    server.close();
    closeConnections(null);
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
    try (Socket wire = tlsAtOnce ? overTls(socket) : socket) {
      new Conversation(socket, wire).run();
    } catch (IOException clientGone) {
      // As the client wished.
    } finally {
      open.remove(socket);
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

  private String next(String command) {
    Deque<String> script = scripts.get(command);
    if (script != null) {
      synchronized (script) {
        if (!script.isEmpty()) {
          return script.poll();
        }
      }
    }
    return YES.get(command);
  }

  private static void say(OutputStream out, String answer) throws IOException {
    out.write((answer + "\r\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private static void run(Runnable work) {
    Thread thread = new Thread(work, "scripted-smtp");
    thread.setDaemon(true);
    thread.start();
  }

  private final class Conversation {
    private final Socket connection;
    private Socket wire;
    private BufferedReader in;
    private OutputStream out;
    private String from;
    private final List<String> recipients = new ArrayList<>();

    Conversation(Socket connection, Socket wire) throws IOException {
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
      if (!respond(next("GREETING"))) {
        return;
      }
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        commands.add(line);
        if (line.equals("QUIT") || !answer(line)) {
          return;
        }
      }
    }

    private boolean answer(String line) throws IOException {
      if (line.startsWith("EHLO")) {
        return greet();
      }
      if (line.equals("STARTTLS")) {
        say(out, "220 2.0.0 go ahead");
        talkOver(overTls(wire));
        return true;
      }
      if (line.startsWith("AUTH")) {
        return respond(next("AUTH"));
      }
      if (line.startsWith("MAIL FROM:")) {
        from = line.substring("MAIL FROM:".length());
        recipients.clear();
        return respond(next("MAIL"));
      }
      if (line.startsWith("RCPT TO:")) {
        return recipient(line.substring("RCPT TO:<".length(), line.indexOf('>')));
      }
      if (line.equals("DATA")) {
        return data(next("DATA"));
      }
      if (line.equals("RSET")) {
        return respond(next("RSET"));
      }
      return respond("502 5.5.2 unknown");
    }

    private boolean greet() throws IOException {
      say(out, "250-scripted.example");
      for (String extension : extensions) {
        say(out, "250-" + extension);
      }
      say(out, "250 ENHANCEDSTATUSCODES");
      return true;
    }

    private boolean recipient(String address) throws IOException {
      String answer = byRecipient.getOrDefault(address, next("RCPT"));
      if (answer.startsWith("2")) {
        recipients.add(address);
      }
      return respond(answer);
    }

    private boolean data(String answer) throws IOException {
      if (answer.equals(HANG_UP_IN_CONTENT)) {
        say(out, "354 go ahead");
        unfinished.add(in.readLine());
        return respond(HANG_UP);
      }
      if (!respond(answer) || !answer.startsWith("354")) {
        return !answer.equals(HANG_UP);
      }
      StringBuilder content = new StringBuilder();
      for (String line = in.readLine(); !".".equals(line); line = in.readLine()) {
        if (line == null) {
          unfinished.add(content.toString());
          return false;
        }
        content.append(line.startsWith(".") ? line.substring(1) : line).append("\r\n");
      }
      // A read that was under way when the connection was closed may still get what came after.
      if (!open.contains(connection)) {
        unfinished.add(content.toString());
        return false;
      }
      Runnable action = atNextDot.getAndSet(null);
      if (action != null) {
        action.run();
      }
      String verdict = next("DOT");
      if (verdict.startsWith("2")) {
        accepted.add(new Accepted(from, List.copyOf(recipients), content.toString()));
      }
      return respond(verdict);
    }

    private boolean respond(String answer) throws IOException {
      if (answer.endsWith(HANG_UP)) {
        in.close();
        return false;
      }
      if (answer.equals(SILENCE)) {
        return in.readLine() != null;
      }
      say(out, answer);
      return !answer.startsWith("421");
    }
  }
}
