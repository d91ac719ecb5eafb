package io.facteur.benchmark;

import static io.facteur.benchmark.Measurement.decimals;

import java.time.Duration;
import java.util.List;

/**
 * What so many invoices with two deliveries each have taken, and what rendering them alone takes.
 *
 * @param mails how many of the deliveries
 * @param sinkCpu processor time of the mail server that takes them
 */
record Dispatched(Measurement whole, long mails, Duration sinkCpu, PureRendering.Result pure) {

  static final List<String> END_TO_END =
      List.of(
          "invoices",
          "seconds",
          "invoices/s",
          "deliveries/s",
          "mails/s",
          "CPU ms an invoice: Facteur",
          "MariaDB",
          "mail sink",
          "all");

  static final List<String> BESIDE_RENDERING =
      List.of(
          "invoices",
          "rendered alone/s",
          "end to end : alone (time)",
          "CPU ms alone",
          "CPU: alone / Facteur",
          "CPU: alone / all");

  static final List<String> DATABASE =
      List.of(
          "invoices",
          "statements an invoice",
          "commits",
          "syncs",
          "redo log kB",
          "pages kB",
          "heap left by a full GC (MB)",
          "heap at most (MB)");

  List<String> endToEnd() {
    return List.of(
        invoices(),
        decimals(1, seconds(whole.time())),
        decimals(1, perSecond(whole.items())),
        decimals(1, perSecond(2L * whole.items())),
        decimals(1, perSecond(mails)),
        decimals(2, millis(whole.cpu().facteur())),
        decimals(2, millis(whole.cpu().mariaDb())),
        decimals(2, millis(sinkCpu)),
        decimals(2, millis(all())));
  }

  List<String> besideRendering() {
    double alone = pure.documents() / seconds(pure.time());
    double cpuAlone = 1_000 * seconds(pure.cpu()) / pure.documents();
    return List.of(
        invoices(),
        decimals(1, alone),
        decimals(2, perSecond(whole.items()) / alone),
        decimals(2, cpuAlone),
        decimals(2, cpuAlone / millis(whole.cpu().facteur())),
        decimals(2, cpuAlone / millis(all())));
  }

  List<String> database() {
    ServerStatus counted = whole.counted();
    return List.of(
        invoices(),
        decimals(1, (double) counted.statements() / whole.items()),
        decimals(2, (double) counted.commits() / whole.items()),
        decimals(2, (double) counted.syncs() / whole.items()),
        decimals(1, counted.logBytes() / 1_000.0 / whole.items()),
        decimals(1, counted.pageBytes() / 1_000.0 / whole.items()),
        String.valueOf(whole.heap().live()),
        String.valueOf(whole.heap().used()));
  }

  private Duration all() {
    return whole.cpu().facteur().plus(whole.cpu().mariaDb()).plus(sinkCpu);
  }

  private String invoices() {
    return String.valueOf(whole.items());
  }

  private double perSecond(long items) {
    return items / seconds(whole.time());
  }

  private double millis(Duration cpu) {
    return 1_000 * seconds(cpu) / whole.items();
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
