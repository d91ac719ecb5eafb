package io.facteur.benchmark;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * Kills the product (SIGKILL) again and again while it bills, starts it again on the same data, and
 * counts in the end: each contract's period must be there once and whole.
 */
final class KilledWhileBilling {

  static final List<String> COLUMNS =
      List.of(
          "contracts", "kills", "drafts at the kills", "drafts", "missing", "double", "partial");

  private static final int KILLS = 5;

  private final Product product;
  private final BilledCompany company;

  KilledWhileBilling(Product product, int contracts) {
    this.product = product;
    this.company = BilledCompany.load(product.jdbc(), "KILLED", contracts);
  }

  /**
   * Returns the line of the table.
   *
   * @throws IllegalStateException if anything is missing, double or partial
   */
  List<String> run() {
    long run = company.order();
    StringBuilder seen = new StringBuilder();
    for (int kill = 1; kill <= KILLS; kill++) {
      long drafts = (long) company.contractCount() * kill / (KILLS + 1);
      awaitDrafts(drafts);
      product.kill9();
      seen.append(seen.isEmpty() ? "" : ", ").append(company.documents());
      product.restart();
    }
    product.awaitDocumentsOf(run);
    List<Long> found =
        List.of(company.documents(), company.missing(), company.doubled(), company.incomplete());
    if (!found.equals(List.of((long) company.contractCount(), 0L, 0L, 0L))) {
      throw new IllegalStateException("drafts, missing, double, partial: " + found);
    }
    return Stream.concat(
            Stream.of(
                String.valueOf(company.contractCount()), String.valueOf(KILLS), seen.toString()),
            found.stream().map(String::valueOf))
        .toList();
  }

  private void awaitDrafts(long number) {
    Awaitility.await(number + " drafts")
        .atMost(Duration.ofMinutes(10))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> company.documents() >= number);
  }
}
