package io.facteur.billing;

import io.facteur.billing.PreviewRow.Unusual;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Sums up a preview while it is made; lists only the first of what is held or unusual. */
public final class PreviewSummary implements Consumer<PreviewRow> {

  /** So many of each are listed. */
  public static final int LISTED = 50;

  /**
   * Documents in one currency.
   *
   * @param net sum of BT-109
   * @param payable sum of BT-115
   * @param compared documents whose contract had such a bill before
   * @param comparedNet sum of BT-109 of those
   * @param previousNet sum of BT-109 of the bills before
   */
  public record Sum(
      String currency,
      int documents,
      BigDecimal net,
      BigDecimal payable,
      int compared,
      BigDecimal comparedNet,
      BigDecimal previousNet) {

    private static Sum none(String currency) {
      return new Sum(
          currency, 0, BigDecimal.ZERO, BigDecimal.ZERO, 0, BigDecimal.ZERO, BigDecimal.ZERO);
    }

    private Sum plus(PreviewRow row) {
      boolean known = row.previousNet() != null;
      return new Sum(
          currency,
          documents + 1,
          net.add(row.net()),
          payable.add(row.payable()),
          known ? compared + 1 : compared,
          known ? comparedNet.add(row.net()) : comparedNet,
          known ? previousNet.add(row.previousNet()) : previousNet);
    }
  }

  private final Map<String, Sum> sums = new TreeMap<>();
  private final Map<ProblemKind, Integer> heldByKind = new EnumMap<>(ProblemKind.class);
  private final Map<Unusual, Integer> unusualByKind = new EnumMap<>(Unusual.class);
  private final List<PreviewRow> held = new ArrayList<>();
  private final List<PreviewRow> unusual = new ArrayList<>();

  @Override
  public void accept(PreviewRow row) {
    if (row.held() != null) {
      heldByKind.merge(row.held().kind(), 1, Integer::sum);
      list(held, row);
      return;
    }
    sums.compute(
        row.currency().getCurrencyCode(),
        (currency, sum) -> (sum == null ? Sum.none(currency) : sum).plus(row));
    row.unusual().forEach(kind -> unusualByKind.merge(kind, 1, Integer::sum));
    if (!row.unusual().isEmpty()) {
      list(unusual, row);
    }
  }

  private static void list(List<PreviewRow> listed, PreviewRow row) {
    if (listed.size() < LISTED) {
      listed.add(row);
    }
  }

  /** In the order of the currencies. */
  public List<Sum> sums() {
    return List.copyOf(sums.values());
  }

  public Map<ProblemKind, Integer> heldByKind() {
    return heldByKind;
  }

  public Map<Unusual, Integer> unusualByKind() {
    return unusualByKind;
  }

  /** The first of them. */
  public List<PreviewRow> held() {
    return held;
  }

  /** The first of them. */
  public List<PreviewRow> unusual() {
    return unusual;
  }
}
