package io.facteur.testing;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * An SMTP server that takes every mail, throws it away and counts, as fast as loopback allows. Run
 * by {@link MailSinkProcess} in a process of its own it takes no time and no heap of whoever is
 * measured. {@code XCOUNT}, which is its own command, is answered with {@code 250 <mails> <bytes of
 * content>}.
 */
public final class MailSink implements Closeable {

  static final String COUNT = "XCOUNT";

  private final ServerSocket server;
  private final LongAdder mails = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final Map<String, Integer> byRecipient;

  public MailSink() {
    this(null);
  }

  /** One that keeps in mind how many mails each recipient has got. */
  public static MailSink thatRemembers() {
    return new MailSink(new ConcurrentHashMap<>());
  }

  private MailSink(Map<String, Integer> byRecipient) {
    this.byRecipient = byRecipient;
    try {
      server = new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    run("mail-sink", this::acceptConnections);
  }

  /** Prints its port and takes mails until its standard input ends, as it does with its parent. */
  public static void main(String[] none) throws IOException {
    try (MailSink sink = new MailSink()) {
      System.out.println(sink.port());
      System.in.transferTo(OutputStream.nullOutputStream());
    }
  }

  public int port() {
    return server.getLocalPort();
  }

  /** Mails whose final dot was answered with 250. */
  public long mails() {
    return mails.sum();
  }

  /** How many of them went to whom; only of a sink that remembers. */
  public Map<String, Integer> byRecipient() {
    return Map.copyOf(byRecipient);
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private void acceptConnections() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        client.setTcpNoDelay(true);
        run("mail-sink-" + client.getPort(), () -> serve(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      new Conversation(client.getInputStream(), client.getOutputStream()).hold();
    } catch (IOException gone) {
      // Clients under test may be killed at any moment.
    }
  }

  private static void run(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** One connection, from the greeting to its end. */
  private final class Conversation {

    private static final byte[] DOT = {'\r', '\n', '.', '\r', '\n'};

    private final InputStream in;
    private final OutputStream out;
    private final List<String> recipients = new ArrayList<>();
    private final byte[] buffer = new byte[1 << 16];
    private int next;
    private int end;

    private Conversation(InputStream in, OutputStream out) {
      this.in = in;
      this.out = out;
    }

    private void hold() throws IOException {
      say("220 sink.example ESMTP");
      for (String line = line(); line != null; line = line()) {
        String verb = line.split(" ", 2)[0].toUpperCase(Locale.ROOT);
        switch (verb) {
          case "EHLO" -> say("250-sink.example\r\n250-8BITMIME\r\n250 SMTPUTF8");
          case "DATA" -> {
            say("354 go ahead");
            if (!skipContent()) {
              return;
            }
            mails.increment();
            recipients.forEach(recipient -> byRecipient.merge(recipient, 1, Integer::sum));
            recipients.clear();
            say("250 2.0.0 taken");
          }
          case "RCPT" -> {
            if (byRecipient != null) {
              recipients.add(line.substring(line.indexOf('<') + 1, line.indexOf('>')));
            }
            say("250 2.1.5 ok");
          }
          case "RSET" -> {
            recipients.clear();
            say("250 2.0.0 ok");
          }
          case COUNT -> say("250 " + mails.sum() + " " + bytes.sum());
          case "QUIT" -> {
            say("221 2.0.0 bye");
            return;
          }
          default -> say("250 2.0.0 ok");
        }
      }
    }

    /** Null at the end of the stream. */
    private String line() throws IOException {
      StringBuilder line = new StringBuilder(80);
      while (true) {
        if (next == end && !fill()) {
          return null;
        }
        int c = buffer[next++];
        if (c == '\n') {
          return line.toString().strip();
        }
        line.append((char) c);
      }
    }

    /** Reads until a dot that stands alone in its line (RFC 5321 §4.1.1.4); false if none comes. */
    private boolean skipContent() throws IOException {
      int matched = 2; // the line of DATA has ended
      long size = 0;
      while (true) {
        if (next == end && !fill()) {
          return false;
        }
        int from = next;
        while (next < end) {
          byte b = buffer[next++];
          if (b == DOT[matched]) {
            if (++matched == DOT.length) {
              bytes.add(size + next - from);
              return true;
            }
          } else {
            matched = b == '\r' ? 1 : 0;
          }
        }
        size += next - from;
      }
    }

    private boolean fill() throws IOException {
      next = 0;
      end = Math.max(0, in.read(buffer));
      return end > 0;
    }

    private void say(String reply) throws IOException {
      out.write((reply + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }
  }
}
