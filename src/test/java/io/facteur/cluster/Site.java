package io.facteur.cluster;

import io.facteur.embedded.EmbeddedMariaDb;
import io.facteur.embedded.TestFolders;
import io.facteur.testing.FacteurProcess;
import io.facteur.testing.MailSink;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.util.FileSystemUtils;

/**
 * All that the nodes have in common: a database server in a process of its own, a mail server that
 * remembers how many mails each customer got, and folders.
 */
final class Site implements AutoCloseable {

  private static final List<String> JVM = List.of("-Xmx400m", "-XX:+UseSerialGC", "-Xshare:auto");
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final Path folder;
  private final EmbeddedMariaDb server;
  private final MailSink mails;
  private final JdbcClient jdbc;
  private final List<FacteurProcess> nodes = new ArrayList<>();
  private final AtomicInteger companies = new AtomicInteger();

  private Site(Path folder) throws IOException {
    this.folder = folder;
    FileSystemUtils.deleteRecursively(folder);
    server = EmbeddedMariaDb.start(TestFolders.fresh("cluster"), EmbeddedMariaDb.DURABLE, s -> {});
    mails = MailSink.thatRemembers();
    var database =
        new DriverManagerDataSource(server.jdbcUrl(), EmbeddedMariaDb.USER, server.password());
    Flyway.configure().dataSource(database).locations("classpath:db/migration").load().migrate();
    jdbc = JdbcClient.create(database);
  }

  static Site open(Path folder) throws IOException {
    return new Site(folder);
  }

  JdbcClient jdbc() {
    return jdbc;
  }

  Customers customers(int number) {
    return Customers.load(jdbc, "AC" + companies.incrementAndGet(), number);
  }

  /** Prepares a node; it is not started yet. */
  FacteurProcess node(String name, Map<String, String> environment, String... settings) {
    List<String> all = new ArrayList<>();
    all.addAll(
        FacteurProcess.counterparts(
            server.jdbcUrl(), EmbeddedMariaDb.USER, server.password(), mails.port()));
    all.addAll(FacteurProcess.sharedFolders(folder.resolve("shared")));
    all.add("--facteur.node=" + name);
    all.addAll(List.of(settings));
    FacteurProcess node =
        FacteurProcess.node(folder.resolve(name), JVM, environment, List.copyOf(all));
    nodes.add(node);
    return node;
  }

  /** All that were prepared, in that order. */
  List<FacteurProcess> nodes() {
    return List.copyOf(nodes);
  }

  int running() {
    return (int) nodes.stream().filter(FacteurProcess::isRunning).count();
  }

  /** Starts nodes beside each other. */
  static void start(FacteurProcess... nodes) {
    for (FacteurProcess node : nodes) {
      node.launch();
    }
    for (FacteurProcess node : nodes) {
      node.awaitReady();
    }
  }

  /** Lets the nodes that run bill and send; returns how long that took. */
  Duration send(Customers customers, Disturbance... disturbances) {
    long start = System.nanoTime();
    customers.orderRun();
    for (Disturbance disturbance : disturbances) {
      long done = (long) (disturbance.after() * 2 * customers.number());
      await(() -> ended(customers) >= done);
      disturbance.happens().run();
    }
    await(() -> ended(customers) == 2L * customers.number());
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /** How many of the deliveries each node has carried out, by the ledger's history. */
  Map<String, Long> doneBy(Customers customers) {
    Map<String, Long> done = new LinkedHashMap<>();
    jdbc.sql(
            """
            SELECT e.actor, COUNT(*) AS number FROM delivery_event e
            JOIN delivery v ON v.id = e.delivery_id JOIN document d ON d.id = v.document_id
            JOIN company o ON o.id = d.company_id
            WHERE o.code = :code AND e.state IN ('SENT', 'SPOOLED') GROUP BY e.actor ORDER BY e.actor
            """)
        .param("code", customers.code())
        .query()
        .listOfRows()
        .forEach(row -> done.put((String) row.get("actor"), (Long) row.get("number")));
    return done;
  }

  Arrivals arrivals(Customers customers) {
    return Arrivals.of(customers, jdbc, mails, folder.resolve("shared/spool"));
  }

  /** By the database's clock. */
  LocalDateTime now() {
    return jdbc.sql("SELECT UTC_TIMESTAMP(6)").query(LocalDateTime.class).single();
  }

  /** Returns when so much time has passed. */
  void pass(Duration time) {
    LocalDateTime end = now().plus(time);
    await(() -> now().isAfter(end));
  }

  static void await(Callable<Boolean> condition) {
    Awaitility.await()
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(200))
        .until(condition);
  }

  private long ended(Customers customers) {
    return jdbc.sql(
            """
            SELECT COUNT(*) FROM delivery v JOIN document d ON d.id = v.document_id
            JOIN company o ON o.id = d.company_id
            WHERE o.code = :code AND v.state IN ('SENT', 'SPOOLED', 'UNCERTAIN')
            """)
        .param("code", customers.code())
        .query(Long.class)
        .single();
  }

  @Override
  public void close() throws IOException {
    nodes.forEach(FacteurProcess::close);
    mails.close();
    server.close();
  }
}
