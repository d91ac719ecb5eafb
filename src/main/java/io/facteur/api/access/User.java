package io.facteur.api.access;

import java.time.Instant;
import java.util.Set;

/**
 * Somebody, or some machine, who may use this installation.
 *
 * @param roles see {@link AccessRules.Role}
 * @param companies codes of the only ones that the user sees; empty: all, and the installation
 */
public record User(
    String name, boolean enabled, Set<String> roles, Set<String> companies, Instant createdAt) {

  boolean isLimited() {
    return !companies.isEmpty();
  }
}
