package io.facteur.benchmark;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** What so many contracts or documents have taken. */
record Measurement(int items, Duration time, Cpu cpu, ServerStatus counted, HeapLog.Heap heap) {

  /**
   * Processor time of each process; less disturbed by the machine's other work than the time.
   *
   * @param mailServer zero where there is none
   */
  record Cpu(Duration facteur, Duration mariaDb, Duration mailServer) {

    Cpu since(Cpu before) {
      return new Cpu(
          facteur.minus(before.facteur),
          mariaDb.minus(before.mariaDb),
          mailServer.minus(before.mailServer));
    }

    Duration all() {
      return facteur.plus(mariaDb).plus(mailServer);
    }
  }

  static List<String> columns(String items) {
    return List.of(
        items,
        "seconds",
        "per second",
        "ms each",
        "CPU ms each: Facteur",
        "MariaDB",
        "statements each",
        "commits each",
        "heap left by a full GC (MB)",
        "heap at most (MB)",
        "redo log kB each",
        "pages kB each");
  }

  double millisEach() {
    return time.toNanos() / 1e6 / items;
  }

  List<String> cells() {
    return List.of(
        String.valueOf(items),
        decimals(1, time.toNanos() / 1e9),
        decimals(0, 1_000 / millisEach()),
        decimals(3, millisEach()),
        decimals(3, cpu.facteur().toNanos() / 1e6 / items),
        decimals(3, cpu.mariaDb().toNanos() / 1e6 / items),
        decimals(3, (double) counted.statements() / items),
        decimals(4, (double) counted.commits() / items),
        String.valueOf(heap.live()),
        String.valueOf(heap.used()),
        decimals(1, counted.logBytes() / 1_000.0 / items),
        decimals(1, counted.pageBytes() / 1_000.0 / items));
  }

  static String decimals(int decimals, double value) {
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}
