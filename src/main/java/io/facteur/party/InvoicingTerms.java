package io.facteur.party;

import java.util.List;

/**
 * What a company's bills say beside who sells: identifiers, ways to pay, notes.
 *
 * @param taxNumber BT-32, of the local tax office; null if none
 * @param payee BG-10; null: the company itself
 * @param qrIban Swiss QR-IBAN, which payments with a QR reference go to, without spaces; null if
 *     none
 * @param qrReferencePrefix digits that the bank wants at the beginning of QR references; null if
 *     none
 * @param epcQrCode whether bills in EUR carry a code from which a banking app fills in a transfer
 * @param creditorId BT-90, the SEPA creditor identifier; null: nothing is collected by direct debit
 * @param notes BG-1, on each bill and credit note
 */
public record InvoicingTerms(
    String taxNumber,
    Payee payee,
    String qrIban,
    String qrReferencePrefix,
    boolean epcQrCode,
    String creditorId,
    List<LegalNote> notes) {

  /** Of a company of which nothing special is known. */
  public static final InvoicingTerms NONE =
      new InvoicingTerms(null, null, null, null, false, null, List.of());

  public InvoicingTerms {
    notes = notes == null ? List.of() : List.copyOf(notes);
  }
}
