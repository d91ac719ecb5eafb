package io.facteur.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facteur.document.DocumentId;
import io.facteur.document.RunId;
import io.facteur.party.Refusal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What becomes of a run's deliveries when it is paused, resumed or cancelled, at any moment. */
class StoppedDeliveriesTest {

  private static final RetryTerms TWICE = new RetryTerms(2, Duration.ofMinutes(1));

  private static LedgerOffice office;
  private static Transmissions transmissions;
  private static StoppedDeliveries stopped;

  private RunId run;

  @BeforeAll
  static void open() {
    office = new LedgerOffice("node-s");
    transmissions = office.get(Transmissions.class);
    stopped = office.get(StoppedDeliveries.class);
  }

  @AfterAll
  static void close() {
    office.close();
  }

  @BeforeEach
  void newRun() {
    office
        .jdbc()
        .sql("UPDATE transmission SET state = 'ENDED', node = NULL, lease_until = NULL")
        .update();
    run =
        new RunId(
            office
                .jdbc()
                .sql(
                    """
                    INSERT INTO run (kind, company_id, as_of, state, started_by)
                    SELECT 'BILLING', id, '2026-03-01', 'DISPATCHING', 'test' FROM company RETURNING id
                    """)
                .query(Long.class)
                .single());
  }

  @Test
  void aPauseHoldsBackWhatWaitsAndAResumptionPutsItBackAsItWas() {
    DocumentId waiting = issued("EMAIL CONTRACTING_PARTY", "POST CONTRACTING_PARTY");
    DocumentId retrying = issued("EINVOICE CONTRACTING_PARTY");
    fail(office.claim("EINVOICE", 1).get(0));
    Ticket lost = office.claim("POST", 1).get(0);
    office.letLeasesRunOut();
    office.get(ClaimRecovery.class).recoverExpired();
    List<String> before = everything();

    pause();
    int found = follow();

    assertThat(found).isEqualTo(3);
    assertThat(follow()).isZero();
    assertThat(office.deliveries(waiting))
        .containsExactly("EMAIL CONTRACTING_PARTY PLANNED", "POST CONTRACTING_PARTY PLANNED");
    assertThat(office.deliveries(retrying))
        .containsExactly("EINVOICE CONTRACTING_PARTY PLANNED will retry");
    assertThat(office.reason(retrying, "EINVOICE"))
        .isEqualTo("run " + run.value() + " paused by boss");
    office.makeRetriesDue();
    assertThat(office.claim("EMAIL", 9)).isEmpty();
    assertThat(transmissions.begin(lost, "")).isNull();

    resume();
    assertThat(follow()).isEqualTo(3);

    assertThat(everything()).isEqualTo(before);
    assertThat(office.claim("EMAIL", 9)).hasSize(1);
  }

  @Test
  void whatIsClaimedDoesNotBeginOnceItsRunIsPausedEvenBeforeThePauseHasReachedIt() {
    DocumentId document = issued("EMAIL CONTRACTING_PARTY");
    Ticket ticket = office.claim("EMAIL", 1).get(0);
    pause();

    Shipment shipment = transmissions.begin(ticket, "");

    assertThat(shipment).isNull();
    assertThat(office.deliveries(document)).containsExactly("EMAIL CONTRACTING_PARTY PLANNED");
    assertThat(attempts(document)).isZero();
    resume();
    follow();
    assertThat(transmissions.begin(office.claim("EMAIL", 1).get(0), "")).isNotNull();
  }

  @Test
  void whatHadBegunComesToItsOutcome() {
    DocumentId sent = issued("EMAIL CONTRACTING_PARTY");
    DocumentId failed = issued("POST CONTRACTING_PARTY");
    Ticket mail = office.claim("EMAIL", 1).get(0);
    Ticket paper = office.claim("POST", 1).get(0);
    transmissions.begin(mail, "");
    transmissions.begin(paper, "");
    pause();
    follow();

    assertThat(transmissions.mark(mail.claim(), "<s" + sent.value() + "@acme.example>")).isTrue();
    transmissions.record(mail, Receipt.sent(Map.of("smtpReply", "250 ok")), TWICE);
    transmissions.record(paper, Receipt.failedTemporarily("no space", Map.of()), TWICE);
    office.makeRetriesDue();
    Shipment again = transmissions.begin(office.claim("POST", 1).get(0), "");

    assertThat(office.deliveries(sent)).containsExactly("EMAIL CONTRACTING_PARTY SENT");
    assertThat(again).isNull();
    assertThat(office.deliveries(failed))
        .containsExactly("POST CONTRACTING_PARTY PLANNED will retry");
    resume();
    follow();
    assertThat(office.reason(failed, "POST")).isEqualTo("no space");
    assertThat(office.deliveries(failed))
        .containsExactly("POST CONTRACTING_PARTY FAILED will retry");
  }

  @Test
  void aClaimThatIsLostWhileTheRunIsPausedDoesNotGoOut() {
    DocumentId document = issued("EMAIL CONTRACTING_PARTY");
    transmissions.begin(office.claim("EMAIL", 1).get(0), "");
    pause();
    follow();
    office.letLeasesRunOut();

    office.get(ClaimRecovery.class).recoverExpired();
    Shipment shipment = transmissions.begin(office.claim("EMAIL", 1).get(0), "");

    assertThat(shipment).isNull();
    assertThat(office.deliveries(document)).containsExactly("EMAIL CONTRACTING_PARTY PLANNED");
  }

  @Test
  void aFallbackThatIsPlannedWhileTheRunIsPausedWaitsWithIt() {
    DocumentId document = issued("EMAIL CONTRACTING_PARTY");
    Ticket ticket = office.claim("EMAIL", 1).get(0);
    transmissions.begin(ticket, "");
    pause();
    transmissions.record(ticket, Receipt.failedForGood("mailbox unknown", Map.of()), TWICE);

    Shipment fallback = transmissions.begin(office.claim("POST", 1).get(0), "");

    assertThat(fallback).isNull();
    assertThat(office.deliveries(document))
        .containsExactly(
            "EMAIL CONTRACTING_PARTY FAILED", "fallback: POST CONTRACTING_PARTY PLANNED");
  }

  @Test
  void whatAPauseHoldsBackIsNotSentAgainByHand() {
    DocumentId document = issued("EMAIL CONTRACTING_PARTY");
    pause();
    follow();

    assertThatThrownBy(() -> office.get(Corrections.class).resend(deliveryOf(document), "clerk"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("still under way");
  }

  @Test
  void aCancellationEndsWhatHasNotBegunWithoutAFallback() {
    DocumentId waiting = issued("EMAIL CONTRACTING_PARTY");
    DocumentId retrying = issued("EINVOICE CONTRACTING_PARTY");
    fail(office.claim("EINVOICE", 1).get(0));
    DocumentId paused = issued("ARCHIVE CONTRACTING_PARTY");
    pause();
    follow();
    DocumentId claimed = issuedWhileStopped("POST CONTRACTING_PARTY");
    Ticket ticket = office.claim("POST", 1).get(0);

    cancel();
    follow();
    Shipment shipment = transmissions.begin(ticket, "");

    assertThat(shipment).isNull();
    for (DocumentId document : List.of(waiting, retrying, paused, claimed)) {
      assertThat(office.deliveries(document))
          .singleElement()
          .asString()
          .endsWith("CONTRACTING_PARTY CANCELLED");
    }
    assertThat(office.reason(waiting, "EMAIL"))
        .isEqualTo("run " + run.value() + " cancelled by boss");
    assertThat(follow()).isZero();
  }

  @Test
  void aFileThatItsConsumerMayHaveIsNotCancelledButUncertain() {
    DocumentId document = issued("POST CONTRACTING_PARTY");
    Ticket ticket = office.claim("POST", 1).get(0);
    transmissions.begin(ticket, "");
    transmissions.markFile(ticket.claim(), "post-cancelled.pdf", "a".repeat(64));
    transmissions.record(ticket, Receipt.brokenOff("stale file handle"), TWICE);

    cancel();
    follow();

    assertThat(office.deliveries(document)).containsExactly("POST CONTRACTING_PARTY UNCERTAIN");
    assertThat(office.reason(document, "POST"))
        .isEqualTo(
            "run "
                + run.value()
                + " cancelled by boss; its consumer may have post-cancelled.pdf: look for it, then"
                + " resolve");
  }

  @Test
  void whatFailsAfterACancellationHasNoFallbackUnlessAPersonSendsItAgain() {
    DocumentId document = issued("EMAIL CONTRACTING_PARTY");
    Ticket ticket = office.claim("EMAIL", 1).get(0);
    transmissions.begin(ticket, "");
    cancel();
    follow();
    transmissions.record(ticket, Receipt.failedForGood("mailbox unknown", Map.of()), TWICE);
    assertThat(office.deliveries(document)).containsExactly("EMAIL CONTRACTING_PARTY FAILED");

    office.get(Corrections.class).resend(deliveryOf(document), "clerk");
    assertThat(follow()).isZero();
    Ticket again = office.claim("EMAIL", 1).get(0);
    assertThat(transmissions.begin(again, "")).isNotNull();
    transmissions.record(again, Receipt.failedForGood("mailbox unknown", Map.of()), TWICE);

    assertThat(office.deliveries(document))
        .containsExactly(
            "EMAIL CONTRACTING_PARTY FAILED",
            "EMAIL CONTRACTING_PARTY FAILED",
            "fallback: POST CONTRACTING_PARTY QUEUED");
  }

  @Test
  void draftsOfAStoppedRunAreWithheldAndOthersAreIssued() {
    DocumentId own = office.draft(office.contract("EMAIL CONTRACTING_PARTY"));
    DocumentId other = office.draft(office.contract("EMAIL CONTRACTING_PARTY"));
    join(own);
    pause();

    IssueResult result =
        office
            .get(DocumentIssuing.class)
            .issue(new IssueOrder(List.of(own, other), LedgerOffice.TODAY, "test"));

    assertThat(result.issued()).extracting(issued -> issued.id()).containsExactly(other);
    assertThat(result.problems()).isEmpty();
    assertThat(result.withheld())
        .singleElement()
        .satisfies(
            withheld -> {
              assertThat(withheld.draft()).isEqualTo(own);
              assertThat(withheld.reason())
                  .contains("run " + run.value() + " paused by boss", "resume the run");
            });
  }

  private DocumentId issued(String... definitions) {
    DocumentId draft = office.draft(office.contract(definitions));
    join(draft);
    IssueResult result =
        office
            .get(DocumentIssuing.class)
            .issue(new IssueOrder(List.of(draft), LedgerOffice.TODAY, "test"));
    assertThat(result.issued()).hasSize(1);
    return draft;
  }

  /** As if it had been issued just before the pause. */
  private DocumentId issuedWhileStopped(String... definitions) {
    state("state = 'DISPATCHING', resumes_as = NULL");
    DocumentId document = issued(definitions);
    pause();
    return document;
  }

  private void join(DocumentId draft) {
    office
        .jdbc()
        .sql("UPDATE document SET run_id = ? WHERE id = ?")
        .params(run.value(), draft.value())
        .update();
  }

  private static void fail(Ticket ticket) {
    transmissions.begin(ticket, "");
    transmissions.record(
        ticket, Receipt.failedTemporarily("busy", Map.of("reply", "451 later")), TWICE);
  }

  @Test
  void whatWasForeseenBeforeAPauseDoesNotBeginAfterIt() {
    DocumentId document = issued("EMAIL CONTRACTING_PARTY");
    Ticket ticket = office.claim("EMAIL", 1).get(0);
    Outlook outlook = transmissions.lookAhead(List.of(ticket));

    pause();

    assertThat(transmissions.begin(ticket, "", outlook)).isNull();
    assertThat(office.deliveries(document)).containsExactly("EMAIL CONTRACTING_PARTY PLANNED");
    assertThat(attempts(document)).isZero();
  }

  @Test
  void aPauseWaitsForWhatIsBeginningAsForeseen() throws Exception {
    DocumentId document = issued("EMAIL CONTRACTING_PARTY");
    Ticket ticket = office.claim("EMAIL", 1).get(0);
    Outlook outlook = transmissions.lookAhead(List.of(ticket));

    Shipment begun =
        new TransactionTemplate(office.get(PlatformTransactionManager.class))
            .execute(
                tx -> {
                  // It gets no further than the delivery, which it changes last.
                  office
                      .jdbc()
                      .sql("SELECT id FROM delivery WHERE document_id = ? FOR UPDATE")
                      .param(document.value())
                      .query(Long.class)
                      .single();
                  var beginning =
                      CompletableFuture.supplyAsync(() -> transmissions.begin(ticket, "", outlook));
                  Awaitility.await("the lock on the run")
                      .atMost(Duration.ofSeconds(30))
                      .pollInterval(Duration.ofMillis(20))
                      .until(this::isRunLocked);
                  tx.setRollbackOnly();
                  return beginning;
                })
            .get(60, TimeUnit.SECONDS);

    assertThat(begun.attempt()).isEqualTo(1);
    assertThat(office.deliveries(document)).containsExactly("EMAIL CONTRACTING_PARTY SENDING");
    assertThat(attempts(document)).isEqualTo(1);
  }

  /** Whether a pause would have to wait. */
  private boolean isRunLocked() {
    try (Connection connection = office.get(DataSource.class).getConnection();
        PreparedStatement lock =
            connection.prepareStatement("SELECT id FROM run WHERE id = ? FOR UPDATE NOWAIT")) {
      lock.setLong(1, run.value());
      lock.execute();
      return false;
    } catch (SQLException e) {
      return e.getMessage().contains("Lock wait timeout");
    }
  }

  private void pause() {
    state("state = 'PAUSED', resumes_as = 'DISPATCHING', controlled_by = 'boss'");
  }

  private void resume() {
    state("state = 'DISPATCHING', resumes_as = NULL");
  }

  private void cancel() {
    state(
        """
        state = 'CANCELLED', resumes_as = NULL, controlled_by = 'boss', finished_at = UTC_TIMESTAMP(6)
        """);
  }

  private void state(String assignments) {
    office
        .jdbc()
        .sql("UPDATE run SET " + assignments + " WHERE id = ?")
        .param(run.value())
        .update();
  }

  /** Goes once through the run. */
  private int follow() {
    int found = 0;
    StoppedDeliveries.Chunk chunk = new StoppedDeliveries.Chunk(null, 0);
    do {
      chunk = stopped.follow(run, chunk.last(), "boss");
      found += chunk.found();
    } while (chunk.last() != null);
    return found;
  }

  private List<String> everything() {
    return office
        .jdbc()
        .sql(
            """
            SELECT CONCAT_WS('|', v.id, v.state, v.retry_at, v.reason, v.evidence, t.state, t.due_at, t.attempts)
            FROM delivery v JOIN transmission t ON t.id = v.transmission_id
            JOIN document d ON d.id = v.document_id WHERE d.run_id = ? ORDER BY v.id
            """)
        .param(run.value())
        .query(String.class)
        .list();
  }

  private static int attempts(DocumentId document) {
    return office
        .jdbc()
        .sql(
            """
            SELECT SUM(t.attempts) FROM transmission t JOIN delivery v ON v.transmission_id = t.id
            WHERE v.document_id = ?
            """)
        .param(document.value())
        .query(Integer.class)
        .single();
  }

  private static DeliveryId deliveryOf(DocumentId document) {
    return new DeliveryId(
        office
            .jdbc()
            .sql("SELECT MAX(id) FROM delivery WHERE document_id = ?")
            .param(document.value())
            .query(Long.class)
            .single());
  }
}
