package io.facteur.camel;

import io.facteur.delivery.IssueOrder;
import io.facteur.delivery.IssueResult;
import io.facteur.delivery.IssueRoute;
import io.facteur.dispatch.RoutesAwayException;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.direct.DirectConsumerNotAvailableException;
import org.springframework.stereotype.Component;

/** Issues on the way that {@code routes/issue.camel.yaml} lays down. */
@Component
class IssueByRoute implements IssueRoute {

  private final ProducerTemplate template;

  IssueByRoute(ProducerTemplate template) {
    this.template = template;
  }

  /**
   * {@inheritDoc}
   *
   * @throws RoutesAwayException while the routes are being started or stopped: nothing is issued
   */
  @Override
  public IssueResult issue(IssueOrder order) {
    if (!template.getCamelContext().isStarted()) {
      throw new RoutesAwayException();
    }
    try {
      return template.requestBody("direct:issue-documents?block=false", order, IssueResult.class);
    } catch (CamelExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      if (e.getCause() instanceof DirectConsumerNotAvailableException) {
        throw new RoutesAwayException();
      }
      throw e;
    }
  }
}
