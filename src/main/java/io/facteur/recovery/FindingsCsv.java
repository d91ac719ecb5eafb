package io.facteur.recovery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.springframework.stereotype.Service;

/** All findings as CSV (RFC 4180); what stands in it are ids, numbers and names of files. */
@Service
public class FindingsCsv {

  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180
          .builder()
          .setHeader(
              "kind",
              "subject",
              "channel",
              "document",
              "where",
              "at",
              "outcome",
              "contract",
              "period_from",
              "period_to",
              "draft",
              "node")
          .get();

  private final Findings findings;

  FindingsCsv(Findings findings) {
    this.findings = findings;
  }

  /**
   * Writes them; what they are written to stays open.
   *
   * @throws UncheckedIOException if that fails
   */
  public void write(Appendable out) {
    try {
      CSVPrinter csv = new CSVPrinter(out, FORMAT);
      findings.all(part -> print(csv, part));
      csv.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void print(CSVPrinter csv, List<Finding> part) {
    try {
      for (Finding one : part) {
        csv.printRecord(
            Stream.of(
                    one.kind(),
                    one.subject(),
                    one.channel(),
                    one.document(),
                    one.where(),
                    one.at(),
                    one.outcome(),
                    one.contract(),
                    one.periodFrom(),
                    one.periodTo(),
                    one.draft(),
                    one.node())
                .map(cell -> cell == null ? "" : cell.toString())
                .collect(Collectors.toList()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
