package io.facteur.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A port behind which, from now on, the server of another port answers. */
final class PortForward implements AutoCloseable {

  private final ServerSocket listener;
  private final int target;

  private PortForward(ServerSocket listener, int target) {
    this.listener = listener;
    this.target = target;
  }

  static PortForward open(int port, int target) {
    try {
      PortForward forward =
          new PortForward(new ServerSocket(port, 50, InetAddress.getLoopbackAddress()), target);
      daemon(forward::acceptAll);
      return forward;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void acceptAll() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        daemon(() -> pump(client, server));
        daemon(() -> pump(server, client));
      } catch (IOException e) {
        return;
      }
    }
  }

  private static void pump(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // One side has gone; the other is closed with it.
    }
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "port-forward");
    thread.setDaemon(true);
    thread.start();
  }
}
