package io.facteur.camel;

import io.facteur.delivery.IssueOrder;
import io.facteur.delivery.IssueResult;
import io.facteur.delivery.IssueRoute;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.springframework.stereotype.Component;

/** Issues on the way that {@code routes/issue.camel.yaml} lays down. */
@Component
class IssueByRoute implements IssueRoute {

  private final ProducerTemplate template;

  IssueByRoute(ProducerTemplate template) {
    this.template = template;
  }

  @Override
  public IssueResult issue(IssueOrder order) {
    try {
      return template.requestBody("direct:issue-documents", order, IssueResult.class);
    } catch (CamelExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }
}
