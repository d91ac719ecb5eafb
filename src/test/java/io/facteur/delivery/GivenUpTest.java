package io.facteur.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facteur.document.DocumentId;
import io.facteur.party.Refusal;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Deliveries that a person gives up, at any moment. */
class GivenUpTest {

  private static final RetryTerms TWICE = new RetryTerms(2, Duration.ofMinutes(1));

  private static LedgerOffice office;
  private static Transmissions transmissions;

  @BeforeAll
  static void open() {
    office = new LedgerOffice("node-g");
    transmissions = office.get(Transmissions.class);
  }

  @AfterAll
  static void close() {
    office.close();
  }

  @BeforeEach
  void nothingElseWaits() {
    office
        .jdbc()
        .sql("UPDATE transmission SET state = 'ENDED', node = NULL, lease_until = NULL")
        .update();
  }

  @Test
  void whatWaitsIsCancelledAndNobodyIsSentAnything() {
    DocumentId invoice = office.issued(office.contract("EMAIL CONTRACTING_PARTY"));

    cancel(invoice, "EMAIL");
    cancel(invoice, "EMAIL");

    assertThat(office.claim("EMAIL", 9)).isEmpty();
    assertThat(office.deliveries(invoice))
        .as("its role falls back, once")
        .containsExactly(
            "EMAIL CONTRACTING_PARTY CANCELLED", "fallback: POST CONTRACTING_PARTY QUEUED");
    assertThat(office.reason(invoice, "EMAIL")).isEqualTo("nobody carries it");
    cancel(invoice, "POST");
    assertThat(office.deliveries(invoice))
        .containsExactly(
            "EMAIL CONTRACTING_PARTY CANCELLED", "fallback: POST CONTRACTING_PARTY CANCELLED");
  }

  @Test
  void whatIsToBeTriedAgainIsTriedNoMore() {
    DocumentId invoice = office.issued(office.contract("POST CONTRACTING_PARTY"));
    Ticket ticket = office.claim("POST", 1).get(0);
    transmissions.begin(ticket, "");
    transmissions.record(ticket, Receipt.failedTemporarily("no space", Map.of()), TWICE);

    cancel(invoice, "POST");

    office.makeRetriesDue();
    assertThat(office.claim("POST", 9)).isEmpty();
    assertThat(office.deliveries(invoice)).containsExactly("POST CONTRACTING_PARTY CANCELLED");
  }

  @Test
  void whatIsClaimedButHasNotBegunDoesNotBegin() {
    DocumentId invoice = office.issued(office.contract("POST CONTRACTING_PARTY"));
    Ticket ticket = office.claim("POST", 1).get(0);

    cancel(invoice, "POST");

    assertThat(transmissions.begin(ticket, "")).isNull();
    assertThat(office.deliveries(invoice)).containsExactly("POST CONTRACTING_PARTY CANCELLED");
  }

  @Test
  void whatIsBeingSentComesToItsOutcome() {
    DocumentId invoice = office.issued(office.contract("POST CONTRACTING_PARTY"));
    Ticket ticket = office.claim("POST", 1).get(0);
    transmissions.begin(ticket, "");

    assertThatThrownBy(() -> cancel(invoice, "POST"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("is being sent: wait for its outcome");

    transmissions.record(ticket, Receipt.spooled(Map.of()), TWICE);
    assertThat(office.deliveries(invoice)).containsExactly("POST CONTRACTING_PARTY SPOOLED");
    assertThatThrownBy(() -> cancel(invoice, "POST"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("is SPOOLED");
  }

  @Test
  void aFileThatItsConsumerMayHaveIsLeftInDoubt() {
    DocumentId invoice = office.issued(office.contract("POST CONTRACTING_PARTY"));
    Ticket ticket = office.claim("POST", 1).get(0);
    transmissions.begin(ticket, "");
    transmissions.markFile(ticket.claim(), "post-of-it.pdf", "c".repeat(64));
    office.letLeasesRunOut();
    office.get(ClaimRecovery.class).recoverExpired();

    cancel(invoice, "POST");

    assertThat(office.claim("POST", 9)).isEmpty();
    assertThat(office.deliveries(invoice)).containsExactly("POST CONTRACTING_PARTY UNCERTAIN");
    assertThat(office.reason(invoice, "POST"))
        .startsWith("nobody carries it; its consumer may have post-of-it.pdf");
  }

  private static void cancel(DocumentId document, String channel) {
    long delivery =
        office
            .jdbc()
            .sql("SELECT id FROM delivery WHERE document_id = ? AND channel = ?")
            .params(document.value(), channel)
            .query(Long.class)
            .single();
    office.get(Corrections.class).cancel(new DeliveryId(delivery), "nobody carries it", "clerk");
  }
}
