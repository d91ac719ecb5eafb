package io.facteur.channel;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;

/**
 * The TCP connection below one SMTP connection, TLS or not. Plain sockets on purpose: a channel
 * would be closed by an interrupt, and a stopping route would leave a mail uncertain.
 */
final class SmtpLine {

  private Socket raw;

  /** Makes the socket of a connection that begins in clear. */
  SocketFactory plain() {
    return new Plain();
  }

  /** Puts TLS over the socket, at once or by STARTTLS. */
  SSLSocketFactory secured(SSLSocketFactory tls) {
    return new Secured(tls);
  }

  /**
   * Whether the server says nothing, as it must while it is our turn. Bytes or an end mean that it
   * has closed or is closing (421); the line is of no use afterwards. Takes a millisecond.
   */
  boolean silent() {
    try {
      int before = raw.getSoTimeout();
      raw.setSoTimeout(1);
      try {
        raw.getInputStream().read();
        return false;
      } catch (SocketTimeoutException nothing) {
        return true;
      } finally {
        raw.setSoTimeout(before);
      }
    } catch (IOException broken) {
      return false;
    }
  }

  /** How long to wait for the next replies. */
  void patience(Duration timeout) throws IOException {
    raw.setSoTimeout(Math.toIntExact(timeout.toMillis()));
  }

  /** Ends the connection as it stands, without another word. */
  void drop() {
    try {
      if (raw != null) {
        raw.close();
      }
    } catch (IOException alreadyGone) {
      // Nothing is left to be closed.
    }
  }

  private Socket keep(Socket socket) throws IOException {
    // Without it Nagle and delayed acknowledgements cost 20 to 50 ms for each mail.
    socket.setTcpNoDelay(true);
    raw = socket;
    return socket;
  }

  private final class Plain extends SocketFactory {

    @Override
    public Socket createSocket() throws IOException {
      return keep(new Socket());
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
      return keep(new Socket(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort)
        throws IOException {
      return keep(new Socket(host, port, localHost, localPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
      return keep(new Socket(host, port));
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress local, int localPort)
        throws IOException {
      return keep(new Socket(address, port, local, localPort));
    }
  }

  /** Remembers the socket below TLS; everything else is the real factory's. */
  private final class Secured extends SSLSocketFactory {

    private final SSLSocketFactory tls;

    Secured(SSLSocketFactory tls) {
      this.tls = tls;
    }

    @Override
    public Socket createSocket(Socket socket, String host, int port, boolean autoClose)
        throws IOException {
      return tls.createSocket(keep(socket), host, port, autoClose);
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
      return createSocket(new Socket(host, port), host, port, true);
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort)
        throws IOException {
      return createSocket(new Socket(host, port, localHost, localPort), host, port, true);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
      return createSocket(new Socket(host, port), host.getHostName(), port, true);
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress local, int localPort)
        throws IOException {
      Socket socket = new Socket(address, port, local, localPort);
      return createSocket(socket, address.getHostName(), port, true);
    }

    @Override
    public String[] getDefaultCipherSuites() {
      return tls.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
      return tls.getSupportedCipherSuites();
    }
  }
}
