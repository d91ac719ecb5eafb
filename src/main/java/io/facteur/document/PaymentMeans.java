package io.facteur.document;

import io.facteur.party.InvoicingTerms;
import io.facteur.party.Mandate;
import java.math.BigDecimal;
import java.util.Set;

/**
 * How the amount due of a document is to be paid (EN 16931 BG-16).
 *
 * @param typeCode BT-81, UNTDID 4461: 58 and 30 are transfers with and outside SEPA, 59 is SEPA
 *     direct debit
 * @param amount what is to be paid, in the document's currency
 * @param accountName BT-85: the payee, or the seller
 * @param iban BT-84; null for direct debit
 * @param bic BT-86; null if none, and for direct debit
 * @param reference BT-83; null of a draft
 * @param referenceType null of a draft
 * @param mandateReference BT-89; null for transfers
 * @param debitedIban BT-91; null for transfers
 * @param creditorId BT-90; null for transfers
 */
public record PaymentMeans(
    Kind kind,
    String typeCode,
    BigDecimal amount,
    String accountName,
    String iban,
    String bic,
    String reference,
    PaymentReference.Type referenceType,
    String mandateReference,
    String debitedIban,
    String creditorId) {

  /** Who acts. */
  public enum Kind {
    /** The buyer pays. */
    TRANSFER,
    /** The seller collects. */
    DIRECT_DEBIT
  }

  private static final Set<String> QR_CURRENCIES = Set.of("CHF", "EUR");
  private static final Set<String> SWISS = Set.of("CH", "LI");

  /** Null where nothing is to be paid to the seller. */
  public static PaymentMeans of(Document document) {
    if (owed(document).signum() <= 0) {
      return null;
    }
    InvoicingTerms terms = document.seller().invoicing();
    boolean euro = document.currency().getCurrencyCode().equals("EUR");
    return document.mandate() != null && terms.creditorId() != null && euro
        ? directDebit(document, document.mandate())
        : transfer(document, euro ? "58" : "30");
  }

  private static BigDecimal owed(Document document) {
    BigDecimal payable = document.totals().payable();
    return switch (document.type()) {
      case INVOICE, INSTALMENT, SETTLEMENT, REMINDER, STATEMENT -> payable;
      // What a credit note comes to is in the buyer's favour.
      case CREDIT_NOTE -> payable.negate();
      default -> BigDecimal.ZERO;
    };
  }

  private static PaymentMeans directDebit(Document document, Mandate mandate) {
    return new PaymentMeans(
        Kind.DIRECT_DEBIT,
        "59",
        owed(document),
        accountName(document),
        null,
        null,
        document.number(),
        document.number() == null ? null : PaymentReference.Type.NON,
        mandate.reference(),
        mandate.iban(),
        document.seller().invoicing().creditorId());
  }

  private static PaymentMeans transfer(Document document, String typeCode) {
    PaymentReference reference = reference(document);
    boolean qr = qrAccount(document);
    return new PaymentMeans(
        Kind.TRANSFER,
        typeCode,
        owed(document),
        accountName(document),
        qr ? document.seller().invoicing().qrIban() : document.seller().iban(),
        document.seller().bic(),
        reference == null ? null : reference.value(),
        reference == null ? null : reference.type(),
        null,
        null,
        null);
  }

  private static String accountName(Document document) {
    return document.seller().invoicing().payee() == null
        ? document.seller().party().name()
        : document.seller().invoicing().payee().name();
  }

  private static boolean qrAccount(Document document) {
    return document.seller().invoicing().qrIban() != null
        && QR_CURRENCIES.contains(document.currency().getCurrencyCode());
  }

  /** A reminder of one bill quotes that one's reference, so that the payment settles it. */
  private static PaymentReference reference(Document document) {
    if (document.number() == null) {
      return null;
    }
    boolean one = document.stated().size() == 1;
    DocumentId bill = one ? document.stated().get(0).bill() : document.id();
    String number = one ? document.stated().get(0).number() : document.number();
    if (qrAccount(document)) {
      return PaymentReference.qr(document.seller().invoicing().qrReferencePrefix(), bill);
    }
    return isSwiss(document.seller().iban())
        ? PaymentReference.creditor(number, bill)
        : new PaymentReference(PaymentReference.Type.NON, number);
  }

  private static boolean isSwiss(String iban) {
    return iban != null && iban.length() > 2 && SWISS.contains(iban.substring(0, 2));
  }
}
