package io.facteur.delivery;

import java.time.Duration;
import org.springframework.stereotype.Component;

/** Makes retry terms from the parameters of a dispatch definition's route. */
@Component("retryTerms")
public class RetryTermsFactory {

  /**
   * Terms as a route names them.
   *
   * @param firstDelay an ISO 8601 duration, e.g. {@code PT1M}
   */
  public RetryTerms of(int attempts, String firstDelay) {
    return new RetryTerms(attempts, Duration.parse(firstDelay));
  }
}
