package io.facteur.benchmark;

import io.facteur.embedded.EmbeddedMariaDb;
import io.facteur.testing.FacteurProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.function.LongSupplier;
import org.awaitility.Awaitility;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.util.FileSystemUtils;

/**
 * Facteur as it is delivered in a JVM of 512 MB, with its own database, both new. Deliveries stay
 * in their queue: sending is measured elsewhere.
 */
final class Product implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(20);

  private final Path data;
  private final FacteurProcess process;
  private SingleConnectionDataSource connection;
  private ProcessHandle database;

  private Product(Path data, List<String> moreJvmOptions) {
    this.data = data;
    List<String> jvm = new ArrayList<>(List.of("-Xmx512m", HeapLog.option(heapLog())));
    jvm.addAll(moreJvmOptions);
    process =
        FacteurProcess.embedded(
            data,
            jvm,
            "--facteur.claim-interval=86400000",
            "--facteur.run-interval=200",
            "--logging.level.io.facteur.run=warn");
  }

  /** Starts it in a folder that is emptied before. */
  static Product start(Path data, List<String> moreJvmOptions) {
    Product product = new Product(data, moreJvmOptions);
    product.process.start();
    product.connect();
    return product;
  }

  /** Starts it after it was killed; the database server has gone on meanwhile. */
  void restart() {
    process.start();
  }

  void kill9() {
    process.kill9();
  }

  JdbcClient jdbc() {
    return JdbcClient.create(connection);
  }

  /** Measures the making of the documents of the run that is ordered. */
  Measurement measure(int items, LongSupplier order) {
    HeapLog heap = HeapLog.fromNowOn(heapLog());
    Measurement.Cpu cpu = cpu();
    ServerStatus before = ServerStatus.of(jdbc());
    long start = System.nanoTime();
    long run = order.getAsLong();
    long looks = awaitDocumentsOf(run);
    Duration time = Duration.ofNanos(System.nanoTime() - start);
    ServerStatus counted = ServerStatus.of(jdbc()).since(before, looks + 2);
    Measurement.Cpu used = cpu().since(cpu);
    process.collectGarbage();
    return new Measurement(items, time, used, counted, heap.heap());
  }

  /** Returns how often it was looked for. */
  long awaitDocumentsOf(long run) {
    long[] looks = {0};
    Awaitility.await("documents of run " + run)
        .atMost(Duration.ofHours(1))
        .pollDelay(Duration.ZERO)
        .pollInterval(POLL)
        .until(
            () -> {
              looks[0]++;
              return !state(run).equals("RUNNING");
            });
    return looks[0];
  }

  private Measurement.Cpu cpu() {
    return new Measurement.Cpu(cpu(process.handle()), cpu(database));
  }

  private static Duration cpu(ProcessHandle process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private String state(long run) {
    return jdbc().sql("SELECT state FROM run WHERE id = ?").param(run).query(String.class).single();
  }

  private void connect() {
    Path server = data.resolve("mariadb");
    Properties known = new Properties();
    try (InputStream in = Files.newInputStream(server.resolve("server.properties"))) {
      known.load(in);
      database = ProcessHandle.of(Long.parseLong(known.getProperty("pid"))).orElseThrow();
      connection =
          new SingleConnectionDataSource(
              "jdbc:mariadb://127.0.0.1:%s/facteur?%s"
                  .formatted(known.getProperty("port"), EmbeddedMariaDb.UTC_SESSIONS),
              EmbeddedMariaDb.USER,
              Files.readString(server.resolve("password")).strip(),
              true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path heapLog() {
    return data.resolveSibling(data.getFileName() + "-heap.log");
  }

  /** Stops it with its database, and deletes both. */
  @Override
  public void close() {
    connection.destroy();
    process.stop();
    FileSystemUtils.deleteRecursively(data.toFile());
  }
}
