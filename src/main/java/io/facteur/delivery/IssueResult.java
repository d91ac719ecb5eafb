package io.facteur.delivery;

import io.facteur.document.DocumentId;
import io.facteur.document.IssuedDocument;
import java.util.List;
import java.util.stream.Stream;

/**
 * What became of an order: every draft is in one of the three lists, but for those that the order
 * leaves to others.
 *
 * @param withheld drafts of runs that are stopped; nothing is wrong with them
 */
public record IssueResult(
    List<IssuedDocument> issued, List<Problem> problems, List<Problem> withheld) {

  /** A draft that could not be issued; it stays a draft. */
  public record Problem(DocumentId draft, String reason) {}

  static final IssueResult NOTHING = new IssueResult(List.of(), List.of(), List.of());

  public IssueResult {
    issued = List.copyOf(issued);
    problems = List.copyOf(problems);
    withheld = List.copyOf(withheld);
  }

  IssueResult and(IssueResult other) {
    return new IssueResult(
        concat(issued, other.issued),
        concat(problems, other.problems),
        concat(withheld, other.withheld));
  }

  private static <T> List<T> concat(List<T> left, List<T> right) {
    return Stream.concat(left.stream(), right.stream()).toList();
  }
}
