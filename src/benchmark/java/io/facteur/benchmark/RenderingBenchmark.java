package io.facteur.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.facteur.document.Document;
import io.facteur.party.InvoicingTerms;
import io.facteur.rendering.DocumentRenderer;
import io.facteur.rendering.EInvoiceValidator;
import io.facteur.rendering.Format;
import io.facteur.rendering.RenderingParts;
import io.facteur.rendering.RuleViolation;
import io.facteur.rendering.Templates;
import io.facteur.rendering.Variant;
import io.facteur.testing.Rendering;
import io.facteur.testing.SampleDocuments;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.LoggerFactory;

/**
 * Sets the same invoice by Facteur and by others, in turns, and prints what a document takes: {@code
 * mvn -Pbenchmark verify -Dbenchmark=rendering}, see {@code docs/performance.md}.
 */
public final class RenderingBenchmark {

  private static final Path FOLDER = Path.of("target", "benchmark", "rendering");
  private static final String QR_PAYLOAD =
      """
      BCD
      002
      1
      SCT
      SOGEDEFFXXX
      Nordlicht Hosting GmbH
      DE75512108001245126199
      EUR3105.35


      NORD-2026-00042""";

  private RenderingBenchmark() {}

  /**
   * Prints the tables.
   *
   * @param arguments how often each is measured, and before that runs to warm up
   */
  public static void main(String[] arguments) throws Exception {
    int times = Integer.parseInt(arguments[0]);
    ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
    Document invoice = invoice();
    Map<String, Callable<byte[]>> contenders = contenders(invoice);
    Files.createDirectories(FOLDER);
    Map<String, Cost> costs = new LinkedHashMap<>();
    for (String name : contenders.keySet()) {
      Files.write(FOLDER.resolve(name.replaceAll("\\W+", "-") + ".pdf"), contenders.get(name).call());
      costs.put(name, new Cost());
    }
    for (int i = 0; i < times; i++) {
      for (Callable<byte[]> contender : contenders.values()) {
        contender.call();
      }
    }
    for (int i = 0; i < times; i++) {
      for (Map.Entry<String, Callable<byte[]>> contender : contenders.entrySet()) {
        costs.get(contender.getKey()).sample(contender.getValue());
      }
    }
    print(costs);
    eInvoices(invoice, times);
    throughput(contenders);
    System.exit(0);
  }

  private static Map<String, Callable<byte[]>> contenders(Document invoice) throws Exception {
    Path templates = Rendering.TEMPLATES;
    DocumentRenderer renderer =
        DocumentRenderer.with(new Templates(templates), new EInvoiceValidator(), Rendering.CLOCK);
    RenderingParts parts = new RenderingParts(templates, Rendering.CLOCK);
    InvoicePage page = InvoicePage.of(invoice, parts.written(invoice), QR_PAYLOAD);
    // FOP alone knows no drawing of ours, and would be slower with the QR code as SVG.
    String fo =
        parts
            .fo(invoice)
            .replaceAll("(?s)<fo:instream-foreign-object.*?</fo:instream-foreign-object>", "");
    StockFop stock = new StockFop(templates);
    JasperInvoice jasper = new JasperInvoice(templates, invoice.seller().logo());
    HandMadeInvoice handMade = new HandMadeInvoice(templates, invoice.seller().logo());
    Map<String, Callable<byte[]>> contenders = new LinkedHashMap<>();
    contenders.put(
        "Facteur: PDF/A-3b, CII inside, validated",
        () -> renderer.render(invoice, Variant.original(Format.FACTUR_X)).bytes());
    contenders.put("Facteur: PDF/A-3b without XML", () -> parts.pdfWithoutXml(invoice));
    contenders.put("FOP 2.11 as delivered", () -> stock.makeAsDelivered(fo));
    contenders.put("FOP 2.11, XML factories named", () -> stock.make(fo));
    contenders.put("JasperReports 7.0.8", () -> jasper.make(page));
    contenders.put("OpenPDF 2.0.5, by hand", () -> handMade.make(page));
    return contenders;
  }

  private static Document invoice() {
    SampleDocuments invoice =
        SampleDocuments.nordlicht()
            .references("C-1042", "04011000-12345-67", "PO-77")
            .networked()
            .invoicing(new InvoicingTerms(null, null, null, null, true, null, List.of()));
    for (int i = 1; i <= 12; i++) {
      invoice.line("Server " + i + ", 8 Kerne, 32 GB, Hamburg", String.valueOf(i), "MON", "39.9" + i);
    }
    return invoice.build();
  }

  private static void print(Map<String, Cost> costs) {
    double ours = costs.values().iterator().next().cpuMillis();
    MarkdownTable table =
        new MarkdownTable(
            System.out,
            "One invoice: a page, two fonts, 12 lines, logo, QR code",
            List.of("by", "CPU ms", "Facteur takes of it", "allocated MB", "kB"));
    costs.forEach(
        (name, cost) ->
            table.row(
                List.of(
                    name,
                    decimals(1, cost.cpuMillis()),
                    decimals(2, ours / cost.cpuMillis()),
                    decimals(1, cost.allocatedMegabytes()),
                    decimals(1, cost.size() / 1_000.0))));
  }

  private static void eInvoices(Document invoice, int times) throws Exception {
    RenderingParts parts = new RenderingParts(Rendering.TEMPLATES, Rendering.CLOCK);
    EInvoiceValidator validator = new EInvoiceValidator();
    MarkdownTable table =
        new MarkdownTable(
            System.out,
            "Its e-invoice alone",
            List.of("format", "XML: CPU ms", "validation: CPU ms", "allocated MB", "kB"));
    for (Format format : Format.values()) {
      if (!format.isXml()) {
        continue;
      }
      String xml = parts.xml(invoice, format);
      if (validator.validate(format, xml).stream().anyMatch(RuleViolation::fatal)) {
        throw new IllegalStateException(format + ": " + validator.validate(format, xml));
      }
      Callable<byte[]> printing = () -> parts.xml(invoice, format).getBytes(UTF_8);
      Callable<byte[]> validation = () -> new byte[validator.validate(format, xml).size()];
      Cost printed = new Cost();
      Cost validated = new Cost();
      for (int i = 0; i < times; i++) {
        printing.call();
        validation.call();
      }
      for (int i = 0; i < times; i++) {
        printed.sample(printing);
        validated.sample(validation);
      }
      table.row(
          List.of(
              format.name(),
              decimals(2, printed.cpuMillis()),
              decimals(2, validated.cpuMillis()),
              decimals(1, printed.allocatedMegabytes() + validated.allocatedMegabytes()),
              decimals(1, printed.size() / 1_000.0)));
    }
  }

  private static void throughput(Map<String, Callable<byte[]>> contenders) throws Exception {
    MarkdownTable table =
        new MarkdownTable(
            System.out, "Documents a second", List.of("by", "one thread", "two threads"));
    for (Map.Entry<String, Callable<byte[]>> contender : contenders.entrySet()) {
      table.row(
          List.of(
              contender.getKey(),
              decimals(0, perSecond(contender.getValue(), 1)),
              decimals(0, perSecond(contender.getValue(), 2))));
    }
  }

  private static double perSecond(Callable<byte[]> work, int threads) throws Exception {
    AtomicLong done = new AtomicLong();
    long start = System.nanoTime();
    long end = start + 5_000_000_000L;
    Thread[] workers = new Thread[threads];
    for (int i = 0; i < threads; i++) {
      workers[i] =
          new Thread(
              () -> {
                try {
                  while (System.nanoTime() < end) {
                    work.call();
                    done.incrementAndGet();
                  }
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
              });
      workers[i].start();
    }
    for (Thread worker : workers) {
      worker.join();
    }
    return done.get() / ((System.nanoTime() - start) / 1e9);
  }

  private static String decimals(int decimals, double value) {
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}
