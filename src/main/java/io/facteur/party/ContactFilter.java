package io.facteur.party;

/**
 * Which contacts are wanted; null for any.
 *
 * @param name a part of the name, in any case
 * @param email one of its addresses of any kind
 */
public record ContactFilter(CompanyId company, Contact.Kind kind, String name, String email) {
  public static final ContactFilter ALL = new ContactFilter(null, null, null, null);
}
