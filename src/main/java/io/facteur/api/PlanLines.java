package io.facteur.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.facteur.api.json.ApiJson;
import io.facteur.billing.PreviewRow;
import io.facteur.contract.BillingPeriod;
import io.facteur.document.DocumentState;
import io.facteur.document.DocumentType;
import io.facteur.run.PreviewedDocument;
import io.facteur.run.ReviewedPlan;
import io.swagger.v3.oas.annotations.media.Schema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** Documents with their plans as JSON, one on each line. */
@Component
class PlanLines {

  private final ObjectWriter json;

  PlanLines(ApiJson json) {
    this.json = json.mapper().writer();
  }

  /** A document with its plan, or a contract that would be held. */
  @Schema(name = "PlannedDocument")
  record Line(
      @Schema(description = "Left out if it does not exist yet.") Long id,
      DocumentState state,
      String number,
      String contract,
      String contact,
      DocumentType type,
      LocalDate from,
      LocalDate to,
      @Schema(description = "What it comes to; only of one that does not exist yet.")
          PreviewResource.Row bill,
      List<PlanResources.Delivery> deliveries,
      List<PlanResources.Problem> problems,
      List<PlanResources.Difference> differences,
      String comparedWith,
      List<PlanResources.Violation> ruleViolations) {

    private static Line of(PreviewedDocument document) {
      PreviewRow bill = document.bill();
      return document.review() == null
          ? held(bill)
          : planned(
              document.head(),
              bill == null ? null : PreviewResource.Row.of(bill),
              document.review());
    }

    private static Line held(PreviewRow row) {
      return new Line(
          null,
          null,
          null,
          row.contract(),
          null,
          null,
          null,
          null,
          PreviewResource.Row.of(row),
          null,
          null,
          null,
          null,
          null);
    }

    private static Line planned(
        PreviewedDocument.Head head, PreviewResource.Row bill, ReviewedPlan review) {
      BillingPeriod period = head.period();
      return new Line(
          head.id() == null ? null : head.id().value(),
          head.state(),
          head.number(),
          head.contract(),
          head.contact(),
          head.type(),
          period == null ? null : period.from(),
          period == null ? null : period.to(),
          bill,
          PlanResources.deliveries(review),
          PlanResources.problems(review),
          PlanResources.differences(review),
          review.comparedWith(),
          PlanResources.violations(review));
    }
  }

  /** Writes each document as a JSON object on a line of its own. */
  Consumer<PreviewedDocument> to(Writer writer) {
    return document -> {
      try {
        writer.write(json.writeValueAsString(Line.of(document)));
        writer.write('\n');
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("a plan cannot be written as JSON", e);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }
}
