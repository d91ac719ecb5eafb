package io.facteur.cluster;

import io.facteur.benchmark.MarkdownTable;
import io.facteur.testing.FacteurProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Runs the profile's scenes one after the other and prints their tables. */
public final class Cluster {

  private static final Path FOLDER = Path.of("target", "cluster");
  private static final int WARM_UP = 100;
  private static final double LEAST_SHARE = 0.25;

  /** Short, so that a frozen node's work is taken over while we look. */
  private static final String[] SHORT_LEASES = {
    "--facteur.ledger.claim-lease=PT45S",
    "--facteur.ledger.send-lease=PT20S",
    "--facteur.ledger.hand-out-again=PT15S",
    "--facteur.recovery-interval=1000"
  };

  private static final Duration FROZEN = Duration.ofSeconds(50);

  private final int invoices;
  private final List<String> failures = new ArrayList<>();
  private MarkdownTable table;

  private Cluster(int invoices) {
    this.invoices = invoices;
  }

  /**
   * Runs everything.
   *
   * @param arguments how many invoices each run has, the folder in which the distribution of the
   *     broker is unpacked, and which of the scenes nodes, broker, schedules
   */
  public static void main(String[] arguments) throws IOException {
    Cluster cluster = new Cluster(Integer.parseInt(arguments[0]));
    List<String> scenes = List.of(arguments[2].split(","));
    if (scenes.contains("nodes")) {
      try (Site site = Site.open(FOLDER.resolve("nodes"))) {
        cluster.shared(site);
        cluster.disturbed(site);
      }
    }
    if (scenes.contains("broker")) {
      try (Site site = Site.open(FOLDER.resolve("broker"))) {
        cluster.overABroker(site, Path.of(arguments[1]));
      }
    }
    if (scenes.contains("schedules")) {
      try (Site site = Site.open(FOLDER.resolve("schedules"))) {
        cluster.failures.addAll(Schedules.run(site));
      }
    }
    cluster.failures.forEach(failure -> System.out.println("\nFAILED: " + failure));
    System.exit(cluster.failures.isEmpty() ? 0 : 1);
  }

  /**
   * A first, a second and a third node; after each a run that all of them share. A whole run goes
   * before it: a node that has just started compiles, and would leave the work to the others.
   */
  private void shared(Site site) {
    table =
        new MarkdownTable(
            System.out,
            "Nodes share a run: each invoice goes by mail and by post",
            List.of(
                "nodes",
                "hand-out",
                "invoices",
                "deliveries",
                "seconds",
                "deliveries/s",
                "share of each node",
                "lost",
                "doubled",
                "uncertain"));
    for (String name : List.of("node-a", "node-b", "node-c")) {
      Site.start(site.node(name, Map.of(), SHORT_LEASES));
      site.send(site.customers(invoices));
      shared(site, "in process");
    }
  }

  private void shared(Site site, String handOut) {
    Customers customers = site.customers(invoices);
    Duration time = site.send(customers);
    Map<String, Long> done = site.doneBy(customers);
    long deliveries = 2L * invoices;
    double seconds = time.toMillis() / 1_000.0;
    Arrivals arrivals = judged(site, customers, done.size() + " nodes, " + handOut);
    table.row(
        List.of(
            String.valueOf(site.running()),
            handOut,
            "%,d".formatted(invoices),
            "%,d".formatted(deliveries),
            "%.1f".formatted(seconds),
            "%,.0f".formatted(deliveries / seconds),
            shares(done),
            String.valueOf(arrivals.lost()),
            String.valueOf(arrivals.doubled()),
            String.valueOf(arrivals.uncertain())));
    boolean fair =
        done.size() == site.running()
            && done.values().stream().allMatch(part -> part >= LEAST_SHARE * deliveries);
    if (!fair) {
      failures.add("a node has less than a quarter of a run: " + shares(done));
    }
  }

  /** One node is killed, one frozen longer than its leases last, one added. */
  private void disturbed(Site site) {
    table =
        new MarkdownTable(
            System.out,
            "Disturbed runs",
            List.of(
                "what happens",
                "deliveries",
                "seconds",
                "share of each node",
                "lost",
                "doubled",
                "uncertain"));
    FacteurProcess killed = site.nodes().get(1);
    FacteurProcess frozen = site.nodes().get(2);
    FacteurProcess added = site.node("node-d", Map.of(), SHORT_LEASES);
    Map<String, Long> done =
        disturbed(
            site,
            "node-b killed, node-c frozen for %d s, node-d added".formatted(FROZEN.toSeconds()),
            new Disturbance(0.1, added::launch),
            new Disturbance(0.2, killed::kill9),
            new Disturbance(0.3, frozen::freeze),
            new Disturbance(0.3, () -> site.pass(FROZEN)),
            new Disturbance(0.3, frozen::thaw));
    if (!done.containsKey("node-d")) {
      failures.add("the node that was added has taken no part");
    }
  }

  private void overABroker(Site site, Path distributions) {
    try (Broker broker = Broker.create(distributions, FOLDER.resolve("artemis"))) {
      broker.start();
      String[] settings = with(SHORT_LEASES, broker.settings());
      Site.start(site.node("node-a", Map.of(), settings), site.node("node-b", Map.of(), settings));
      site.send(site.customers(WARM_UP));
      table =
          new MarkdownTable(
              System.out,
              "The hand-out over an external broker",
              List.of(
                  "nodes",
                  "hand-out",
                  "invoices",
                  "deliveries",
                  "seconds",
                  "deliveries/s",
                  "share of each node",
                  "lost",
                  "doubled",
                  "uncertain"));
      shared(site, "broker");
      table =
          new MarkdownTable(
              System.out,
              "The broker is lost in the midst of a run",
              List.of(
                  "what happens",
                  "deliveries",
                  "seconds",
                  "share of each node",
                  "lost",
                  "doubled",
                  "uncertain"));
      disturbed(
          site,
          "broker killed, started again",
          new Disturbance(0.2, broker::kill9),
          new Disturbance(0.2, broker::start));
      disturbed(
          site,
          "broker killed, its journal deleted, started again",
          new Disturbance(0.2, broker::kill9),
          new Disturbance(0.2, broker::deleteJournal),
          new Disturbance(0.2, broker::start));
    }
  }

  private Map<String, Long> disturbed(Site site, String what, Disturbance... disturbances) {
    Customers customers = site.customers(invoices);
    Duration time = site.send(customers, disturbances);
    Map<String, Long> done = site.doneBy(customers);
    Arrivals arrivals = judged(site, customers, what);
    table.row(
        List.of(
            what,
            "%,d".formatted(2 * invoices),
            "%.1f".formatted(time.toMillis() / 1_000.0),
            shares(done),
            String.valueOf(arrivals.lost()),
            String.valueOf(arrivals.doubled()),
            String.valueOf(arrivals.uncertain())));
    return done;
  }

  private Arrivals judged(Site site, Customers customers, String what) {
    Arrivals arrivals = site.arrivals(customers);
    if (!arrivals.isRight()) {
      failures.add(what + ": " + arrivals);
    }
    return arrivals;
  }

  private static String shares(Map<String, Long> done) {
    long all = done.values().stream().mapToLong(Long::longValue).sum();
    return done.entrySet().stream()
        .map(part -> "%s %d %%".formatted(part.getKey(), 100 * part.getValue() / all))
        .collect(Collectors.joining(", "));
  }

  private static String[] with(String[] some, String[] more) {
    List<String> all = new ArrayList<>(List.of(some));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }
}
