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
import java.util.Optional;
import java.util.Properties;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.LongUnaryOperator;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.util.FileSystemUtils;

/** Facteur as it is delivered in a JVM of 512 MB, with its own database, both new. */
final class Product implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(20);
  // The heap, and what else the start script of the distribution says.
  private static final List<String> JVM =
      List.of(
          "-Xmx512m",
          "-XX:G1HeapRegionSize=4m",
          "-XX:-G1UseAdaptiveIHOP",
          "-XX:InitiatingHeapOccupancyPercent=65");

  private final Path data;
  private final FacteurProcess process;
  private SingleConnectionDataSource connection;
  private ProcessHandle database;

  private Product(Path data, List<String> moreJvmOptions, List<String> settings) {
    this.data = data;
    List<String> jvm = new ArrayList<>(JVM);
    jvm.add(HeapLog.option(heapLog()));
    jvm.addAll(moreJvmOptions);
    List<String> all =
        new ArrayList<>(List.of("--facteur.run-interval=200", "--logging.level.io.facteur=info"));
    all.add("--logging.level.io.facteur.run=warn");
    all.addAll(settings);
    process = FacteurProcess.embedded(data, jvm, all.toArray(String[]::new));
  }

  /** Starts one whose deliveries stay in their queue, in a folder that is emptied before. */
  static Product billing(Path data, List<String> moreJvmOptions) {
    return started(new Product(data, moreJvmOptions, List.of("--facteur.claim-interval=86400000")));
  }

  /** Starts one that sends its mails there, in a folder that is emptied before. */
  static Product dispatching(Path data, List<String> moreJvmOptions, int smtpPort) {
    Product product =
        new Product(
            data,
            moreJvmOptions,
            List.of(
                "--facteur.smtp.host=127.0.0.1",
                "--facteur.smtp.port=" + smtpPort,
                "--facteur.smtp.security=NONE"));
    product.process.startedBy(MeasuredFacteur.class);
    return started(product);
  }

  private static Product started(Product product) {
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
    return measure(items, null, order, this::awaitDocumentsOf);
  }

  /** Measures the run that is ordered until all that follows from it has ended. */
  Measurement measureWhole(int items, ProcessHandle mailServer, LongSupplier order) {
    return measure(items, mailServer, order, this::awaitEndOf);
  }

  /** Measures something else that is ordered, until it is reached. */
  Measurement measure(
      int items, ProcessHandle mailServer, Runnable order, BooleanSupplier reached) {
    return measure(
        items,
        mailServer,
        () -> {
          order.run();
          return 0;
        },
        nothing -> await("what was ordered", POLL.multipliedBy(10), reached));
  }

  private Measurement measure(
      int items, ProcessHandle mailServer, LongSupplier order, LongUnaryOperator awaited) {
    HeapLog heap = HeapLog.fromNowOn(heapLog());
    Measurement.Cpu cpu = cpu(mailServer);
    ServerStatus before = ServerStatus.of(jdbc());
    long start = System.nanoTime();
    long run = order.getAsLong();
    long looks = awaited.applyAsLong(run);
    Duration time = Duration.ofNanos(System.nanoTime() - start);
    ServerStatus counted = ServerStatus.of(jdbc()).since(before, looks + 2);
    Measurement.Cpu used = cpu(mailServer).since(cpu);
    process.collectGarbage();
    return new Measurement(items, time, used, counted, heap.heap());
  }

  /** Returns how often it was looked for. */
  long awaitDocumentsOf(long run) {
    return await("documents of run " + run, POLL, () -> !state(run).equals("RUNNING"));
  }

  /** Returns how often it was looked for. */
  long awaitEndOf(long run) {
    return await("end of run " + run, POLL, () -> state(run).equals("COMPLETED"));
  }

  private static long await(String what, Duration poll, BooleanSupplier reached) {
    long[] looks = {0};
    Awaitility.await(what)
        .atMost(Duration.ofHours(3))
        .pollDelay(Duration.ZERO)
        .pollInterval(poll)
        .until(
            () -> {
              looks[0]++;
              return reached.getAsBoolean();
            });
    return looks[0];
  }

  /** Lets it render, and nothing else, what it has rendered for a company before. */
  PureRendering.Result renderAgain(String company) {
    process.tell(company);
    return Awaitility.await("documents rendered again")
        .atMost(Duration.ofMinutes(30))
        .pollInterval(Duration.ofMillis(200))
        .until(() -> PureRendering.Result.in(process.output(), company), Optional::isPresent)
        .orElseThrow();
  }

  /** What decides how surely, and so how fast, the database writes. */
  String databaseSettings() {
    return jdbc()
        .sql(
            """
            SELECT CONCAT('MariaDB ', @@version, ', innodb_flush_log_at_trx_commit=',
              @@innodb_flush_log_at_trx_commit, ', log_bin=', @@log_bin, ', innodb_doublewrite=',
              @@innodb_doublewrite, ', innodb_flush_method=', @@innodb_flush_method,
              ', innodb_buffer_pool_size=', @@innodb_buffer_pool_size DIV 1048576, 'M')
            """)
        .query(String.class)
        .single();
  }

  /** What it has written below a folder of its data, manifests left aside. */
  long documentsIn(String folder) {
    try (Stream<Path> files = Files.walk(data.resolve(folder))) {
      return files
          .filter(file -> file.getParent().endsWith("ready") && !file.toString().endsWith(".json"))
          .count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Measurement.Cpu cpu(ProcessHandle mailServer) {
    return new Measurement.Cpu(used(process.handle()), used(database), used(mailServer));
  }

  private static Duration used(ProcessHandle process) {
    return process == null
        ? Duration.ZERO
        : process.info().totalCpuDuration().orElse(Duration.ZERO);
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
