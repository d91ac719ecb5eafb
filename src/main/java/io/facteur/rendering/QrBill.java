package io.facteur.rendering;

import io.facteur.document.Document;
import io.facteur.document.DocumentType;
import io.facteur.document.PaymentMeans;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import net.codecrete.qrbill.generator.Bill;
import net.codecrete.qrbill.generator.BillTextFormatter;
import net.codecrete.qrbill.generator.Language;
import net.codecrete.qrbill.generator.MultilingualText;
import net.codecrete.qrbill.generator.QRBill;
import net.codecrete.qrbill.generator.QRCodeText;
import net.codecrete.qrbill.generator.ValidationResult;

/**
 * Payment part and receipt of a Swiss QR-bill, as templates print them (Swiss Implementation
 * Guidelines QR-bill 2.3, Style Guide QR-bill): texts grouped and broken into lines as prescribed.
 *
 * @param code what the QR code says
 * @param words the fixed texts
 * @param creditor account, name and address
 * @param shortCreditor the same without street, for receipts where it does not fit
 * @param reference null if none
 * @param information message and billing information; empty if none
 * @param debtor name and address; empty: the payer fills them in
 * @param shortDebtor the same without street
 */
record QrBill(
    String code,
    Words words,
    String currency,
    String amount,
    List<String> creditor,
    List<String> shortCreditor,
    String reference,
    List<String> information,
    List<String> debtor,
    List<String> shortDebtor) {

  private static final BigDecimal LARGEST_AMOUNT = new BigDecimal("999999999.99");
  private static final Set<String> COUNTRIES = Set.of("CH", "LI");
  private static final Set<String> CURRENCIES = Set.of("CHF", "EUR");

  /** The official texts of one language. */
  record Words(
      String paymentPart,
      String receipt,
      String account,
      String reference,
      String information,
      String debtor,
      String emptyDebtor,
      String currency,
      String amount,
      String acceptancePoint) {

    private static Words in(Language language) {
      return new Words(
          MultilingualText.getText(MultilingualText.KEY_PAYMENT_PART, language),
          MultilingualText.getText(MultilingualText.KEY_RECEIPT, language),
          MultilingualText.getText(MultilingualText.KEY_ACCOUNT_PAYABLE_TO, language),
          MultilingualText.getText(MultilingualText.KEY_REFERENCE, language),
          MultilingualText.getText(MultilingualText.KEY_ADDITIONAL_INFORMATION, language),
          MultilingualText.getText(MultilingualText.KEY_PAYABLE_BY, language),
          MultilingualText.getText(MultilingualText.KEY_PAYABLE_BY_NAME_ADDRESS, language),
          MultilingualText.getText(MultilingualText.KEY_CURRENCY, language),
          MultilingualText.getText(MultilingualText.KEY_AMOUNT, language),
          MultilingualText.getText(MultilingualText.KEY_ACCEPTANCE_POINT, language));
    }
  }

  /**
   * Whether a document is paid with a QR-bill: what asks for money, in francs or euros, to a Swiss
   * or Liechtenstein account.
   *
   * @param payment null where nothing is to be paid
   */
  static boolean isFor(Document document, PaymentMeans payment) {
    return payment != null
        && (document.type().isBill() || document.type() == DocumentType.REMINDER)
        && payment.kind() == PaymentMeans.Kind.TRANSFER
        && payment.reference() != null
        && payment.iban() != null
        && COUNTRIES.contains(payment.iban().substring(0, 2))
        && CURRENCIES.contains(document.currency().getCurrencyCode())
        && payment.amount().compareTo(LARGEST_AMOUNT) <= 0;
  }

  /**
   * The QR-bill of a document that {@link #isFor} holds for.
   *
   * @param language de, fr, it or en: there are slips in no other
   * @param message what the payment is for
   * @throws TemplateFailedException naming our fields, if it breaks the official rules
   */
  static QrBill of(Document document, PaymentMeans payment, String language, String message) {
    ValidationResult result = QRBill.validate(QrBillData.of(document, payment, message));
    if (result.hasErrors()) {
      throw new TemplateFailedException(
          TemplateFiles.FO + "shared/qr-bill.ftlx",
          "the QR-bill of %s cannot be printed: %s"
              .formatted(document.number(), QrBillData.reasons(result)));
    }
    Bill bill = result.getCleanedBill();
    BillTextFormatter text = new BillTextFormatter(bill, true);
    return new QrBill(
        QRCodeText.create(bill),
        Words.in(Language.valueOf(language.toUpperCase(Locale.ROOT))),
        bill.getCurrency(),
        text.getAmount(),
        lines(text.getPayableTo()),
        lines(text.getPayableToReduced()),
        text.getReference(),
        lines(text.getAdditionalInformation()),
        lines(text.getPayableBy()),
        lines(text.getPayableByReduced()));
  }

  private static List<String> lines(String text) {
    return text == null ? List.of() : Arrays.asList(text.split("\n"));
  }
}
