package io.facteur.embedded;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The mail catcher of a first run.
 *
 * @param port on the loopback interface; 0 for any free one
 */
@ConfigurationProperties("facteur.mail-catcher")
record MailCatcherSettings(@DefaultValue("0") int port) {}
