package io.facteur.party;

import java.util.Set;

/**
 * Which contacts are wanted; null for any.
 *
 * @param companies any of them
 * @param name a part of the name, in any case
 * @param email one of its addresses of any kind
 */
public record ContactFilter(
    Set<CompanyId> companies, Contact.Kind kind, String name, String email) {
  public static final ContactFilter ALL = new ContactFilter(null, null, null, null);
}
