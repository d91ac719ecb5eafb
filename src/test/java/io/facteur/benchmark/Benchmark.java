package io.facteur.benchmark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * Bills and issues many contracts through the whole product and prints what that has taken, then
 * kills it while it bills: {@code mvn -Pbenchmark verify}, see {@code docs/performance.md}.
 */
public final class Benchmark {

  private static final Path FOLDER = Path.of("target", "benchmark");
  private static final int WARM_UP = 5_000;

  private Benchmark() {}

  /**
   * Prints the tables.
   *
   * @param arguments numbers of contracts, separated by commas; then options for the product's JVM
   */
  public static void main(String[] arguments) {
    List<Integer> sizes =
        Stream.of(arguments[0].split(",")).map(String::strip).map(Integer::valueOf).toList();
    List<String> jvmOptions = List.of(arguments).subList(1, arguments.length);
    List<Measurement> issuing = new ArrayList<>();
    MarkdownTable billing =
        new MarkdownTable(System.out, "Billing to drafts", Measurement.columns("contracts"));
    for (int size : sizes) {
      try (Product product = Product.billing(FOLDER.resolve("billing"), jvmOptions)) {
        warmUp(product);
        BilledCompany company = BilledCompany.load(product.jdbc(), "BENCH", size);
        Measurement billed = product.measure(size, company::order);
        check(company.documents() == size, "drafts", company.documents());
        billing.row(billed.cells());
        company.issueAtOnce();
        issuing.add(product.measure(size, company::orderAgain));
        check(company.issued() == size, "issued documents", company.issued());
      }
    }
    MarkdownTable table =
        new MarkdownTable(System.out, "Issuing of the drafts", Measurement.columns("documents"));
    issuing.forEach(measured -> table.row(measured.cells()));
    int most = Collections.max(sizes);
    MarkdownTable killed =
        new MarkdownTable(System.out, "Killed while billing", KilledWhileBilling.COLUMNS);
    try (Product product = Product.billing(FOLDER.resolve("killed"), jvmOptions)) {
      killed.row(new KilledWhileBilling(product, most).run());
    }
  }

  /** So that not the compiler's work on first use is measured. */
  private static void warmUp(Product product) {
    BilledCompany company = BilledCompany.load(product.jdbc(), "WARM", WARM_UP);
    product.awaitDocumentsOf(company.order());
    company.issueAtOnce();
    product.awaitDocumentsOf(company.orderAgain());
  }

  private static void check(boolean right, String what, long number) {
    if (!right) {
      throw new IllegalStateException(number + " " + what + ": not the number ordered");
    }
  }
}
