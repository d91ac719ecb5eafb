package io.facteur.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.facteur.document.DocumentId;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What stops its node again and again does not hold up the others. */
class LostAttemptsTest {

  private static LedgerOffice office;

  @BeforeAll
  static void openOffice() {
    office = new LedgerOffice("node-a");
  }

  @AfterAll
  static void closeOffice() {
    office.close();
  }

  @Test
  void anAttemptThatEndsItsNodeIsRepeatedLessAndLessAndThenLeftToAPerson() {
    DocumentId poisoned = office.issued(office.contract("EMAIL CONTRACTING_PARTY"));

    loseAnAttempt();
    assertThat(waitingMinutes()).as("a node may stop for many reasons").isZero();
    for (int minutes : List.of(1, 2, 4, 8, 16, 32)) {
      office.makeRetriesDue();
      loseAnAttempt();
      assertThat(waitingMinutes()).isEqualTo(minutes);
      assertThat(office.claim("EMAIL", 10)).isEmpty();
    }
    DocumentId other = office.issued(office.contract("EMAIL CONTRACTING_PARTY"));
    assertThat(office.claim("EMAIL", 10)).as("of the other invoice").hasSize(1);
    assertThat(office.deliveries(other)).containsExactly("EMAIL CONTRACTING_PARTY QUEUED");
    office.makeRetriesDue();
    loseAnAttempt();

    assertThat(office.deliveries(poisoned)).containsExactly("EMAIL CONTRACTING_PARTY UNCERTAIN");
    assertThat(office.reason(poisoned, "EMAIL"))
        .contains("nothing had been handed over", "8 attempts have ended like this");
  }

  @Test
  void whatOnlyWaitedOnItsNodeIsNotToBlame() {
    DocumentId invoice = office.issued(office.contract("POST CONTRACTING_PARTY"));
    for (int i = 0; i < 10; i++) {
      assertThat(office.claim("POST", 10)).hasSize(1);
      office.get(ClaimRecovery.class).recoverOwn();
    }

    assertThat(office.deliveries(invoice)).containsExactly("POST CONTRACTING_PARTY QUEUED");
  }

  private static void loseAnAttempt() {
    Ticket ticket = office.claim("EMAIL", 10).get(0);
    assertThat(office.get(Transmissions.class).begin(ticket, "")).isNotNull();
    office.get(ClaimRecovery.class).recoverOwn();
  }

  private static int waitingMinutes() {
    return office
        .jdbc()
        .sql(
            """
            SELECT ROUND(TIMESTAMPDIFF(SECOND, UTC_TIMESTAMP(6), due_at) / 60) FROM transmission
            WHERE channel = 'EMAIL' AND state = 'WAITING'
            """)
        .query(Integer.class)
        .single();
  }
}
