package io.facteur.rendering;

import io.facteur.document.Document;
import io.facteur.party.TradeParty;

/**
 * One of the ways in which a document is rendered (DISP-1).
 *
 * @param language null: the document's
 * @param template null: the document type's; otherwise the {@code name} of {@code
 *     templates/fo/name.fo.ftlx}
 * @param copy whether it is marked as a copy, so that nobody pays twice
 * @param window whose address the window of the envelope shows
 */
public record Variant(
    Format format, String language, String template, boolean copy, Window window) {

  /** Whose address stands in the window of the envelope. */
  public enum Window {
    /** Who owes the invoice: on everything that is not sent by post as well. */
    BUYER,
    /** Where the letter goes instead; who owes the invoice is printed in a block of its own. */
    DELIVERY
  }

  /** The original in the document's own language and template. */
  public static Variant original(Format format) {
    return new Variant(format, null, null, false, Window.BUYER);
  }

  /**
   * The variant that stands for all that give the same file: nothing is null, {@link
   * Format#FACTUR_X} is a {@link Format#PDF}, an e-invoice exists once, in the document's language,
   * and only an address that the document has can stand in the window.
   */
  Variant normalisedFor(Document document) {
    if (format.isXml()) {
      String only = format.profile().map(EInvoiceProfile::template).orElseThrow();
      return new Variant(format, primary(document.language()), only, false, Window.BUYER);
    }
    return new Variant(
        Format.PDF,
        primary(language == null ? document.language() : language),
        template == null ? Templates.defaultFor(document.type()) : template,
        copy,
        hasAddress(document.deliverTo()) ? window : Window.BUYER);
  }

  private static boolean hasAddress(TradeParty party) {
    return party != null && party.address() != null;
  }

  /** {@code de-CH} is printed with the texts of {@code de}. */
  private static String primary(String language) {
    int end = language.replace('_', '-').indexOf('-');
    return end < 0 ? language : language.substring(0, end);
  }
}
