package io.facteur.benchmark;

import io.facteur.testing.MailSinkProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
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
  // So that hardly any of the compiler's work on first use is measured; fewer for a short look.
  private static final int WARM_UP = 4_000;

  private DispatchBenchmark() {}

  /**
   * Prints the tables.
   *
   * @param arguments numbers of invoices, separated by commas; then options for the product's JVM
   */
  public static void main(String[] arguments) {
    List<String> jvmOptions = List.of(arguments).subList(1, arguments.length);
    List<Dispatched> all = new ArrayList<>();
    try (MailSinkProcess sink = MailSinkProcess.start();
        Product product = Product.dispatching(FOLDER, jvmOptions, sink.port())) {
      List<Integer> sizes =
          Stream.of(arguments[0].split(",")).map(String::strip).map(Integer::valueOf).toList();
      int warmUp = Math.min(WARM_UP, Collections.max(sizes));
      product.awaitEndOf(company(product, "WARM", warmUp).order());
      for (int size : sizes) {
        all.add(dispatched(product, sink, size));
      }
      print("End to end", Dispatched.END_TO_END, all.stream().map(Dispatched::endToEnd));
      print(
          "Beside rendering alone",
          Dispatched.BESIDE_RENDERING,
          all.stream().map(Dispatched::besideRendering));
      print("Database and heap", Dispatched.DATABASE, all.stream().map(Dispatched::database));
      print(
          "The same mails once more, their files being there",
          Dispatched.MAILS,
          all.stream().map(Dispatched::mailsOnceMore));
      System.out.printf("%n%s%n", product.databaseSettings());
    }
  }

  private static Dispatched dispatched(Product product, MailSinkProcess sink, int size) {
    String code = "BENCH" + size;
    BilledCompany company = company(product, code, size);
    long mails = sink.mails();
    long files = product.documentsIn("spool");
    long eInvoices = product.documentsIn("outbox");
    Measurement whole = product.measureWhole(size, sink.handle(), company::order);
    Map<String, Long> deliveries = company.deliveries();
    check(
        deliveries,
        Map.of(
            "EMAIL SENT", sink.mails() - mails,
            "POST SPOOLED", product.documentsIn("spool") - files,
            "EINVOICE SPOOLED", product.documentsIn("outbox") - eInvoices));
    check(company.eInvoices(), (long) size);
    check(deliveries.values().stream().mapToLong(Long::longValue).sum(), 2L * size);
    PureRendering.Result pure = product.renderAgain(code);
    Measurement again =
        product.measure(
            size,
            sink.handle(),
            company::sendMailsAgain,
            () -> company.deliveries().equals(deliveries));
    check(sink.mails() - mails, 2 * deliveries.get("EMAIL SENT"));
    return new Dispatched(whole, deliveries.get("EMAIL SENT"), pure, again);
  }

  private static BilledCompany company(Product product, String code, int size) {
    BilledCompany company = BilledCompany.load(product.jdbc(), code, size);
    company.issueAtOnce();
    company.dispatchTwice();
    return company;
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
