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
public record IssueOrder(
    List<DocumentId> drafts, LocalDate issueDate, String actor, Meanwhile meanwhile) {

  /** What becomes of a draft that somebody else holds, or is no draft any more. */
  public enum Meanwhile {
    /** It is waited for; if it is no draft then, that is a problem: a person has asked for it. */
    PROBLEM,
    /** It is left to whoever holds it. */
    LEFT,
    /** It is waited for, and left out if it is no draft then. */
    AWAITED
  }

  public IssueOrder {
    drafts = List.copyOf(drafts);
  }

  public IssueOrder(List<DocumentId> drafts, LocalDate issueDate, String actor) {
    this(drafts, issueDate, actor, Meanwhile.PROBLEM);
  }

  /** The same, which waits for drafts that somebody else holds. */
  public IssueOrder awaited() {
    return new IssueOrder(drafts, issueDate, actor, Meanwhile.AWAITED);
  }
}
