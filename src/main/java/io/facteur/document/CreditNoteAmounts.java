package io.facteur.document;

import static java.math.RoundingMode.HALF_UP;

import io.facteur.party.Refusal;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The amounts of a credit note: of all that is left of an invoice, or of parts of its lines
 * (BILL-6).
 *
 * <p>A part is computed as EN 16931 says, but never comes to more than what is left. Whatever takes
 * the last of a line, of an allowance or of the sum of a VAT rate takes what is left of it to the
 * cent, so that all credit notes together equal the invoice. Allowances and charges of the document
 * are taken in proportion if they are percentages; amounts only with what is left of the whole.
 */
final class CreditNoteAmounts {

  private static final BigDecimal ZERO = new BigDecimal("0.00");
  private static final BigDecimal HUNDRED = new BigDecimal(100);

  /**
   * Everything that is computed.
   *
   * @param allowances by their position on the invoice
   * @param accountingTax null where the currency is the seller's own
   */
  record Computed(
      List<CreditLines.Line> lines,
      SortedMap<Integer, DocumentAllowance> allowances,
      List<VatBreakdown> vatBreakdown,
      Totals totals,
      AccountingTax accountingTax) {}

  private final Document invoice;
  private final CreditedParts credited;
  private final BigDecimal payableRounding;

  /**
   * Of one invoice.
   *
   * @param payableRounding the amount of a part is rounded to a multiple of it; null: it is not
   */
  CreditNoteAmounts(Document invoice, CreditedParts credited, BigDecimal payableRounding) {
    this.invoice = invoice;
    this.credited = credited;
    this.payableRounding = payableRounding;
  }

  /** With VAT. */
  BigDecimal left() {
    return invoice.totals().taxInclusive().subtract(credited.taxInclusive());
  }

  /**
   * All that is left.
   *
   * @throws Refusal if nothing is, or if it cannot be told
   */
  Computed remainder() {
    List<CreditLines.Line> lines = new ArrayList<>(new CreditLines(invoice, credited).left());
    SortedMap<Integer, DocumentAllowance> allowances = allowances(lines, true);
    if (lines.isEmpty()) {
      lines.addAll(chargesAsLines(allowances));
    }
    return computed(lines, allowances, true);
  }

  /**
   * Parts of lines.
   *
   * @throws Refusal if less is left than is asked for
   */
  Computed parts(List<FollowUpRequest.Line> requested) {
    List<CreditLines.Line> lines = new CreditLines(invoice, credited).requested(requested);
    return computed(lines, allowances(lines, false), false);
  }

  private SortedMap<Integer, DocumentAllowance> allowances(
      List<CreditLines.Line> lines, boolean all) {
    SortedMap<Integer, DocumentAllowance> taken = new TreeMap<>();
    for (int i = 0; i < invoice.allowances().size(); i++) {
      DocumentAllowance one = invoice.allowances().get(i);
      CreditedParts.Allowance before = credited.allowance(i + 1);
      BigDecimal left = one.amount().subtract(before.amount());
      if (one.percent() != null) {
        BigDecimal base = sum(lines, one);
        boolean last = base.compareTo(one.baseAmount().subtract(before.base())) == 0;
        BigDecimal amount = last ? left : upTo(left, percentOf(base, one.percent()));
        if (base.signum() != 0 || amount.signum() != 0) {
          taken.put(i + 1, CreditLines.with(one, base, amount));
        }
      } else if (all && left.signum() != 0) {
        taken.put(i + 1, CreditLines.with(one, null, left));
      }
    }
    return taken;
  }

  private static BigDecimal sum(List<CreditLines.Line> lines, DocumentAllowance one) {
    return lines.stream()
        .map(CreditLines.Line::line)
        .filter(line -> line.vatCategory() == one.vatCategory())
        .filter(line -> line.vatRate().compareTo(one.vatRate()) == 0)
        .map(DocumentLine::netAmount)
        .reduce(ZERO, BigDecimal::add);
  }

  /** BR-16: a document has a line, also if only a charge is left. */
  private static List<CreditLines.Line> chargesAsLines(
      SortedMap<Integer, DocumentAllowance> allowances) {
    List<CreditLines.Line> lines = new ArrayList<>();
    allowances
        .values()
        .removeIf(
            one -> {
              if (one.charge()) {
                lines.add(CreditLines.of(lines.size() + 1, one));
              }
              return one.charge();
            });
    return lines;
  }

  private Computed computed(
      List<CreditLines.Line> lines, SortedMap<Integer, DocumentAllowance> allowances, boolean all) {
    Map<CreditedParts.Vat, BigDecimal> bases = new LinkedHashMap<>();
    for (CreditLines.Line one : lines) {
      bases.merge(
          new CreditedParts.Vat(one.line().vatCategory(), one.line().vatRate()),
          one.line().netAmount(),
          BigDecimal::add);
    }
    for (DocumentAllowance one : allowances.values()) {
      bases.merge(
          new CreditedParts.Vat(one.vatCategory(), one.vatRate()), one.signed(), BigDecimal::add);
    }
    List<VatBreakdown> breakdown =
        bases.entrySet().stream().map(base -> vat(base.getKey(), base.getValue(), all)).toList();
    Totals totals = totals(lines, allowances, breakdown, all);
    return new Computed(lines, allowances, breakdown, totals, accountingTax(totals));
  }

  private VatBreakdown vat(CreditedParts.Vat vat, BigDecimal taxable, boolean all) {
    VatBreakdown invoiced =
        invoice.vatBreakdown().stream()
            .filter(one -> new CreditedParts.Vat(one.category(), one.rate()).equals(vat))
            .findFirst()
            .orElseThrow();
    CreditedParts.Sum before = credited.vat(vat);
    BigDecimal left = invoiced.taxableAmount().subtract(before.taxable());
    BigDecimal taxLeft = invoiced.taxAmount().subtract(before.tax());
    if (all && taxable.compareTo(left) != 0) {
      throw Refusal.conflict(
          "lines",
          "%s was credited in part by hand (%s), so that what is left cannot be told by its lines: name"
                  .formatted(invoice.number(), String.join(", ", credited.creditNotes()))
              + " lines; with VAT %s is left".formatted(money(left())));
    }
    if (!isWithin(taxable, left) && taxable.signum() != 0) {
      throw Refusal.conflict(
          "lines",
          "of VAT %s %s %% only %s without VAT is left of %s: credit less, or leave out the lines to credit what is left"
              .formatted(
                  vat.category(),
                  vat.rate().stripTrailingZeros().toPlainString(),
                  money(left),
                  invoice.number()));
    }
    BigDecimal tax =
        taxable.compareTo(left) == 0 ? taxLeft : upTo(taxLeft, percentOf(taxable, vat.rate()));
    return new VatBreakdown(
        invoiced.category(), invoiced.rate(), taxable, tax, invoiced.exemptionReason());
  }

  private Totals totals(
      List<CreditLines.Line> lines,
      SortedMap<Integer, DocumentAllowance> applied,
      List<VatBreakdown> breakdown,
      boolean all) {
    BigDecimal net =
        lines.stream().map(one -> one.line().netAmount()).reduce(ZERO, BigDecimal::add);
    BigDecimal allowances = Amounts.sum(applied.values(), false);
    BigDecimal charges = Amounts.sum(applied.values(), true);
    BigDecimal taxExclusive = net.subtract(allowances).add(charges);
    BigDecimal tax = breakdown.stream().map(VatBreakdown::taxAmount).reduce(ZERO, BigDecimal::add);
    BigDecimal gross = taxExclusive.add(tax);
    if (gross.signum() < 0 || gross.compareTo(left()) > 0) {
      throw Refusal.conflict(
          "lines",
          "come to %s with VAT, of %s %s is left to credit"
              .formatted(money(gross), invoice.number(), money(left())));
    }
    // What was prepaid and rounded goes with the last cent, so that the amounts due agree as well.
    boolean last = all || gross.compareTo(left()) == 0;
    BigDecimal prepaid = last ? invoice.totals().prepaid().subtract(credited.prepaid()) : ZERO;
    BigDecimal rounding =
        last
            ? invoice.totals().rounding().subtract(credited.rounding())
            : Amounts.rounding(gross, payableRounding);
    return new Totals(
        net,
        allowances,
        charges,
        taxExclusive,
        tax,
        gross,
        prepaid,
        rounding,
        gross.subtract(prepaid).add(rounding));
  }

  private AccountingTax accountingTax(Totals totals) {
    AccountingTax invoiced = invoice.accountingTax();
    if (invoiced == null) {
      return null;
    }
    BigDecimal left = invoiced.tax().subtract(credited.accountingTax());
    boolean last = totals.taxInclusive().compareTo(left()) == 0;
    BigDecimal tax = totals.tax().multiply(invoiced.exchangeRate()).setScale(2, HALF_UP);
    return new AccountingTax(
        invoiced.currency(), invoiced.exchangeRate(), last ? left : upTo(left, tax));
  }

  /** Whether something, with its sign, is part of what is left. */
  static boolean isWithin(BigDecimal value, BigDecimal left) {
    return value.signum() == 0
        || (value.signum() == left.signum() && value.abs().compareTo(left.abs()) <= 0);
  }

  private static BigDecimal upTo(BigDecimal left, BigDecimal value) {
    return isWithin(value, left) ? value : left;
  }

  private static BigDecimal percentOf(BigDecimal amount, BigDecimal percent) {
    return amount.multiply(percent).divide(HUNDRED, 2, HALF_UP);
  }

  private String money(BigDecimal amount) {
    return invoice.currency() + " " + amount.toPlainString();
  }
}
