package io.facteur.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a line of Postfix's log proves, and what it does not. */
class RelayLogTest {

  private static final String ID = "t7.r1.facteur@edl.example";
  private static final String ACCEPTED =
      "Mar  2 10:00:01 mx postfix/cleanup[71]: 4F3A12: message-id=<" + ID + ">\n";

  @ParameterizedTest
  @CsvSource({
    "sent,     true",
    "bounced,  false",
    "expired,  false",
  })
  void anOutcomeOfTheOnlyRecipientIsProof(String status, boolean sent) {
    RelayLog.Proof proof = log(ACCEPTED + to("4F3A12", "a@x.example", status)).orElseThrow();

    assertThat(proof.sent()).isEqualTo(sent);
    assertThat(proof.lines()).hasSize(2).first().asString().endsWith("message-id=<" + ID + ">");
    assertThat(proof.lines().get(1)).contains("status=" + status);
  }

  @Test
  void whatIsDeferredOrNamesNoStatusProvesNothing() {
    assertThat(log(ACCEPTED)).isEmpty();
    assertThat(log(ACCEPTED + to("4F3A12", "a@x.example", "deferred"))).isEmpty();
    assertThat(
            log(
                ACCEPTED
                    + to("4F3A12", "a@x.example", "bounced")
                    + to("4F3A12", "b@x.example", "deferred")))
        .isEmpty();
  }

  @Test
  void theLastWordOnARecipientCounts() {
    assertThat(
            log(ACCEPTED
                    + to("4F3A12", "a@x.example", "deferred")
                    + to("4F3A12", "A@x.example", "sent"))
                .orElseThrow()
                .sent())
        .isTrue();
  }

  @Test
  void oneRecipientWhoGotItIsEnough() {
    RelayLog.Proof proof =
        log(ACCEPTED + to("4F3A12", "a@x.example", "sent") + to("4F3A12", "b@x.example", "bounced"))
            .orElseThrow();

    assertThat(proof.sent()).isTrue();
    assertThat(proof.lines()).hasSize(3);
  }

  @Test
  void aMailThatAFilterHandsBackIsFollowedUnderItsOtherQueueId() {
    String filtered =
        ACCEPTED
            + to("4F3A12", "a@x.example", "sent")
            + "Mar  2 10:00:02 mx postfix/cleanup[71]: 5B0001: message-id=<"
            + ID
            + ">\n"
            + to("5B0001", "a@x.example", "bounced");

    assertThat(log(filtered).orElseThrow().sent()).isFalse();
  }

  @Test
  void otherMailsAndOtherLinesProveNothing() {
    String other = ACCEPTED.replace(ID, "t8.r1.facteur@edl.example");

    assertThat(log(other + to("4F3A12", "a@x.example", "sent"))).isEmpty();
    assertThat(log("status=sent <" + ID + ">\n\nnonsense")).isEmpty();
    assertThat(log(ACCEPTED + to("AAAAAA", "a@x.example", "sent"))).isEmpty();
  }

  private static Optional<RelayLog.Proof> log(String text) {
    return RelayLog.read(text).of("<" + ID + ">");
  }

  private static String to(String queueId, String recipient, String status) {
    return "2026-03-02T10:00:03.123456+00:00 mx postfix/smtp[72]: %s: to=<%s>, relay=x[192.0.2.1]:25, delay=0.4, delays=0/0/0.2/0.2, dsn=2.0.0, status=%s (250 2.0.0 Ok)\n"
        .formatted(queueId, recipient, status);
  }
}
