package io.facteur.document;

import static java.math.RoundingMode.HALF_UP;

import io.facteur.contract.AllowanceCharge;
import io.facteur.contract.VatCategory;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Computes a document's amounts by the rules of EN 16931, for currencies with two decimals.
 *
 * <ul>
 *   <li>line: quantity × price / base quantity, rounded to the cent (BT-137); each percentage of
 *       that, rounded to the cent; the net amount is what remains (BT-131);
 *   <li>allowances and charges of the document: a percentage is taken from the sum of the lines of
 *       each VAT category and rate, rounded to the cent (BT-92, BT-99);
 *   <li>VAT: for each category and rate on the sum of its lines, allowances and charges, never line
 *       by line (BR-CO-17);
 *   <li>totals: sums of rounded amounts (BR-CO-10 to BR-CO-16).
 * </ul>
 *
 * Half a cent is rounded away from zero.
 */
public final class Amounts {

  private static final int DECIMALS = 2;
  private static final BigDecimal HUNDRED = new BigDecimal(100);
  private static final BigDecimal ZERO = BigDecimal.ZERO.setScale(DECIMALS);

  /** Everything about a document that is computed from its lines. */
  public record Computed(
      List<DocumentLine> lines,
      List<DocumentAllowance> allowances,
      List<VatBreakdown> vatBreakdown,
      Totals totals) {

    public Computed {
      lines = List.copyOf(lines);
      allowances = List.copyOf(allowances);
      vatBreakdown = List.copyOf(vatBreakdown);
    }
  }

  private record Taxed(VatCategory category, BigDecimal rate) {}

  /** What VAT of one category and rate is computed on, in the order in which it appears. */
  private static final class Bases {
    private final Map<Taxed, BigDecimal> sums = new LinkedHashMap<>();
    private final Map<Taxed, Set<String>> reasons = new LinkedHashMap<>();

    private void add(Taxed taxed, BigDecimal amount, String exemptionReason) {
      sums.merge(taxed, amount, BigDecimal::add);
      Set<String> given = reasons.computeIfAbsent(taxed, key -> new LinkedHashSet<>());
      if (exemptionReason != null) {
        given.add(exemptionReason);
      }
    }

    private String reason(Taxed taxed) {
      Set<String> given = reasons.get(taxed);
      return given.isEmpty() ? null : String.join("; ", given);
    }

    private List<VatBreakdown> breakdown() {
      List<VatBreakdown> breakdown = new ArrayList<>(sums.size());
      sums.forEach(
          (taxed, sum) ->
              breakdown.add(
                  new VatBreakdown(
                      taxed.category(),
                      taxed.rate(),
                      sum,
                      percentOf(sum, taxed.rate()),
                      reason(taxed))));
      return breakdown;
    }
  }

  private Amounts() {}

  /** Of a document that has nothing but lines. */
  public static Computed compute(List<NewLine> lines) {
    return compute(lines, List.of(), BigDecimal.ZERO, null);
  }

  /**
   * Numbers the lines from 1 and computes all amounts.
   *
   * @param allowances allowances and charges of the document as a whole
   * @param prepaid BT-113, what a settlement deducts
   * @param payableRounding the amount due is rounded to a multiple of it (BT-114); null: it is not
   */
  public static Computed compute(
      List<NewLine> lines,
      List<AllowanceCharge> allowances,
      BigDecimal prepaid,
      BigDecimal payableRounding) {
    List<DocumentLine> computed = new ArrayList<>(lines.size());
    Bases bases = new Bases();
    for (NewLine line : lines) {
      DocumentLine one = line(computed.size() + 1, line);
      computed.add(one);
      bases.add(
          new Taxed(one.vatCategory(), one.vatRate()), one.netAmount(), one.exemptionReason());
    }
    List<DocumentAllowance> applied = applied(allowances, bases);
    for (DocumentAllowance one : applied) {
      bases.add(new Taxed(one.vatCategory(), one.vatRate()), one.signed(), one.exemptionReason());
    }
    List<VatBreakdown> breakdown = bases.breakdown();
    return new Computed(
        computed,
        applied,
        breakdown,
        totals(computed, applied, breakdown, prepaid, payableRounding));
  }

  private static DocumentLine line(int position, NewLine line) {
    BigDecimal gross =
        line.quantity().multiply(line.unitPrice()).divide(line.baseQuantity(), DECIMALS, HALF_UP);
    BigDecimal discount = percentOf(gross, line.discountPercent());
    BigDecimal net = gross.subtract(discount);
    List<DocumentAllowance> allowances = new ArrayList<>(line.allowances().size());
    for (AllowanceCharge allowance : line.allowances()) {
      DocumentAllowance one = applied(allowance, gross, null);
      allowances.add(one);
      net = net.add(one.signed());
    }
    return new DocumentLine(
        position,
        line.name(),
        line.description(),
        line.quantity(),
        line.unitCode(),
        line.unitPrice(),
        line.baseQuantity(),
        line.discountPercent(),
        discount,
        net,
        line.vatCategory(),
        cents(line.vatRate()),
        line.exemptionReason(),
        line.period(),
        allowances);
  }

  /** Percentages are split by VAT, as each allowance belongs to one category and rate. */
  private static List<DocumentAllowance> applied(List<AllowanceCharge> allowances, Bases lines) {
    List<DocumentAllowance> applied = new ArrayList<>();
    for (AllowanceCharge allowance : allowances) {
      if (allowance.percent() == null) {
        applied.add(
            applied(
                allowance, null, new Taxed(allowance.vatCategory(), cents(allowance.vatRate()))));
      } else {
        lines.sums.forEach(
            (taxed, sum) -> {
              if (sum.signum() != 0) {
                applied.add(applied(withReason(allowance, lines.reason(taxed)), sum, taxed));
              }
            });
      }
    }
    return applied;
  }

  private static AllowanceCharge withReason(AllowanceCharge allowance, String exemptionReason) {
    return new AllowanceCharge(
        allowance.charge(),
        allowance.percent(),
        allowance.amount(),
        allowance.reason(),
        allowance.reasonCode(),
        allowance.vatCategory(),
        allowance.vatRate(),
        exemptionReason);
  }

  private static DocumentAllowance applied(
      AllowanceCharge allowance, BigDecimal base, Taxed taxed) {
    return new DocumentAllowance(
        allowance.charge(),
        allowance.percent(),
        allowance.percent() == null ? null : base,
        allowance.percent() == null
            ? cents(allowance.amount())
            : percentOf(base, allowance.percent()),
        allowance.reason(),
        allowance.reasonCode(),
        taxed == null ? null : taxed.category(),
        taxed == null ? null : taxed.rate(),
        allowance.exemptionReason());
  }

  private static Totals totals(
      List<DocumentLine> lines,
      List<DocumentAllowance> applied,
      List<VatBreakdown> breakdown,
      BigDecimal prepaid,
      BigDecimal payableRounding) {
    BigDecimal lineNet = lines.stream().map(DocumentLine::netAmount).reduce(ZERO, BigDecimal::add);
    BigDecimal allowances = sum(applied, false);
    BigDecimal charges = sum(applied, true);
    BigDecimal net = lineNet.subtract(allowances).add(charges);
    BigDecimal tax = breakdown.stream().map(VatBreakdown::taxAmount).reduce(ZERO, BigDecimal::add);
    BigDecimal gross = net.add(tax);
    BigDecimal due = gross.subtract(cents(prepaid));
    BigDecimal rounding = rounding(due, payableRounding);
    return new Totals(
        lineNet, allowances, charges, net, tax, gross, cents(prepaid), rounding, due.add(rounding));
  }

  static BigDecimal sum(Collection<DocumentAllowance> applied, boolean charges) {
    return applied.stream()
        .filter(one -> one.charge() == charges)
        .map(DocumentAllowance::amount)
        .reduce(ZERO, BigDecimal::add);
  }

  /** BT-114. */
  static BigDecimal rounding(BigDecimal due, BigDecimal step) {
    return step == null ? ZERO : cents(due.divide(step, 0, HALF_UP).multiply(step)).subtract(due);
  }

  private static BigDecimal percentOf(BigDecimal amount, BigDecimal percent) {
    return amount.multiply(percent).divide(HUNDRED, DECIMALS, HALF_UP);
  }

  private static BigDecimal cents(BigDecimal amount) {
    return amount.setScale(DECIMALS, HALF_UP);
  }
}
