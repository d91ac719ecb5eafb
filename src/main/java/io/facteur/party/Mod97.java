package io.facteur.party;

import java.math.BigInteger;
import java.util.Locale;

/**
 * The checksum of ISO 7064 MOD 97-10, letters counting from 10: of creditor references (ISO 11649)
 * and SEPA creditor identifiers.
 */
public final class Mod97 {

  private static final BigInteger MODULUS = BigInteger.valueOf(97);

  private Mod97() {}

  /** Two check digits that make the text and they come to 1. */
  public static String checkDigits(String lettersAndDigits) {
    return "%02d".formatted(98 - remainder(lettersAndDigits + "00"));
  }

  /** Whether a text that ends with its check digits is undamaged. */
  public static boolean isValid(String lettersAndDigits) {
    return remainder(lettersAndDigits) == 1;
  }

  private static int remainder(String lettersAndDigits) {
    StringBuilder digits = new StringBuilder(2 * lettersAndDigits.length());
    lettersAndDigits
        .toUpperCase(Locale.ROOT)
        .chars()
        .forEach(character -> digits.append(Character.digit(character, 36)));
    return new BigInteger(digits.toString()).mod(MODULUS).intValue();
  }
}
