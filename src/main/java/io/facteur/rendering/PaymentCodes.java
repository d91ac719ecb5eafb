package io.facteur.rendering;

import io.facteur.document.Document;
import io.facteur.document.DocumentType;
import io.facteur.document.PaymentMeans;
import io.facteur.document.StatedBill;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a document carries for machines to pay it: a Swiss payment slip ({@code qrBill}) or a
 * European QR code ({@code epcCode}), never both. Drafts have no reference yet, and a copy carries
 * none, so that nobody pays twice.
 */
final class PaymentCodes {

  private PaymentCodes() {}

  /**
   * What templates see of it; empty if there is none.
   *
   * @throws TemplateFailedException if the payment slip breaks the official rules
   */
  static Map<String, Object> of(Document document, Variant variant, TemplateSet set) {
    PaymentMeans payment = variant.copy() ? null : PaymentMeans.of(document);
    if (QrBill.isFor(document, payment)) {
      String language = set.labels(variant.language()).text("slip.language", "");
      String message = message(document, set.labels(language));
      return Map.of("qrBill", PlainData.of(QrBill.of(document, payment, language, message)));
    }
    return EpcCode.isFor(document, payment) ? Map.of("epcCode", EpcCode.of(payment)) : Map.of();
  }

  private static String message(Document document, Labels labels) {
    String name = labels.text("type." + document.type(), "CH") + " " + document.number();
    return document.type() == DocumentType.REMINDER
        ? name
            + ": "
            + document.stated().stream().map(StatedBill::number).collect(Collectors.joining(", "))
        : name;
  }
}
