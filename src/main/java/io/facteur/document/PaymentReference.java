package io.facteur.document;

import io.facteur.party.Mod97;
import java.util.Locale;

/**
 * What a payer quotes, so that the payment finds its bill.
 *
 * @param value as machines write it, without spaces
 */
public record PaymentReference(Type type, String value) {

  /** The kinds of references on Swiss payment slips; elsewhere all are texts. */
  public enum Type {
    /** Swiss QR reference: 27 digits, the last one a check digit. */
    QRR,
    /** Creditor reference of ISO 11649: {@code RF}, two check digits, at most 21 characters. */
    SCOR,
    /** Any text. */
    NON
  }

  private static final int QR_DIGITS = 26;
  private static final int CREDITOR_CHARACTERS = 21;
  private static final int[] MOD_10 = {0, 9, 4, 6, 8, 2, 7, 1, 3, 5};

  /**
   * The Swiss QR reference of a bill.
   *
   * @param prefix digits that the bank wants at the beginning; null if none
   */
  static PaymentReference qr(String prefix, DocumentId bill) {
    String begin = prefix == null ? "" : prefix;
    String own = String.valueOf(bill.value());
    String digits = begin + "0".repeat(QR_DIGITS - begin.length() - own.length()) + own;
    return new PaymentReference(Type.QRR, digits + mod10(digits));
  }

  /** The creditor reference of a bill, made of its number; of a very long one, of its id. */
  static PaymentReference creditor(String number, DocumentId bill) {
    String letters = number.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "");
    String body =
        letters.isEmpty() || letters.length() > CREDITOR_CHARACTERS
            ? String.valueOf(bill.value())
            : letters;
    return new PaymentReference(Type.SCOR, "RF" + Mod97.checkDigits(body + "RF") + body);
  }

  /** Modulo 10, recursive, as Swiss payment slips have it. */
  private static int mod10(String digits) {
    int carry = 0;
    for (int i = 0; i < digits.length(); i++) {
      carry = MOD_10[(carry + Character.digit(digits.charAt(i), 10)) % 10];
    }
    return (10 - carry) % 10;
  }
}
