package io.facteur.rendering;

import io.facteur.document.Document;
import io.facteur.document.DocumentType;
import io.facteur.document.PaymentMeans;
import io.facteur.document.PaymentReference;
import java.math.BigDecimal;

/**
 * The text of the QR code from which European banking apps fill in a transfer (EPC069-12, version
 * 002): "Girocode".
 */
final class EpcCode {

  private static final BigDecimal LARGEST_AMOUNT = new BigDecimal("999999999.99");
  private static final int NAME_LENGTH = 70;
  private static final int TEXT_LENGTH = 140;

  private EpcCode() {}

  /**
   * Whether a document carries one: what asks for euros of a company that wants it.
   *
   * @param payment null where nothing is to be paid
   */
  static boolean isFor(Document document, PaymentMeans payment) {
    return payment != null
        && document.seller().invoicing().epcQrCode()
        && (document.type().isBill() || document.type() == DocumentType.REMINDER)
        && payment.kind() == PaymentMeans.Kind.TRANSFER
        && payment.reference() != null
        && payment.iban() != null
        && document.currency().getCurrencyCode().equals("EUR")
        && payment.amount().compareTo(LARGEST_AMOUNT) <= 0
        && LatinText.of(payment.accountName()) != null;
  }

  /** What the code says, for a document that {@link #isFor} holds for. */
  static String of(PaymentMeans payment) {
    boolean structured = payment.referenceType() == PaymentReference.Type.SCOR;
    String reference = LatinText.of(payment.reference());
    return String.join(
        "\n",
        "BCD",
        "002",
        "1",
        "SCT",
        payment.bic() == null ? "" : payment.bic(),
        clipped(LatinText.of(payment.accountName()), NAME_LENGTH),
        payment.iban(),
        "EUR" + payment.amount().setScale(2).toPlainString(),
        "",
        structured ? reference : "",
        structured ? "" : clipped(reference, TEXT_LENGTH));
  }

  private static String clipped(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length);
  }
}
