package io.facteur.benchmark;

import static io.facteur.benchmark.Measurement.decimals;

import java.time.Duration;
import java.util.List;

/**
 * What so many invoices with two deliveries each have taken, and what rendering them alone takes.
 *
 * @param mails how many of the deliveries
 * @param mailsAgain when only they are sent once more, and nothing has to be rendered
 */
record Dispatched(
    Measurement whole, long mails, PureRendering.Result pure, Measurement mailsAgain) {

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

  static final List<String> MAILS =
      List.of(
          "mails",
          "mails/s",
          "CPU ms a mail: Facteur",
          "MariaDB",
          "mail sink",
          "statements a mail",
          "syncs",
          "redo log kB");

  List<String> endToEnd() {
    return List.of(
        invoices(),
        decimals(1, seconds(whole.time())),
        decimals(1, perSecond(whole.items())),
        decimals(1, perSecond(2L * whole.items())),
        decimals(1, perSecond(mails)),
        decimals(2, millis(whole, whole.cpu().facteur())),
        decimals(2, millis(whole, whole.cpu().mariaDb())),
        decimals(2, millis(whole, whole.cpu().mailServer())),
        decimals(2, millis(whole, whole.cpu().all())));
  }

  List<String> besideRendering() {
    double alone = pure.documents() / seconds(pure.time());
    double cpuAlone = 1_000 * seconds(pure.cpu()) / pure.documents();
    return List.of(
        invoices(),
        decimals(1, alone),
        decimals(2, perSecond(whole.items()) / alone),
        decimals(2, cpuAlone),
        decimals(2, cpuAlone / millis(whole, whole.cpu().facteur())),
        decimals(2, cpuAlone / millis(whole, whole.cpu().all())));
  }

  List<String> database() {
    ServerStatus counted = whole.counted();
    return List.of(
        invoices(),
        decimals(1, each(whole, counted.statements())),
        decimals(2, each(whole, counted.commits())),
        decimals(2, each(whole, counted.syncs())),
        decimals(1, each(whole, counted.logBytes()) / 1_000),
        decimals(1, each(whole, counted.pageBytes()) / 1_000),
        String.valueOf(whole.heap().live()),
        String.valueOf(whole.heap().used()));
  }

  List<String> mailsOnceMore() {
    ServerStatus counted = mailsAgain.counted();
    return List.of(
        String.valueOf(mails),
        decimals(0, mails / seconds(mailsAgain.time())),
        decimals(2, millis(mailsAgain, mailsAgain.cpu().facteur())),
        decimals(2, millis(mailsAgain, mailsAgain.cpu().mariaDb())),
        decimals(2, millis(mailsAgain, mailsAgain.cpu().mailServer())),
        decimals(1, each(mailsAgain, counted.statements())),
        decimals(2, each(mailsAgain, counted.syncs())),
        decimals(1, each(mailsAgain, counted.logBytes()) / 1_000));
  }

  private String invoices() {
    return String.valueOf(whole.items());
  }

  private double perSecond(long items) {
    return items / seconds(whole.time());
  }

  private static double millis(Measurement measured, Duration cpu) {
    return 1_000 * seconds(cpu) / measured.items();
  }

  private static double each(Measurement measured, long counted) {
    return (double) counted / measured.items();
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
