package io.facteur.delivery;

/** The way on which documents are issued: {@code routes/issue.camel.yaml}. */
@FunctionalInterface
public interface IssueRoute {

  /** Sends an order on its way and waits for the result. */
  IssueResult issue(IssueOrder order);
}
