package io.facteur.cluster;

import io.facteur.benchmark.MarkdownTable;
import io.facteur.testing.FacteurProcess;
import io.facteur.testing.RunningFacteur;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Schedules on four nodes: two with the right time, one a day ahead and one a day behind. Each
 * schedule starts one run, in time, and each contract is billed once.
 */
final class Schedules {

  private static final Path FAKE_TIME =
      Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1");
  private static final int COMPANIES = 5;
  private static final int CUSTOMERS = 10;

  /** So long the nodes have to start, on a machine that is busy. */
  private static final Duration BEFORE = Duration.ofSeconds(75);

  private Schedules() {}

  /** What was not as it should be. */
  static List<String> run(Site site) throws IOException {
    List<Customers> companies =
        IntStream.range(0, COMPANIES).mapToObj(n -> site.customers(CUSTOMERS)).toList();
    LocalDateTime first = site.now().plus(BEFORE).truncatedTo(ChronoUnit.SECONDS);
    String routes = "--facteur.routes=" + routes(companies, first);
    boolean canFake = Files.exists(FAKE_TIME);
    List<FacteurProcess> nodes = new ArrayList<>();
    nodes.add(site.node("right-1", Map.of(), routes));
    nodes.add(site.node("right-2", Map.of(), routes));
    if (canFake) {
      nodes.add(site.node("ahead", fakeTime("+1d"), routes));
      nodes.add(site.node("behind", fakeTime("-1d"), routes));
    }
    // Whoever is first stores the schedules: one with a wrong clock must not spoil them.
    Site.start(nodes.subList(2, nodes.size()).toArray(FacteurProcess[]::new));
    Site.start(nodes.subList(0, 2).toArray(FacteurProcess[]::new));
    Site.await(() -> site.now().isAfter(first.plusSeconds(3L * COMPANIES)));
    Site.await(
        () ->
            count(site, "SELECT COUNT(*) FROM run WHERE state IN ('RUNNING', 'DISPATCHING')") == 0);
    // A second start, if there were one, would come within the next check-ins.
    site.pass(Duration.ofSeconds(15));
    return judge(site, nodes, first, canFake);
  }

  private static List<String> judge(
      Site site, List<FacteurProcess> nodes, LocalDateTime first, boolean canFake) {
    long runs = count(site, "SELECT COUNT(*) FROM run");
    long early =
        count(
            site,
            "SELECT COUNT(*) FROM run WHERE started_at < '%s' - INTERVAL 2 SECOND"
                .formatted(first));
    long documents = count(site, "SELECT COUNT(*) FROM document");
    MarkdownTable table =
        new MarkdownTable(
            System.out,
            "Schedules, once in a cluster",
            List.of(
                "nodes",
                "schedules",
                "runs",
                "too early",
                "contracts",
                "documents",
                "runs by each node"));
    List<String> byNode =
        nodes.stream().map(node -> node.data().getFileName() + " " + started(node)).toList();
    table.row(
        List.of(
            canFake ? "2, one a day ahead, one a day behind" : "2 (faketime is not installed)",
            String.valueOf(COMPANIES),
            String.valueOf(runs),
            String.valueOf(early),
            String.valueOf(COMPANIES * CUSTOMERS),
            String.valueOf(documents),
            String.join(", ", byNode)));
    List<String> failures = new ArrayList<>();
    if (runs != COMPANIES || early > 0 || documents != COMPANIES * CUSTOMERS) {
      failures.add(
          "schedules: %d runs, %d too early, %d documents".formatted(runs, early, documents));
    }
    for (FacteurProcess wrong : nodes.subList(2, nodes.size())) {
      if (!wrong.output().contains("this machine's clock is") || started(wrong) > 0) {
        failures.add(wrong.data().getFileName() + " has not noticed its clock");
      }
    }
    return failures;
  }

  private static long started(FacteurProcess node) {
    return node.output().lines().filter(line -> line.contains(": billing run ")).count();
  }

  private static long count(Site site, String sql) {
    return site.jdbc().sql(sql).query(Long.class).single();
  }

  /** The product's routes with one schedule for each company, three seconds apart. */
  private static Path routes(List<Customers> companies, LocalDateTime first) throws IOException {
    Path routes = RunningFacteur.copyOfRoutes();
    StringBuilder schedules = new StringBuilder();
    LocalDateTime at = first;
    for (Customers company : companies) {
      schedules.append(
          """
          - templatedRoute:
              routeTemplateRef: billing-schedule
              routeId: bill-%s-once
              parameters:
                - name: company
                  value: %s
                - name: cron
                  value: %d+%d+%d+%d+%d+?
                - name: timeZone
                  value: UTC
          """
              .formatted(
                  company.code().toLowerCase(Locale.ROOT),
                  company.code(),
                  at.getSecond(),
                  at.getMinute(),
                  at.getHour(),
                  at.getDayOfMonth(),
                  at.getMonthValue()));
      at = at.plusSeconds(3);
    }
    Files.writeString(routes.resolve("once.camel.yaml"), schedules.toString());
    return routes;
  }

  private static Map<String, String> fakeTime(String offset) {
    return Map.of(
        "LD_PRELOAD",
        FAKE_TIME.toString(),
        "FAKETIME",
        offset,
        // The JVM waits by it, and would not wait at all with the fix.
        "FAKETIME_DONT_FAKE_MONOTONIC",
        "1",
        "FAKETIME_FORCE_MONOTONIC_FIX",
        "0");
  }
}
