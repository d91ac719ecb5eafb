package io.facteur.run;

import io.facteur.billing.PreviewRow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** Writes a preview of billing as CSV (RFC 4180), row by row while it is made. */
public final class PreviewCsv implements Consumer<PreviewRow> {

  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180
          .builder()
          .setHeader(
              "contract",
              "type",
              "period_from",
              "period_to",
              "currency",
              "net",
              "payable",
              "previous_net",
              "unusual",
              "held",
              "reason")
          .get();

  private final CSVPrinter csv;

  public PreviewCsv(Writer writer) {
    try {
      csv = new CSVPrinter(writer, FORMAT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void accept(PreviewRow row) {
    try {
      csv.printRecord(
          CsvCell.safe(row.contract()),
          row.type(),
          row.period() == null ? null : row.period().from(),
          row.period() == null ? null : row.period().to(),
          row.currency(),
          row.net(),
          row.payable(),
          row.previousNet(),
          row.unusual().stream().map(Enum::name).sorted().collect(Collectors.joining(" ")),
          row.held() == null ? null : row.held().kind(),
          row.held() == null ? null : CsvCell.safe(row.held().reason()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
