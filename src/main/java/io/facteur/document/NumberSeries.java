package io.facteur.document;

import java.util.Locale;

/**
 * The series that each type of document is numbered in, gap-free for each company and year
 * (BILL-3).
 *
 * <p>A number is {@code <company prefix>-<letter><year>-<sequence>}, the sequence with at least six
 * digits; invoices carry no letter: {@code AO-2026-000017}, the company's credit notes {@code
 * AO-C2026-000003}. As the letter stands directly before the year, no two companies or series can
 * make the same number, whatever their prefixes are.
 */
public final class NumberSeries {

  private NumberSeries() {}

  /** The name of the series in the database: one letter; bills of all types share theirs. */
  public static String of(DocumentType type) {
    return switch (type) {
      case INVOICE, INSTALMENT, SETTLEMENT -> "I";
      case CREDIT_NOTE -> "C";
      case QUOTE -> "Q";
      case ORDER -> "O";
      case DELIVERY_NOTE -> "D";
      case REMINDER -> "R";
      case PAYMENT_NOTICE -> "N";
      case STATEMENT -> "S";
      case PURCHASE_ORDER -> "P";
      case LETTER -> "L";
    };
  }

  static String number(String companyPrefix, DocumentType type, int year, long sequence) {
    String letter = type.isBill() ? "" : of(type);
    return String.format(Locale.ROOT, "%s-%s%d-%06d", companyPrefix, letter, year, sequence);
  }
}
