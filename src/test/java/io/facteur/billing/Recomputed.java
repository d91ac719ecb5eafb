package io.facteur.billing;

import static java.math.BigDecimal.ZERO;

import io.facteur.contract.AllowanceCharge;
import io.facteur.document.NewDocument;
import io.facteur.document.NewLine;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** EN 16931's arithmetic once more, in a few lines of the tests' own. */
final class Recomputed {

  final List<BigDecimal> lineNets = new ArrayList<>();
  final Map<String, BigDecimal> bases = new TreeMap<>();
  BigDecimal lines = ZERO;
  BigDecimal allowances = ZERO;
  BigDecimal charges = ZERO;

  Recomputed(NewDocument document) {
    for (NewLine line : document.lines()) {
      BigDecimal gross =
          cents(
              line.quantity()
                  .multiply(line.unitPrice())
                  .divide(line.baseQuantity(), 30, RoundingMode.HALF_UP));
      BigDecimal net = gross.subtract(percent(gross, line.discountPercent()));
      for (AllowanceCharge one : line.allowances()) {
        net =
            net.add(
                signed(one, one.percent() == null ? one.amount() : percent(gross, one.percent())));
      }
      lineNets.add(net);
      lines = lines.add(net);
      bases.merge(line.vatCategory() + " " + cents(line.vatRate()), net, BigDecimal::add);
    }
    Map<String, BigDecimal> ofLines = new TreeMap<>(bases);
    for (AllowanceCharge one : document.allowances()) {
      if (one.percent() == null) {
        apply(one, one.vatCategory() + " " + cents(one.vatRate()), one.amount());
      } else {
        ofLines.forEach((vat, base) -> apply(one, vat, percent(base, one.percent())));
      }
    }
  }

  private void apply(AllowanceCharge one, String vat, BigDecimal amount) {
    bases.merge(vat, signed(one, amount), BigDecimal::add);
    if (one.charge()) {
      charges = charges.add(amount);
    } else {
      allowances = allowances.add(amount);
    }
  }

  BigDecimal net() {
    return lines.subtract(allowances).add(charges);
  }

  BigDecimal tax(String vat) {
    return percent(bases.get(vat), new BigDecimal(vat.substring(vat.indexOf(' ') + 1)));
  }

  BigDecimal tax() {
    return bases.keySet().stream().map(this::tax).reduce(ZERO, BigDecimal::add);
  }

  BigDecimal total() {
    return net().add(tax());
  }

  private static BigDecimal signed(AllowanceCharge one, BigDecimal amount) {
    return one.charge() ? amount : amount.negate();
  }

  private static BigDecimal percent(BigDecimal of, BigDecimal percent) {
    return cents(of.multiply(percent).movePointLeft(2));
  }

  private static BigDecimal cents(BigDecimal amount) {
    return amount.setScale(2, RoundingMode.HALF_UP);
  }
}
