package io.facteur.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryTermsTest {

  @ParameterizedTest(name = "after attempt {0}: {1}")
  @CsvSource({"1, PT1M", "2, PT2M", "3, PT4M", "9, PT4H16M", "10, PT6H", "60, PT6H"})
  void eachDelayIsTwiceTheOneBeforeUpToSixHours(int attempt, Duration expected) {
    assertThat(new RetryTerms(99, Duration.ofMinutes(1)).delayAfter(attempt)).isEqualTo(expected);
  }

  @Test
  void theLastAttemptIsFollowedByNone() {
    RetryTerms terms = new RetryTerms(3, Duration.ofMinutes(1));

    assertThat(terms.allowAfter(2)).isTrue();
    assertThat(terms.allowAfter(3)).isFalse();
  }

  @Test
  void nonsenseIsRefusedByName() {
    assertThatThrownBy(() -> new RetryTerms(0, Duration.ofMinutes(1)))
        .hasMessage("attempts is 0: at least 1 is needed");
    assertThatThrownBy(() -> new RetryTerms(1, Duration.ZERO))
        .hasMessage("retryDelay is PT0S: it must be positive");
  }
}
