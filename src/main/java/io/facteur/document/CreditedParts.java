package io.facteur.document;

import io.facteur.contract.VatCategory;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * What the credit notes of one invoice, drafts included, have taken back of it so far.
 *
 * @param creditNotes their numbers, or the ids of drafts, in the order in which they were made
 * @param lines by the position of the invoice's line
 * @param allowances of the document as a whole, by their position
 * @param vat by category and rate
 * @param accountingTax part of BT-111
 */
record CreditedParts(
    List<String> creditNotes,
    Map<Integer, Line> lines,
    Map<Integer, Allowance> allowances,
    Map<Vat, Sum> vat,
    BigDecimal taxInclusive,
    BigDecimal accountingTax,
    BigDecimal prepaid,
    BigDecimal rounding) {

  /**
   * Of a line.
   *
   * @param byAmount whether some of it was credited by an amount instead of a quantity
   * @param allowances of the line, by their position
   */
  record Line(
      BigDecimal quantity,
      BigDecimal net,
      BigDecimal discount,
      boolean byAmount,
      Map<Integer, Allowance> allowances) {

    /** Of a line that was not credited. */
    static final Line NOTHING =
        new Line(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, false, Map.of());

    Allowance allowance(int position) {
      return allowances.getOrDefault(position, Allowance.NOTHING);
    }
  }

  /** Of an allowance or charge. */
  record Allowance(BigDecimal amount, BigDecimal base) {
    static final Allowance NOTHING = new Allowance(BigDecimal.ZERO, BigDecimal.ZERO);
  }

  /** What VAT is summed up by. */
  record Vat(VatCategory category, BigDecimal rate) {
    Vat {
      rate = rate.setScale(2);
    }
  }

  /** Of the VAT breakdown. */
  record Sum(BigDecimal taxable, BigDecimal tax) {
    static final Sum NOTHING = new Sum(BigDecimal.ZERO, BigDecimal.ZERO);
  }

  Line line(int position) {
    return lines.getOrDefault(position, Line.NOTHING);
  }

  Allowance allowance(int position) {
    return allowances.getOrDefault(position, Allowance.NOTHING);
  }

  Sum vat(Vat vat) {
    return this.vat.getOrDefault(vat, Sum.NOTHING);
  }
}
