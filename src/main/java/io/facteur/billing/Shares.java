package io.facteur.billing;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** Divides what is for whole periods by days, so that the parts always make up the whole. */
final class Shares {

  /** Of quantities. */
  static final int QUANTITY_DECIMALS = 6;

  /** Of amounts. */
  static final int AMOUNT_DECIMALS = 2;

  private Shares() {}

  /** The part for some days, rounded half away from zero. */
  static BigDecimal of(BigDecimal whole, int days, int daysOfWhole, int decimals) {
    return days == daysOfWhole
        ? whole
        : whole
            .multiply(BigDecimal.valueOf(days))
            .divide(BigDecimal.valueOf(daysOfWhole), decimals, RoundingMode.HALF_UP);
  }

  /**
   * The parts of {@code whole} by days. The last one takes what rounding leaves; where rounding up
   * uses up the whole before, the parts after that are nothing, and never less.
   */
  static List<BigDecimal> split(
      BigDecimal whole, List<Integer> days, int daysOfWhole, int decimals) {
    int all = days.stream().mapToInt(Integer::intValue).sum();
    BigDecimal left = of(whole, all, daysOfWhole, decimals);
    List<BigDecimal> parts = new ArrayList<>(days.size());
    for (int i = 0; i < days.size() - 1; i++) {
      BigDecimal part = nearerToZero(of(whole, days.get(i), daysOfWhole, decimals), left);
      parts.add(part);
      left = left.subtract(part);
    }
    parts.add(left);
    return parts;
  }

  private static BigDecimal nearerToZero(BigDecimal one, BigDecimal other) {
    return one.abs().compareTo(other.abs()) <= 0 ? one : other;
  }
}
