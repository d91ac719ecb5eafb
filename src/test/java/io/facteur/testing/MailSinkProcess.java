package io.facteur.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A {@link MailSink} in a process of its own; it ends with this one at the latest. */
public final class MailSinkProcess implements AutoCloseable {

  private final Process process;
  private final int port;

  private MailSinkProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts it: returns when it takes mails. */
  public static MailSinkProcess start() {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            MailSink.class.getName());
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      String port =
          new BufferedReader(
                  new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))
              .readLine();
      if (port == null) {
        throw new IllegalStateException("the mail sink did not start");
      }
      return new MailSinkProcess(process, Integer.parseInt(port));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return port;
  }

  public ProcessHandle handle() {
    return process.toHandle();
  }

  /** Mails that it has accepted so far. */
  public long mails() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      BufferedReader answers =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      answers.readLine();
      socket.getOutputStream().write((MailSink.COUNT + "\r\n").getBytes(StandardCharsets.US_ASCII));
      return Long.parseLong(answers.readLine().split(" ")[1]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
  }
}
