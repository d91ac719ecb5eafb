package io.facteur.delivery;

import io.facteur.document.DocumentId;
import java.time.LocalDate;
import java.util.List;

/**
 * What is to be issued.
 *
 * @param issueDate in the company's time zone
 * @param actor who releases it: a clerk, or a run by its schedule's policy (BILL-6)
 */
public record IssueOrder(List<DocumentId> drafts, LocalDate issueDate, String actor) {

  public IssueOrder {
    drafts = List.copyOf(drafts);
  }
}
