package io.facteur.party;

/**
 * A way to reach somebody. Only a PRIVATE e-mail place may become an individual address (DISP-2).
 *
 * @param value an e-mail address in its checked form, or a number as it was given
 */
public record CommunicationPlace(Kind kind, Place place, String value) {

  /** What it is. */
  public enum Kind {
    EMAIL,
    PHONE,
    MOBILE,
    FAX
  }

  /** Where it is. */
  public enum Place {
    PRIVATE,
    BUSINESS,
    OTHER
  }

  public CommunicationPlace {
    value = kind == Kind.EMAIL ? EmailAddress.kept(value).value() : value.strip();
    if (value.isEmpty() || value.length() > 254) {
      throw new IllegalArgumentException("a number needs between 1 and 254 characters");
    }
    if (value.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("a number contains a control character");
    }
  }

  /**
   * A place as somebody gave it; an e-mail address is checked by today's rules (ADDR-8), which one
   * that is read again need not be.
   */
  public static CommunicationPlace given(Kind kind, Place place, String value) {
    return new CommunicationPlace(
        kind, place, kind == Kind.EMAIL ? new EmailAddress(value).value() : value);
  }

  public boolean isPrivateEmail() {
    return kind == Kind.EMAIL && place == Place.PRIVATE;
  }
}
