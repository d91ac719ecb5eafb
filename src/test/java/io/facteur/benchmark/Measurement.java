package io.facteur.benchmark;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** What so many contracts or documents have taken. */
record Measurement(int items, Duration time, ServerStatus counted, HeapLog.Heap heap) {

  static List<String> columns(String items) {
    return List.of(
        items,
        "seconds",
        "per second",
        "ms each",
        "statements each",
        "commits each",
        "heap after GC (MB)",
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
        decimals(3, (double) counted.statements() / items),
        decimals(4, (double) counted.commits() / items),
        String.valueOf(heap.live()),
        String.valueOf(heap.used()),
        decimals(1, counted.logBytes() / 1_000.0 / items),
        decimals(1, counted.pageBytes() / 1_000.0 / items));
  }

  private static String decimals(int decimals, double value) {
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}
