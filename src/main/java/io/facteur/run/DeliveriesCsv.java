package io.facteur.run;

import io.facteur.contract.BillingPeriod;
import io.facteur.dispatch.Destination;
import io.facteur.dispatch.DispatchPlan;
import io.facteur.dispatch.PlanDifference;
import io.facteur.dispatch.PlanProblem;
import io.facteur.dispatch.PlannedDelivery;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * Writes the planned deliveries of many documents as CSV (RFC 4180), document by document while
 * they are planned: a row for each delivery, and for each way that only the contract's last
 * document went. What concerns a document as a whole stands in each of its rows.
 */
public final class DeliveriesCsv implements Consumer<PreviewedDocument> {

  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180
          .builder()
          .setHeader(
              "document",
              "contract",
              "contact",
              "type",
              "period_from",
              "period_to",
              "channel",
              "role",
              "individual",
              "copy",
              "origin",
              "state",
              "recipient",
              "rule",
              "reason",
              "problems",
              "differences",
              "before")
          .get();

  private final CSVPrinter csv;

  public DeliveriesCsv(Writer writer) {
    try {
      csv = new CSVPrinter(writer, FORMAT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void accept(PreviewedDocument document) {
    ReviewedPlan review = document.review();
    if (review == null) {
      return;
    }
    for (DispatchPlan.Way way : review.plan().ways()) {
      print(document.head(), planned(way.delivery(), review));
    }
    for (PlanDifference difference : review.differences()) {
      if (difference.kind() == PlanDifference.Kind.GONE_DELIVERY) {
        print(document.head(), gone(difference));
      }
    }
  }

  private static List<Object> planned(PlannedDelivery delivery, ReviewedPlan review) {
    List<PlanDifference> differences =
        review.differences().stream()
            .filter(one -> one.kind() != PlanDifference.Kind.GONE_DELIVERY)
            .filter(one -> concerns(one.origin(), delivery))
            .toList();
    return Arrays.asList(
        delivery.route().channel(),
        delivery.role(),
        delivery.individual(),
        delivery.copy() ? "copy" : "original",
        delivery.origin(),
        delivery.isSkipped() ? "SKIPPED" : "PLANNED",
        delivery.isSkipped() ? null : Destination.of(delivery.recipient()),
        delivery.isSkipped() ? null : delivery.recipient().rule(),
        delivery.skipReason(),
        words(
            review.problems().stream()
                .filter(one -> concerns(one.origin(), delivery))
                .map(PlanProblem::kind)),
        words(differences.stream().map(PlanDifference::kind)),
        differences.stream()
            .map(PlanDifference::before)
            .filter(before -> before != null)
            .map(Destination::toString)
            .findFirst()
            .orElse(null));
  }

  private static boolean concerns(String origin, PlannedDelivery delivery) {
    return origin == null || origin.equals(delivery.origin());
  }

  private static List<Object> gone(PlanDifference difference) {
    return Arrays.asList(
        difference.channel(),
        difference.role(),
        difference.individual(),
        null,
        difference.origin(),
        "GONE",
        null,
        null,
        null,
        null,
        difference.kind(),
        difference.before());
  }

  private static String words(Stream<? extends Enum<?>> kinds) {
    return kinds.distinct().sorted().map(Enum::name).collect(Collectors.joining(" "));
  }

  private void print(PreviewedDocument.Head head, List<Object> delivery) {
    BillingPeriod period = head.period();
    List<Object> cells = new ArrayList<>();
    cells.add(name(head));
    cells.add(head.contract());
    cells.add(head.contact());
    cells.add(head.type());
    cells.add(period == null ? null : period.from());
    cells.add(period == null ? null : period.to());
    cells.addAll(delivery);
    try {
      csv.printRecord(
          cells.stream().map(cell -> cell == null ? null : CsvCell.safe(cell.toString())).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Null for a document that does not exist yet. */
  private static String name(PreviewedDocument.Head head) {
    if (head.number() != null) {
      return head.number();
    }
    return head.id() == null ? null : "draft " + head.id().value();
  }
}
