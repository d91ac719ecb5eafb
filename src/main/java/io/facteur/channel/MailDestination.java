package io.facteur.channel;

import java.nio.file.Path;

/**
 * Where mails go, for logs, reports and the console.
 *
 * @param catcher whether it is the built-in mail catcher, which lets nothing leave this machine
 * @param folder in which the mail catcher keeps each mail as a file; null for a mail server
 */
public record MailDestination(String host, int port, boolean catcher, Path folder) {

  /** The destination in words, e.g. {@code "mail server smtp.example.com:25"}. */
  public String description() {
    return catcher
        ? "mail catcher: nothing leaves this machine, mails lie in " + folder
        : "mail server " + host + ":" + port;
  }
}
