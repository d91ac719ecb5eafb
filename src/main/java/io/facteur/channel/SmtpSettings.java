package io.facteur.channel;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The mail account through which Facteur sends (MAIL-1).
 *
 * @param host null or empty: none is set up
 * @param username null or empty: the server asks for none
 * @param password kept out of logs; set it by reference
 * @param connections how many mails are sent at once; more of them wait
 * @param localName by which we greet the server (RFC 5321 §4.1.1.1); null or empty: this machine's
 * @param sslBundle Spring SSL bundle with the authorities to trust; null or empty: Java's own
 */
@Validated
@ConfigurationProperties("facteur.smtp")
public record SmtpSettings(
    String host,
    @DefaultValue("25") @Min(1) @Max(65535) int port,
    String username,
    String password,
    @DefaultValue("STARTTLS") @NotNull Security security,
    @DefaultValue("4") @Min(1) @Max(200) int connections,
    String localName,
    String sslBundle,
    @DefaultValue @NotNull Reuse reuse,
    @DefaultValue @NotNull Timeouts timeouts) {

  /** How the connection is protected. */
  public enum Security {
    /** In clear: only inside a trusted network. */
    NONE,
    /** Upgraded before anything is said (RFC 3207); refused where the server does not offer it. */
    STARTTLS,
    /** TLS from the first byte (RFC 8314), as a rule on port 465. */
    TLS
  }

  /**
   * How long a connection is kept.
   *
   * @param mails after which it is renewed
   * @param idle unused for that long, it is taken for closed by the server
   */
  public record Reuse(
      @DefaultValue("100") @Min(1) int mails, @DefaultValue("30s") @NotNull Duration idle) {}

  /**
   * How long we wait for the server; RFC 5321 §4.5.3.2 gives the defaults.
   *
   * @param command for the reply to a command
   * @param reply for the reply to the final dot: giving up early leaves a mail uncertain
   * @param write for a piece of the mail to be taken
   */
  public record Timeouts(
      @DefaultValue("10s") @NotNull Duration connect,
      @DefaultValue("5m") @NotNull Duration command,
      @DefaultValue("10m") @NotNull Duration reply,
      @DefaultValue("2m") @NotNull Duration write) {}

  public boolean configured() {
    return host != null && !host.isBlank();
  }

  public boolean authenticates() {
    return username != null && !username.isBlank();
  }

  /** {@code host:port}, as evidence names the server. */
  public String server() {
    return host + ":" + port;
  }

  @Override
  public String toString() {
    return "SmtpSettings[" + server() + ", " + security + ", connections=" + connections + "]";
  }
}
