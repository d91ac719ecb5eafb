package io.facteur.api;

import io.facteur.delivery.Deliveries;
import io.facteur.document.DocumentHead;
import io.facteur.document.Documents;
import io.facteur.run.PlanReviews;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Who would get a document, and who did. */
@RestController
@RequestMapping("/api/documents/{number}")
@Tag(name = "Documents")
class DocumentDispatchController {

  private final Documents documents;
  private final PlanReviews plans;
  private final Deliveries deliveries;

  DocumentDispatchController(Documents documents, PlanReviews plans, Deliveries deliveries) {
    this.documents = documents;
    this.plans = plans;
    this.deliveries = deliveries;
  }

  @Operation(
      summary = "Shows who would get a document, through what, and why (DISP-6)",
      description =
          "As it would be planned now, for drafts as for issued documents. What became of an issued"
              + " one is in its deliveries.")
  @GetMapping("/plan")
  PlanResource plan(@PathVariable String number) {
    DocumentHead head = documents.get(number);
    return PlanResource.of(head, plans.of(head.id()));
  }

  @Operation(summary = "Lists the deliveries of a document, in the order of their planning")
  @GetMapping("/deliveries")
  List<DeliveryResource> deliveries(@PathVariable String number) {
    return deliveries.of(documents.get(number).id()).stream().map(DeliveryResource::of).toList();
  }
}
