package io.facteur.party;

import java.util.Objects;

/**
 * A postal address as EN 16931 BG-5 and BG-8 know it.
 *
 * @param street BT-35/BT-50, with house number; null for places without
 * @param postcode BT-38/BT-53
 * @param city BT-37/BT-52
 * @param country BT-40/BT-55, ISO 3166-1 alpha-2
 */
public record PostalAddress(String street, String postcode, String city, String country) {

  public PostalAddress {
    Objects.requireNonNull(postcode, "postcode");
    Objects.requireNonNull(city, "city");
    Objects.requireNonNull(country, "country");
  }
}
