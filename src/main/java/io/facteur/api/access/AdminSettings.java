package io.facteur.api.access;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The account {@code admin}.
 *
 * @param password set at each start; null: random at the first one
 */
@ConfigurationProperties("facteur.admin")
record AdminSettings(String password) {

  @Override
  public String toString() {
    return "AdminSettings[password=***]";
  }
}
