package io.facteur.benchmark;

import com.sun.management.OperatingSystemMXBean;
import io.facteur.document.Document;
import io.facteur.document.DocumentId;
import io.facteur.document.Documents;
import io.facteur.rendering.DocumentRenderer;
import io.facteur.rendering.Format;
import io.facteur.rendering.Rendered;
import io.facteur.rendering.Variant;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Renders issued invoices as PDF/A-3 with validated XML and forgets them: by the product's own
 * renderer, on as many threads as its channels have. Reading the documents is not part of it.
 */
final class PureRendering {

  /** Of its channels EMAIL, POST and EINVOICE. */
  static final int THREADS = 8;

  private static final int AT_MOST = 2_000;
  private static final int CHUNK = 200;

  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  /** What so many documents have taken. */
  record Result(String company, int documents, Duration time, Duration cpu) {

    private static final Pattern LINE =
        Pattern.compile("Rendered (\\d+) of ([A-Z0-9]+) again: (\\S+), processor (\\S+)");

    @Override
    public String toString() {
      return "Rendered %d of %s again: %s, processor %s".formatted(documents, company, time, cpu);
    }

    /** That of a company, if it stands in what a process has said. */
    static Optional<Result> in(String output, String company) {
      Matcher line = LINE.matcher(output);
      while (line.find()) {
        if (line.group(2).equals(company)) {
          return Optional.of(
              new Result(
                  company,
                  Integer.parseInt(line.group(1)),
                  Duration.parse(line.group(3)),
                  Duration.parse(line.group(4))));
        }
      }
      return Optional.empty();
    }
  }

  private final Documents documents;
  private final DocumentRenderer renderer;
  private final JdbcClient jdbc;
  private final String company;

  PureRendering(ApplicationContext product, String company) {
    this.documents = product.getBean(Documents.class);
    this.renderer = product.getBean(DocumentRenderer.class);
    this.jdbc = product.getBean(JdbcClient.class);
    this.company = company;
  }

  Result measure() throws InterruptedException {
    List<DocumentId> ids = sample();
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      Duration time = Duration.ZERO;
      Duration cpu = Duration.ZERO;
      for (int from = 0; from < ids.size(); from += CHUNK) {
        List<Callable<Rendered>> work = new ArrayList<>();
        for (Document one : documents.load(ids.subList(from, Math.min(from + CHUNK, ids.size())))) {
          work.add(() -> renderer.render(one, Variant.original(Format.PDF)));
        }
        long start = System.nanoTime();
        long used = SYSTEM.getProcessCpuTime();
        for (Future<Rendered> rendered : threads.invokeAll(work)) {
          check(rendered);
        }
        cpu = cpu.plusNanos(SYSTEM.getProcessCpuTime() - used);
        time = time.plusNanos(System.nanoTime() - start);
      }
      return new Result(company, ids.size(), time, cpu);
    } finally {
      threads.shutdown();
    }
  }

  /** From all parts of the run. */
  private List<DocumentId> sample() {
    List<DocumentId> all =
        jdbc.sql(
                """
                SELECT d.id FROM document d JOIN company c ON c.id = d.company_id
                WHERE c.code = ? AND d.state = 'ISSUED' ORDER BY d.id
                """)
            .param(company)
            .query((row, i) -> new DocumentId(row.getLong(1)))
            .list();
    int step = Math.max(1, all.size() / AT_MOST);
    List<DocumentId> some = new ArrayList<>();
    for (int i = 0; i < all.size() && some.size() < AT_MOST; i += step) {
      some.add(all.get(i));
    }
    return some;
  }

  private static void check(Future<Rendered> rendered) throws InterruptedException {
    try {
      if (!rendered.get().embedsXml()) {
        throw new IllegalStateException("an invoice without its XML");
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}
