package io.facteur.channel;

import java.time.Duration;
import java.util.Locale;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The mail server that takes everything that leaves (MAIL-1).
 *
 * @param host null only where nothing is sent at all (a check of routes and settings); a start
 *     without it is refused, or gets the mail catcher
 * @param username null: without authentication
 * @param password as the environment or a file gave it; never logged
 * @param connections how many mails are sent at once; further ones wait
 * @param localName by which we greet the server (RFC 5321 §4.1.1.1); null: this machine's name
 * @param sslBundle Spring SSL bundle ({@code spring.ssl.bundle.*}) with the authorities to trust;
 *     null: Java's own
 */
@ConfigurationProperties("facteur.smtp")
public record SmtpSettings(
    String host,
    @DefaultValue("25") int port,
    String username,
    String password,
    @DefaultValue("STARTTLS_IF_OFFERED") Security security,
    @DefaultValue("4") int connections,
    String localName,
    String sslBundle,
    @DefaultValue Reuse reuse,
    @DefaultValue Timeouts timeouts) {

  /** How the connection is protected. */
  public enum Security {
    /** Never encrypted: a relay on the same machine or in a closed network. */
    NONE,
    /** Encrypted when the server offers it, in clear otherwise: between relays. */
    STARTTLS_IF_OFFERED,
    /** Encrypted by STARTTLS; a server that does not offer it gets nothing. */
    STARTTLS,
    /** Encrypted from the first byte (port 465). */
    TLS;

    public boolean alwaysEncrypted() {
      return this == STARTTLS || this == TLS;
    }
  }

  /**
   * How long a connection is kept.
   *
   * @param mails after which it is renewed
   * @param idle unused for that long, it is taken for closed by the server
   */
  public record Reuse(@DefaultValue("100") int mails, @DefaultValue("30s") Duration idle) {

    public Reuse {
      atLeastOne(mails, "facteur.smtp.reuse.mails");
    }
  }

  /**
   * How long we wait for the server; RFC 5321 §4.5.3.2 gives the defaults.
   *
   * @param command for the greeting, the TLS handshake and the reply to a command
   * @param reply for the reply to the final dot: giving up early leaves a mail uncertain
   * @param write for a piece of the mail to be taken
   */
  public record Timeouts(
      @DefaultValue("10s") Duration connect,
      @DefaultValue("5m") Duration command,
      @DefaultValue("10m") Duration reply,
      @DefaultValue("2m") Duration write) {}

  public SmtpSettings {
    host = blankToNull(host);
    username = blankToNull(username);
    password = blankToNull(password);
    localName = blankToNull(localName);
    sslBundle = blankToNull(sslBundle);
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException(
          "facteur.smtp.port is " + port + ", but a port lies between 1 and 65535");
    }
    atLeastOne(connections, "facteur.smtp.connections");
    if ((username == null) != (password == null)) {
      throw new IllegalArgumentException(
          "facteur.smtp.username and facteur.smtp.password belong together: set both or neither");
    }
    if (username != null && !security.alwaysEncrypted() && !isLoopback(host)) {
      throw new IllegalArgumentException(
          "facteur.smtp.security is "
              + security
              + ", which could send the password in clear: set STARTTLS or TLS");
    }
  }

  /** {@code host:port}, as evidence names the server. */
  public String server() {
    return host + ":" + port;
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "SmtpSettings[host=%s, port=%d, username=%s, security=%s, connections=%d]"
        .formatted(host, port, username, security, connections);
  }

  private static void atLeastOne(int value, String setting) {
    if (value < 1) {
      throw new IllegalArgumentException(setting + " is " + value + ", but at least 1 is needed");
    }
  }

  private static String blankToNull(String text) {
    return text == null || text.isBlank() ? null : text.strip();
  }

  private static boolean isLoopback(String host) {
    if (host == null) {
      return false;
    }
    String name = host.toLowerCase(Locale.ROOT);
    return name.equals("localhost") || name.equals("::1") || name.startsWith("127.");
  }
}
