package io.facteur.benchmark;

import io.facteur.testing.MailSinkProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Bills, issues, renders, mails and spools many invoices through the whole product and prints what
 * that has taken, beside what rendering them alone takes: {@code mvn -Pbenchmark verify
 * -Dbenchmark=dispatch}, see {@code docs/performance.md}.
 */
public final class DispatchBenchmark {

  private static final Path FOLDER = Path.of("target", "benchmark", "dispatch");
  private static final int WARM_UP = 2_000;

  private DispatchBenchmark() {}

  /**
   * Prints the tables.
   *
   * @param arguments numbers of invoices, separated by commas; then options for the product's JVM
   */
  public static void main(String[] arguments) {
    List<String> jvmOptions = List.of(arguments).subList(1, arguments.length);
    List<Dispatched> all = new ArrayList<>();
    String settings = "";
    for (String size : arguments[0].split(",")) {
      try (MailSinkProcess sink = MailSinkProcess.start();
          Product product = Product.dispatching(FOLDER, jvmOptions, sink.port())) {
        settings = product.databaseSettings();
        all.add(dispatched(product, sink, Integer.parseInt(size.strip())));
      }
    }
    print("End to end", Dispatched.END_TO_END, all.stream().map(Dispatched::endToEnd));
    print(
        "Beside rendering alone",
        Dispatched.BESIDE_RENDERING,
        all.stream().map(Dispatched::besideRendering));
    print("Database and heap", Dispatched.DATABASE, all.stream().map(Dispatched::database));
    System.out.printf("%n%s%n", settings);
  }

  private static Dispatched dispatched(Product product, MailSinkProcess sink, int size) {
    // So that not the compiler's work on first use is measured.
    BilledCompany warm = company(product, "WARM", WARM_UP);
    product.awaitEndOf(warm.order());
    BilledCompany company = company(product, "BENCH", size);
    long mails = sink.mails();
    long files = product.documentsIn("spool");
    long eInvoices = product.documentsIn("outbox");
    Duration sinkCpu = cpu(sink);
    Measurement measured = product.measureWhole(size, company::order);
    sinkCpu = cpu(sink).minus(sinkCpu);
    Map<String, Long> deliveries = company.deliveries();
    check(
        deliveries,
        Map.of(
            "EMAIL SENT", sink.mails() - mails,
            "POST SPOOLED", product.documentsIn("spool") - files,
            "EINVOICE SPOOLED", product.documentsIn("outbox") - eInvoices));
    check(company.eInvoices(), (long) size);
    check(deliveries.values().stream().mapToLong(Long::longValue).sum(), 2L * size);
    return new Dispatched(
        measured, deliveries.get("EMAIL SENT"), sinkCpu, product.renderAgain("BENCH"));
  }

  private static BilledCompany company(Product product, String code, int size) {
    BilledCompany company = BilledCompany.load(product.jdbc(), code, size);
    company.issueAtOnce();
    company.dispatchTwice();
    return company;
  }

  private static Duration cpu(MailSinkProcess sink) {
    return sink.handle().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private static void check(Object found, Object expected) {
    if (!found.equals(expected)) {
      throw new IllegalStateException("in the ledger " + found + ", but really " + expected);
    }
  }

  private static void print(String title, List<String> columns, Stream<List<String>> rows) {
    MarkdownTable table = new MarkdownTable(System.out, title, columns);
    rows.forEach(table::row);
  }
}
