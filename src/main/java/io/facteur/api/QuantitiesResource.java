package io.facteur.api;

import io.facteur.metering.NewQuantity;
import io.facteur.metering.QuantityOutcome;
import io.facteur.metering.QuantityReport;
import io.facteur.metering.QuantityResult;
import io.facteur.party.Checks;
import io.facteur.party.Refusal;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.function.ToLongFunction;

/** Quantities as they come in, and the answers to them, in JSON. */
final class QuantitiesResource {

  private static final int MOST = 1_000;

  private QuantitiesResource() {}

  /** One quantity. */
  @Schema(name = "NewQuantity")
  record Entry(
      @Schema(description = "As on the contract's line.", example = "POWER") String meter,
      LocalDate from,
      @Schema(description = "Last day, included.") LocalDate to,
      @Schema(description = "Of all these days; of a correction too.", example = "412.5")
          BigDecimal quantity,
      @Schema(description = "Whether it may differ from what is billed for these days.")
          Boolean correction) {

    private NewQuantity of(String contract) {
      return new NewQuantity(contract, meter, from, to, quantity, Boolean.TRUE.equals(correction));
    }
  }

  /** One quantity, or a list. */
  @Schema(name = "NewQuantities")
  record Body(
      @Schema(description = "As on the contract's line.", example = "POWER") String meter,
      LocalDate from,
      @Schema(description = "Last day, included.") LocalDate to,
      @Schema(description = "Of all these days; of a correction too.", example = "412.5")
          BigDecimal quantity,
      @Schema(description = "Whether it may differ from what is billed for these days.")
          Boolean correction,
      @Schema(description = "Instead of the other fields; each is taken or refused by itself.")
          List<Entry> quantities) {

    List<NewQuantity> of(String contract) {
      if (quantities == null) {
        return List.of(new Entry(meter, from, to, quantity, correction).of(contract));
      }
      Checks checks = new Checks();
      checks
          .rule(
              meter == null && from == null && to == null && quantity == null && correction == null,
              "quantities",
              "cannot stand beside a single quantity: put that one into the list")
          .rule(!quantities.isEmpty(), "quantities", "is empty: add what is to be taken")
          .rule(
              quantities.size() <= MOST,
              "quantities",
              "has more than " + MOST + " entries: send them as CSV to /api/quantities")
          .rule(!quantities.contains(null), "quantities", "has an entry that is null");
      checks.refuse();
      return quantities.stream().map(entry -> entry.of(contract)).toList();
    }
  }

  /** How many quantities have become what. */
  @Schema(name = "QuantityCounts")
  record Counts(
      long taken,
      @Schema(description = "Have taken the place of one that was not billed.") long replaced,
      @Schema(description = "Their difference to what is billed will be billed.") long corrections,
      @Schema(description = "Were there already.") long unchanged,
      long refused,
      @Schema(description = "Were taken, though days before them are missing.") long gaps) {

    private static Counts of(ToLongFunction<QuantityOutcome> count, long gaps) {
      return new Counts(
          count.applyAsLong(QuantityOutcome.TAKEN),
          count.applyAsLong(QuantityOutcome.REPLACED),
          count.applyAsLong(QuantityOutcome.CORRECTION),
          count.applyAsLong(QuantityOutcome.UNCHANGED),
          count.applyAsLong(QuantityOutcome.REFUSED),
          gaps);
    }
  }

  /** What has become of one quantity. */
  @Schema(name = "QuantityResult")
  record Result(
      String meter,
      LocalDate from,
      LocalDate to,
      BigDecimal quantity,
      QuantityOutcome outcome,
      @Schema(description = "Why it is refused, and what to do.") String reason,
      @Schema(description = "Days before it that are missing.") String gap) {}

  /** What has become of each quantity, in the order in which they were sent. */
  @Schema(name = "QuantityResults")
  record Results(Counts counts, List<Result> results) {

    /**
     * @throws Refusal if the only one was refused
     */
    static Results of(Body body, List<QuantityResult> results) {
      if (results.size() == 1 && results.get(0).isRefused()) {
        Checks checks = new Checks();
        Checks ofEntry = body.quantities() == null ? checks : checks.of("quantities[0]");
        results.get(0).problems().forEach(one -> ofEntry.problem(one.field(), one.message()));
        checks.refuse();
      }
      return new Results(
          Counts.of(
              outcome -> results.stream().filter(one -> one.outcome() == outcome).count(),
              results.stream().filter(one -> !one.missing().isEmpty()).count()),
          results.stream().map(Results::result).toList());
    }

    private static Result result(QuantityResult result) {
      NewQuantity quantity = result.quantity();
      return new Result(
          quantity.meter(),
          quantity.from(),
          quantity.to(),
          quantity.quantity(),
          result.outcome(),
          result.reason(),
          result.warning());
    }
  }

  /** What has become of a file. */
  @Schema(name = "QuantityReport")
  record Report(
      @Schema(description = "Whether nothing was written, as asked for.") boolean dryRun,
      @Schema(description = "Read, without the header and empty ones.") long lines,
      Counts counts,
      @Schema(description = "The first " + QuantityReport.NAMED + ".")
          List<QuantityReport.Note> refused,
      @Schema(description = "The first " + QuantityReport.NAMED + ".")
          List<QuantityReport.Note> gaps,
      @Schema(description = "From which line on nothing was taken, and why; left out if all was.")
          QuantityReport.Stop stopped) {

    static Report of(QuantityReport report) {
      return new Report(
          report.dryRun(),
          report.lines(),
          Counts.of(report::count, report.gaps()),
          report.refused(),
          report.gapNotes(),
          report.stopped());
    }
  }
}
