package io.facteur.api.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.facteur.dispatch.RoutesAwayException;
import org.junit.jupiter.api.Test;

class ProblemHandlerTest {

  @Test
  void whatNeedsRoutesIsToBeTriedAgainWhileTheyAreStartedOrStopped() {
    var answer = new ProblemHandler().notReady(new RoutesAwayException());

    assertThat(answer.getStatusCode().value()).isEqualTo(503);
    assertThat(answer.getHeaders().getFirst("Retry-After")).isEqualTo("2");
    assertThat(answer.getBody().getDetail()).startsWith("Nothing was saved: the routes are being");
  }
}
