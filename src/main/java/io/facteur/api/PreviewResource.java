package io.facteur.api;

import io.facteur.billing.PreviewRow;
import io.facteur.billing.PreviewSummary;
import io.facteur.billing.ProblemKind;
import io.facteur.document.DocumentType;
import io.facteur.run.RunReports.LastBilling;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a run would bill, in JSON. */
@Schema(
    name = "BillingPreview",
    description = "Nothing was written. Complete lists: text/csv, application/x-ndjson.")
record PreviewResource(
    @Schema(description = "Code of the company.") String company,
    LocalDate asOf,
    @Schema(description = "Documents that would be made; confirm this count when releasing them.")
        int documents,
    @Schema(description = "In each currency, compared with the same contracts' last bills.")
        List<PreviewSummary.Sum> sums,
    @Schema(description = "The company's last run that made documents; left out if there is none.")
        Last lastRun,
    @Schema(description = "Contracts that would not be billed, by the kind of reason.")
        Map<ProblemKind, Integer> held,
    @Schema(description = "The first of them.") List<Row> heldContracts,
    @Schema(description = "Documents to look at, by what is unusual about them.")
        Map<PreviewRow.Unusual, Integer> unusual,
    @Schema(description = "The first of them.") List<Row> unusualDocuments,
    @Schema(description = "How they would go out (DISP-6).") DispatchSummaryResource dispatch) {

  /** The last run. */
  @Schema(name = "LastBillingRun")
  record Last(
      long run,
      LocalDate asOf,
      List<LastBilling.Billed> documents,
      @Schema(description = "Documents now less documents then.") long difference) {}

  /** A document, or a contract that is held. */
  @Schema(name = "PreviewRow")
  record Row(
      String contract,
      DocumentType type,
      LocalDate from,
      LocalDate to,
      String currency,
      BigDecimal net,
      BigDecimal payable,
      @Schema(description = "Of the contract's last bill of that type.") BigDecimal previousNet,
      Set<PreviewRow.Unusual> unusual,
      ProblemKind held,
      String reason) {

    static Row of(PreviewRow row) {
      return new Row(
          row.contract(),
          row.type(),
          row.period() == null ? null : row.period().from(),
          row.period() == null ? null : row.period().to(),
          row.currency() == null ? null : row.currency().getCurrencyCode(),
          row.net(),
          row.payable(),
          row.previousNet(),
          row.unusual().isEmpty() ? null : row.unusual(),
          row.held() == null ? null : row.held().kind(),
          row.held() == null ? null : row.held().reason());
    }
  }

  static PreviewResource of(
      String company,
      LocalDate asOf,
      PreviewSummary summary,
      Optional<LastBilling> last,
      DispatchSummaryResource dispatch) {
    int documents = summary.sums().stream().mapToInt(PreviewSummary.Sum::documents).sum();
    return new PreviewResource(
        company,
        asOf,
        documents,
        summary.sums(),
        last.map(run -> last(run, documents)).orElse(null),
        summary.heldByKind(),
        summary.held().stream().map(Row::of).toList(),
        summary.unusualByKind(),
        summary.unusual().stream().map(Row::of).toList(),
        dispatch);
  }

  private static Last last(LastBilling run, int documents) {
    long then = run.documents().stream().mapToLong(LastBilling.Billed::documents).sum();
    return new Last(run.run().value(), run.asOf(), run.documents(), documents - then);
  }
}
