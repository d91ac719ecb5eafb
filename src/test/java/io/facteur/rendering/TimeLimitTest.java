package io.facteur.rendering;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.facteur.camel.Failures;
import io.facteur.camel.RouteCatalogue;
import io.facteur.delivery.Claim;
import io.facteur.delivery.Receipt.Outcome;
import io.facteur.delivery.Ticket;
import io.facteur.delivery.TransmissionId;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.impl.DefaultCamelContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class TimeLimitTest {

  private static final String TEMPLATE = "fo/invoice.fo.ftlx";

  private final TimeLimit limit = new TimeLimit();

  @Test
  void aDocumentThatHangsFailsNeitherItselfNorTheOthersOfItsTemplateForGood() {
    CountDownLatch release = new CountDownLatch(1);
    Limits brief = new Limits(Duration.ofMillis(50), 1_000);

    Throwable hanging = catchThrowable(() -> limit.within(brief, TEMPLATE, () -> deaf(release)));
    Throwable other = catchThrowable(() -> limit.within(brief, TEMPLATE, () -> "whole"));
    release.countDown();

    assertThat(hanging).hasMessageContaining("took more than 50 ms");
    assertThat(outcome(hanging)).isEqualTo(Outcome.BROKEN_OFF);
    assertThat(other).hasMessageContaining("an earlier run with it has not ended");
    assertThat(outcome(other)).isEqualTo(Outcome.BROKEN_OFF);
    Awaitility.await().until(() -> TimeLimit.runaway() == 0);
    assertThat(limit.<String>within(Limits.USUAL, TEMPLATE, () -> "whole")).isEqualTo("whole");
  }

  @Test
  void whatEndsSoonAfterTheLimitIsUsedAsTheNodeMayHaveBeenFrozen() {
    CountDownLatch never = new CountDownLatch(1);

    String rendered =
        limit.within(
            new Limits(Duration.ofMillis(700), 1_000),
            TEMPLATE,
            () -> never.await(800, MILLISECONDS) ? "" : "whole");

    assertThat(rendered).isEqualTo("whole");
  }

  @Test
  void whatIsWrongWithATemplateStaysDefinite() {
    var wrong = new TemplateFailedException(TEMPLATE, 3, "there is no colour", null);

    Throwable failure =
        catchThrowable(
            () ->
                limit.within(
                    Limits.USUAL,
                    TEMPLATE,
                    () -> {
                      throw wrong;
                    }));

    assertThat(failure).isSameAs(wrong);
    assertThat(outcome(failure)).isEqualTo(Outcome.FAILED_FOR_GOOD);
  }

  private static String deaf(CountDownLatch release) {
    while (release.getCount() > 0) {
      try {
        release.await();
      } catch (InterruptedException unheard) {
        Thread.interrupted();
      }
    }
    return "late";
  }

  private static Outcome outcome(Throwable failure) {
    Claim claim = new Claim(new TransmissionId(1), "node-a", 1);
    return new Failures(new RouteCatalogue(new DefaultCamelContext()))
        .receipt(failure, new Ticket(claim, "INVOICE-POST-CONTRACTING_PARTY"))
        .outcome();
  }
}
