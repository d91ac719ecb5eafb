package io.facteur.metering;

import io.facteur.contract.BillingPeriod;
import io.facteur.contract.ContractTransaction;
import io.facteur.party.AuditLog;
import io.facteur.party.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/**
 * Takes quantities from a CSV file of any length, some hundred lines in each transaction. Broken
 * lines are named, and the others taken. A file may be sent again: what is there already stays.
 */
@Service
public class QuantityImport {

  private static final Logger log = LoggerFactory.getLogger(QuantityImport.class);
  private static final int CHUNK = 500;

  private final QuantityIntake intake;
  private final ContractTransaction transaction;
  private final AuditLog audit;

  QuantityImport(QuantityIntake intake, ContractTransaction transaction, AuditLog audit) {
    this.intake = intake;
    this.transaction = transaction;
    this.audit = audit;
  }

  /**
   * Reads a file to its end, unless the way it comes in breaks off or the database fails.
   *
   * @param dryRun reports what would be taken, and writes nothing
   * @throws Refusal if its first line does not name the columns; nothing is taken then
   */
  public QuantityReport take(InputStream csv, boolean dryRun) {
    CsvLines lines = new CsvLines(csv);
    QuantityColumns columns = columns(lines);
    QuantityTally tally = new QuantityTally();
    QuantityReport.Stop stopped = takeLines(lines, columns, tally, dryRun);
    if (dryRun) {
      return tally.report(true, stopped);
    }
    try {
      return finish(tally, stopped);
    } catch (RuntimeException e) {
      log.error("An import of quantities could not be noted in the history", e);
      return tally.report(false, stopped == null ? failed(lines.number() + 1) : stopped);
    }
  }

  private static QuantityColumns columns(CsvLines lines) {
    try {
      CsvLines.Line header = lines.next();
      if (header == null) {
        throw Refusal.invalid("header", "is missing: the file is empty");
      }
      if (header.problem() != null) {
        throw Refusal.invalid("header", header.problem());
      }
      return new QuantityColumns(header.text());
    } catch (IOException e) {
      throw Refusal.invalid("header", "cannot be read: " + e.getMessage());
    }
  }

  private QuantityReport.Stop takeLines(
      CsvLines lines, QuantityColumns columns, QuantityTally tally, boolean dryRun) {
    QuantityReport.Stop stopped = null;
    List<QuantityColumns.Read> chunk;
    do {
      chunk = new ArrayList<>();
      try {
        fill(chunk, lines, columns);
      } catch (IOException e) {
        stopped = new QuantityReport.Stop(lines.number() + 1, "cannot be read: " + e.getMessage());
      }
      if (!chunk.isEmpty()) {
        try {
          takeChunk(chunk, tally, dryRun);
        } catch (RuntimeException e) {
          log.error("An import of quantities stops at line {}", chunk.get(0).line(), e);
          return failed(chunk.get(0).line());
        }
      }
    } while (stopped == null && chunk.size() == CHUNK);
    return stopped;
  }

  private static QuantityReport.Stop failed(long line) {
    return new QuantityReport.Stop(
        line, "the database failed: send the file again, what is taken already stays as it is");
  }

  private static void fill(
      List<QuantityColumns.Read> chunk, CsvLines lines, QuantityColumns columns)
      throws IOException {
    while (chunk.size() < CHUNK) {
      CsvLines.Line line = lines.next();
      if (line == null) {
        return;
      }
      if (line.text() == null || !line.text().isBlank()) {
        chunk.add(columns.read(line));
      }
    }
  }

  private void takeChunk(List<QuantityColumns.Read> chunk, QuantityTally tally, boolean dryRun) {
    List<NewQuantity> readable =
        chunk.stream()
            .filter(QuantityColumns.Read::isReadable)
            .map(QuantityColumns.Read::quantity)
            .toList();
    List<QuantityResult> results =
        dryRun ? intake.preview(readable) : transaction.with(() -> intake.take(readable));
    int next = 0;
    for (QuantityColumns.Read read : chunk) {
      if (read.isReadable()) {
        tally.result(read, results.get(next++));
      } else {
        tally.refused(read);
      }
    }
  }

  private QuantityReport finish(QuantityTally tally, QuantityReport.Stop stopped) {
    tally.stillMissing(missing(tally.gaps()));
    QuantityReport report = tally.report(false, stopped);
    return transaction.with(
        () -> {
          audit.record("quantity.import", "quantities:csv", null, summary(report));
          return report;
        });
  }

  private List<List<BillingPeriod>> missing(List<NewQuantity> quantities) {
    List<List<BillingPeriod>> missing = new ArrayList<>();
    for (int from = 0; from < quantities.size(); from += CHUNK) {
      missing.addAll(
          intake.missingBefore(
              quantities.subList(from, Math.min(from + CHUNK, quantities.size()))));
    }
    return missing;
  }

  private static Map<String, Object> summary(QuantityReport report) {
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("lines", report.lines());
    for (QuantityOutcome outcome : QuantityOutcome.values()) {
      summary.put(outcome.name(), report.count(outcome));
    }
    summary.put("gaps", report.gaps());
    if (report.stopped() != null) {
      summary.put("stoppedAtLine", report.stopped().line());
    }
    return summary;
  }
}
