package io.facteur.chaos;

import io.facteur.benchmark.MarkdownTable;
import io.facteur.chaos.Verdict.Kind;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What one seed has shown, as a table. */
record ChaosLedger(
    long seed,
    Duration took,
    Ledger ledger,
    MailServer mails,
    List<FileTaken> files,
    Faults faults,
    Verdict verdict) {

  boolean isGreen() {
    return verdict.findings().isEmpty() && faults.counted() >= ChaosRun.KILLS_THAT_COUNT;
  }

  void print(PrintStream out) {
    MarkdownTable table =
        new MarkdownTable(
            out,
            "Chaos, seed %d: %s in %d s"
                .formatted(seed, isGreen() ? "green" : "RED", took.toSeconds()),
            List.of("what", "number"));
    row(table, "documents", ledger.documents().size());
    Map<String, Long> states =
        ledger.deliveries().stream()
            .collect(
                Collectors.groupingBy(
                    delivery -> delivery.channel() + " " + delivery.state(),
                    TreeMap::new,
                    Collectors.counting()));
    row(table, "deliveries", ledger.deliveries().size());
    states.forEach((state, number) -> row(table, "… " + state, number));
    row(
        table,
        "… of them fallbacks",
        ledger.deliveries().stream().filter(Ledger.Delivery::isFallback).count());
    row(table, "nodes killed", faults.done(Fault.Kind.NODE_KILLED));
    row(table, "… that met them sending (at least 15)", faults.counted());
    row(table, "database killed", faults.done(Fault.Kind.DATABASE_KILLED));
    row(table, "nodes frozen past the lease", faults.done(Fault.Kind.NODE_FROZEN));
    row(table, "disk full", faults.done(Fault.Kind.DISK_FULL));
    row(table, "writes cut", faults.done(Fault.Kind.WRITES_CUT));
    row(table, "clock jumps", faults.done(Fault.Kind.CLOCK_JUMPS));
    mails
        .faultsByCommand()
        .forEach((command, number) -> row(table, "mail server bad at " + command, number));
    row(table, "mails attempted", mails.seen().size());
    row(table, "mails accepted", mails.accepted());
    row(table, "files taken", files.size());
    row(table, "**lost**", verdict.count(Kind.LOST));
    row(table, "**doubled**", verdict.count(Kind.DOUBLED));
    row(table, "uncertain: the dot was never answered", verdict.uncertainCertain());
    row(table, "uncertain: killed, frozen or cut around the dot", verdict.uncertainPossible());
    row(table, "**uncertain** in the ledger", verdict.uncertainFound());
    row(table, "**uncertain, unexplained**", verdict.count(Kind.UNCERTAIN_UNEXPLAINED));
    row(table, "**open, but not called uncertain**", verdict.count(Kind.UNCERTAIN_MISSING));
    row(table, "**files not whole or not as announced**", verdict.count(Kind.FILE));
    verdict
        .findings()
        .forEach(finding -> out.println("- " + finding.kind() + ": " + finding.text()));
  }

  private static void row(MarkdownTable table, String what, long number) {
    table.row(List.of(what, String.valueOf(number)));
  }
}
