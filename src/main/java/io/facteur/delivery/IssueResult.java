package io.facteur.delivery;

import io.facteur.document.DocumentId;
import io.facteur.document.IssuedDocument;
import java.util.List;

/** What became of an order: every draft is in one of the two lists. */
public record IssueResult(List<IssuedDocument> issued, List<Problem> problems) {

  /** A draft that could not be issued; it stays a draft. */
  public record Problem(DocumentId draft, String reason) {}

  public IssueResult {
    issued = List.copyOf(issued);
    problems = List.copyOf(problems);
  }
}
