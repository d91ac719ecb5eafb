package io.facteur.camel;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.StringUtils;
import org.springframework.validation.annotation.Validated;

/**
 * The broker (ActiveMQ Artemis) of an installation whose {@code facteur.hand-out} is {@code jms}.
 *
 * @param url Artemis' own form; its parameters carry TLS and may carry secrets: never logged
 * @param username null: without authentication
 * @param password as the environment or a file gave it; never logged
 * @param chunks how many of a channel's chunks lie in the broker at most
 */
@Validated
@ConfigurationProperties("facteur.broker")
public record BrokerSettings(
    @NotBlank @DefaultValue("tcp://127.0.0.1:61616") String url,
    String username,
    String password,
    @Min(1) @Max(1_000) @DefaultValue("8") int chunks) {

  private static final Pattern PLACE = Pattern.compile("([a-z]+://)(?:[^/?,)#@]*@)?([^/?,)#@]+)");

  public BrokerSettings {
    username = StringUtils.hasText(username) ? username.strip() : null;
    password = StringUtils.hasText(password) ? password.strip() : null;
    if ((username == null) != (password == null)) {
      throw new IllegalArgumentException(
          "facteur.broker.username and facteur.broker.password belong together: set both or"
              + " neither");
    }
    if (StringUtils.hasText(url)) {
      refuseUnlessParsed(url);
    }
  }

  /** Artemis' own message, and its causes, repeat the URL. */
  private static void refuseUnlessParsed(String url) {
    boolean parsed;
    try (ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(url)) {
      parsed = factory.getServerLocator() != null;
    } catch (RuntimeException secret) {
      parsed = false;
    }
    if (!parsed) {
      throw new IllegalArgumentException(
          "facteur.broker.url is none: write it like tcp://broker:61616, or"
              + " (tcp://one:61616,tcp://two:61616)?ha=true");
    }
  }

  /** The URL without anything that could be a secret. */
  public String server() {
    return PLACE
        .matcher(url)
        .results()
        .map(found -> found.group(1) + found.group(2))
        .collect(Collectors.joining(","));
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "BrokerSettings[server=%s, username=%s, chunks=%d]"
        .formatted(server(), username, chunks);
  }
}
