package io.facteur.cluster;

import io.facteur.benchmark.MarkdownTable;
import io.facteur.testing.FacteurProcess;
import io.facteur.testing.RunningFacteur;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Schedules on four nodes: two with the right time, one a day ahead and one a day behind. Each
 * schedule starts one run each time, none before its time, and each contract is billed once.
 */
final class Schedules {

  private static final Path FAKE_TIME =
      Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1");
  private static final int COMPANIES = 5;
  private static final int CUSTOMERS = 10;
  private static final Duration EVERY = Duration.ofSeconds(20);
  private static final Duration WATCHED = Duration.ofSeconds(90);

  /** Runs of one company that are closer to each other have been started by one time twice. */
  private static final Duration TOO_CLOSE = Duration.ofSeconds(5);

  private final Site site;
  private final List<FacteurProcess> right = new ArrayList<>();
  private final List<FacteurProcess> wrong = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();

  private Schedules(Site site) {
    this.site = site;
  }

  /** What was not as it should be. */
  static List<String> run(Site site) throws IOException {
    Schedules schedules = new Schedules(site);
    schedules.run();
    return schedules.failures;
  }

  private void run() throws IOException {
    List<Customers> often =
        IntStream.range(0, COMPANIES).mapToObj(n -> site.customers(CUSTOMERS)).toList();
    Customers later = site.customers(CUSTOMERS);
    String routes = "--facteur.routes=" + routes(often, later);
    boolean canFake = Files.exists(FAKE_TIME);
    if (canFake) {
      wrong.add(site.node("ahead", fakeTime("+1d"), routes));
      wrong.add(site.node("behind", fakeTime("-1d"), routes));
    }
    right.add(site.node("right-1", Map.of(), routes));
    right.add(site.node("right-2", Map.of(), routes));
    // Whoever is first stores the schedules: one with a wrong clock must not spoil them.
    wrong.forEach(Site::start);
    Site.start(right.toArray(FacteurProcess[]::new));
    // By now the others have taken over from whoever was there before.
    site.pass(EVERY);
    LocalDateTime from = site.now();
    site.pass(WATCHED);
    judge(often, later, from, canFake);
  }

  private void judge(List<Customers> often, Customers later, LocalDateTime from, boolean canFake) {
    int runs = 0;
    int most = (int) (WATCHED.toSeconds() / EVERY.toSeconds()) + 1;
    Duration closest = WATCHED;
    for (Customers company : often) {
      List<LocalDateTime> started = started(company, from);
      runs += started.size();
      if (started.size() < most - 2 || started.size() > most) {
        failures.add("%s: %d runs in %s".formatted(company.code(), started.size(), WATCHED));
      }
      for (int n = 1; n < started.size(); n++) {
        Duration apart = Duration.between(started.get(n - 1), started.get(n));
        closest = apart.compareTo(closest) < 0 ? apart : closest;
      }
    }
    int early = started(later, LocalDate.EPOCH.atStartOfDay()).size();
    long documents = count("SELECT COUNT(*) FROM document");
    new MarkdownTable(
            System.out,
            "Schedules: %d every %d s, watched for %d s, and one in twelve hours"
                .formatted(COMPANIES, EVERY.toSeconds(), WATCHED.toSeconds()),
            List.of(
                "nodes",
                "runs",
                "closest runs of a schedule",
                "runs before their time",
                "contracts",
                "invoices",
                "started by"))
        .row(
            List.of(
                canFake ? "2, one a day ahead, one a day behind" : "2 (without faketime)",
                String.valueOf(runs),
                "%.1f s".formatted(closest.toMillis() / 1_000.0),
                String.valueOf(early),
                String.valueOf(COMPANIES * CUSTOMERS),
                String.valueOf(documents),
                starters()));
    if (closest.compareTo(TOO_CLOSE) < 0) {
      failures.add("a schedule has started two runs within " + closest);
    }
    if (early > 0 || documents != COMPANIES * CUSTOMERS) {
      failures.add("schedules: %d runs too early, %d invoices".formatted(early, documents));
    }
    for (FacteurProcess node : wrong) {
      if (!node.output().contains("this machine's clock is") || starts(node) > 0) {
        failures.add(node.data().getFileName() + " has not noticed its clock");
      }
    }
  }

  private String starters() {
    List<String> starters = new ArrayList<>();
    wrong.forEach(node -> starters.add(node.data().getFileName() + " " + starts(node)));
    right.forEach(node -> starters.add(node.data().getFileName() + " " + starts(node)));
    return String.join(", ", starters);
  }

  /** How many runs its schedules have started, or joined. */
  private static long starts(FacteurProcess node) {
    return node.output().lines().filter(line -> line.contains(": billing run ")).count();
  }

  private List<LocalDateTime> started(Customers company, LocalDateTime from) {
    return site.jdbc()
        .sql(
            """
            SELECT r.started_at FROM run r JOIN company o ON o.id = r.company_id
            WHERE o.code = :code AND r.started_at >= :from ORDER BY r.started_at
            """)
        .param("code", company.code())
        .param("from", from)
        .query(LocalDateTime.class)
        .list();
  }

  private long count(String sql) {
    return site.jdbc().sql(sql).query(Long.class).single();
  }

  /** The product's routes with one schedule for each company. */
  private Path routes(List<Customers> often, Customers later) throws IOException {
    Path routes = RunningFacteur.copyOfRoutes();
    StringBuilder schedules = new StringBuilder();
    for (Customers company : often) {
      schedules.append(schedule(company, "0/%d+*+*+*+*+?".formatted(EVERY.toSeconds())));
    }
    LocalDateTime at = site.now().plusHours(12);
    schedules.append(schedule(later, "0+%d+%d+*+*+?".formatted(at.getMinute(), at.getHour())));
    Files.writeString(routes.resolve("once.camel.yaml"), schedules.toString());
    return routes;
  }

  private static String schedule(Customers company, String cron) {
    return """
        - templatedRoute:
            routeTemplateRef: billing-schedule
            routeId: bill-%s-often
            parameters:
              - name: company
                value: %s
              - name: cron
                value: %s
              - name: timeZone
                value: UTC
        """
        .formatted(company.code().toLowerCase(Locale.ROOT), company.code(), cron);
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
