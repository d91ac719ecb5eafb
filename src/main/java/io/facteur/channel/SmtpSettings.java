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
 * @param connectTimeout for connecting and for the TLS handshake
 * @param replyTimeout for a reply; RFC 5321 §4.5.3.2.6 asks for ten minutes after the final dot
 */
@ConfigurationProperties("facteur.smtp")
public record SmtpSettings(
    String host,
    @DefaultValue("25") int port,
    String username,
    String password,
    @DefaultValue("STARTTLS_IF_OFFERED") Security security,
    @DefaultValue("PT30S") Duration connectTimeout,
    @DefaultValue("PT10M") Duration replyTimeout) {

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

  public SmtpSettings {
    host = blankToNull(host);
    username = blankToNull(username);
    password = blankToNull(password);
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException(
          "facteur.smtp.port is " + port + ", but a port lies between 1 and 65535");
    }
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

  /** Without the password. */
  @Override
  public String toString() {
    return "SmtpSettings[host=%s, port=%d, username=%s, security=%s]"
        .formatted(host, port, username, security);
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
