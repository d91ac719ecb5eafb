package io.facteur.document;

import static java.math.RoundingMode.HALF_UP;

import io.facteur.contract.VatCategory;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Computes a document's amounts by the rules of EN 16931, for currencies with two decimals.
 *
 * <ul>
 *   <li>line: quantity × price / base quantity, rounded to the cent; of that the discount, rounded
 *       to the cent; the net amount is their difference (BT-137, BT-136, BT-131);
 *   <li>VAT: for each category and rate on the sum of its lines, never line by line (BR-CO-17);
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
  public record Computed(List<DocumentLine> lines, List<VatBreakdown> vatBreakdown, Totals totals) {

    public Computed {
      lines = List.copyOf(lines);
      vatBreakdown = List.copyOf(vatBreakdown);
    }
  }

  private record Taxed(VatCategory category, BigDecimal rate) {}

  private Amounts() {}

  /** Numbers the lines from 1 and computes all amounts. */
  public static Computed compute(List<NewLine> lines) {
    List<DocumentLine> computed = new ArrayList<>(lines.size());
    for (NewLine line : lines) {
      computed.add(line(computed.size() + 1, line));
    }
    List<VatBreakdown> breakdown = breakdown(computed);
    return new Computed(computed, breakdown, totals(computed, breakdown));
  }

  private static DocumentLine line(int position, NewLine line) {
    BigDecimal gross =
        line.quantity().multiply(line.unitPrice()).divide(line.baseQuantity(), DECIMALS, HALF_UP);
    BigDecimal discount = percentOf(gross, line.discountPercent());
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
        gross.subtract(discount),
        line.vatCategory(),
        line.vatRate().setScale(DECIMALS, HALF_UP),
        line.exemptionReason());
  }

  private static List<VatBreakdown> breakdown(List<DocumentLine> lines) {
    Map<Taxed, BigDecimal> sums = new LinkedHashMap<>();
    Map<Taxed, Set<String>> reasons = new LinkedHashMap<>();
    for (DocumentLine line : lines) {
      Taxed taxed = new Taxed(line.vatCategory(), line.vatRate());
      sums.merge(taxed, line.netAmount(), BigDecimal::add);
      Set<String> given = reasons.computeIfAbsent(taxed, key -> new LinkedHashSet<>());
      if (line.exemptionReason() != null) {
        given.add(line.exemptionReason());
      }
    }
    List<VatBreakdown> breakdown = new ArrayList<>(sums.size());
    sums.forEach(
        (taxed, sum) ->
            breakdown.add(
                new VatBreakdown(
                    taxed.category(),
                    taxed.rate(),
                    sum,
                    percentOf(sum, taxed.rate()),
                    joined(reasons.get(taxed)))));
    return breakdown;
  }

  private static String joined(Set<String> reasons) {
    return reasons.isEmpty() ? null : String.join("; ", reasons);
  }

  private static Totals totals(List<DocumentLine> lines, List<VatBreakdown> breakdown) {
    BigDecimal net = lines.stream().map(DocumentLine::netAmount).reduce(ZERO, BigDecimal::add);
    BigDecimal tax = breakdown.stream().map(VatBreakdown::taxAmount).reduce(ZERO, BigDecimal::add);
    BigDecimal gross = net.add(tax);
    return new Totals(net, net, tax, gross, ZERO, ZERO, gross);
  }

  private static BigDecimal percentOf(BigDecimal amount, BigDecimal percent) {
    return amount.multiply(percent).divide(HUNDRED, DECIMALS, HALF_UP);
  }
}
