package io.facteur.privacy;

import io.facteur.party.EmailAddress;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What stands for the addresses of an erased contact in its history: the same for the same address,
 * so that the history can still be followed. Which address it was is kept nowhere, so that there is
 * no way back.
 */
final class Pseudonyms {

  private final long contact;
  private final Map<String, String> known = new LinkedHashMap<>();
  private int given;

  /**
   * @param contact id
   * @param given how many were given by earlier erasures of the same contact
   */
  Pseudonyms(long contact, int given) {
    this.contact = contact;
    this.given = given;
  }

  /** In an address capitals make no difference; a pseudonym stands for itself. */
  String of(String address) {
    return isPseudonym(address)
        ? address
        : known.computeIfAbsent(
            key(address),
            key -> "erased-%d-%d@%s".formatted(contact, ++given, EmailAddress.ERASED_DOMAIN));
  }

  void know(Collection<String> addresses) {
    addresses.forEach(this::of);
  }

  boolean knows(String address) {
    return known.containsKey(key(address));
  }

  /** In small letters, in the order in which they were found. */
  List<String> addresses() {
    return List.copyOf(known.keySet());
  }

  int size() {
    return known.size();
  }

  /** How many were given by now, by all erasures of the contact. */
  int given() {
    return given;
  }

  static boolean isPseudonym(String address) {
    return key(address).endsWith("@" + EmailAddress.ERASED_DOMAIN);
  }

  private static String key(String address) {
    return address.toLowerCase(Locale.ROOT);
  }
}
