package io.facteur.api.access;

import java.time.Instant;
import java.util.Set;

/**
 * Somebody, or some machine, who may use this installation.
 *
 * @param roles see {@link AccessRules.Role}
 */
public record User(String name, boolean enabled, Set<String> roles, Instant createdAt) {}
